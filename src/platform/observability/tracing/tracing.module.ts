import { Global, Module } from '@nestjs/common';
import { AppConfig } from '../../config/app.config.js';
import { configProvider } from '../../config/config.module.js';
import { Metrics } from '../metrics/metrics.js';
import { ClientTracing } from './client-tracing.js';
import { HttpTracing } from './http-tracing.js';
import { Tracing } from './tracing.js';
import { TracingConfig } from './tracing.config.js';

/** Traces, when a collector is configured. */
@Global()
@Module({
  providers: [
    configProvider(TracingConfig),
    {
      provide: Tracing,
      inject: [TracingConfig, AppConfig, Metrics],
      useFactory: (...parts: Parameters<typeof Tracing.open>) => Tracing.open(...parts),
    },
    HttpTracing,
    ClientTracing,
  ],
  exports: [Tracing, HttpTracing],
})
export class TracingModule {}
