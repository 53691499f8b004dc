import { Injectable } from '@nestjs/common';
import { AppConfig } from '../../config/app.config.js';
import { Measures, type Readings } from './measures.js';

/** Which build this process is: during a deployment two of them run side by side. */
@Injectable()
export class AboutMetrics {
  constructor(private readonly config: AppConfig) {}

  @Measures({ name: 'app_info', help: 'Always 1; the labels tell.', labels: ['release', 'role'] })
  read(): Readings {
    const { release, role } = this.config;
    return { app_info: [{ labels: { release: release || 'unnamed', role }, value: 1 }] };
  }
}
