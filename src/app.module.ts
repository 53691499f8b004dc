import { type DynamicModule, Module } from '@nestjs/common';
import { entities } from './entities.js';
import { IdentityModule } from './modules/identity/index.js';
import { AuthModule } from './platform/auth/auth.module.js';
import type { Environment } from './platform/config/read-config.js';
import { HttpModule } from './platform/http/http.module.js';
import { ObservabilityModule } from './platform/observability/observability.module.js';
import { PlatformModule } from './platform/platform.module.js';

export interface AppOptions {
  /** Runs deliveries and schedules in this process. */
  readonly jobs: boolean;
  /** Stands above the process environment; for tests. */
  readonly env?: Environment;
}

/** The list of modules; each brings its own providers, controllers and jobs. */
@Module({})
export class AppModule {
  static forRoot(options: AppOptions): DynamicModule {
    return {
      module: AppModule,
      imports: [
        PlatformModule.forRoot({ entities, ...options }),
        ObservabilityModule,
        HttpModule,
        AuthModule,
        IdentityModule,
      ],
    };
  }
}
