import type { EntitySchema } from '@mikro-orm/core';
import { type DynamicModule, Global, Module } from '@nestjs/common';
import { AuditModule } from './audit/audit.module.js';
import { ConfigModule } from './config/config.module.js';
import type { Environment } from './config/config.section.js';
import { CryptoModule } from './crypto/crypto.module.js';
import { DatabaseModule } from './database/database.module.js';
import { DiscoveryModule } from './discovery/discovery.module.js';
import { JobsModule } from './jobs/jobs.module.js';
import { LiveModule } from './live/live.module.js';
import { MetricsModule } from './observability/metrics/metrics.module.js';
import { TracingModule } from './observability/tracing/tracing.module.js';
import { OutboxModule } from './outbox/outbox.module.js';
import { RedisModule } from './redis/redis.module.js';
import { Clock, SystemClock } from './values/clock.js';
import { References } from './verification/references.js';
import { Verification } from './verification/verification.js';

export interface PlatformOptions {
  readonly entities: EntitySchema[];
  /** Runs deliveries and schedules in this process. */
  readonly jobs: boolean;
  /** Stands above the process environment; for tests. */
  readonly env?: Environment;
  /** Tells the time instead of the system, for filling a demo's past. */
  readonly clock?: Clock;
}

/** Everything under the modules that has no business words. */
@Global()
@Module({
  providers: [{ provide: Clock, useClass: SystemClock }, References, Verification],
  exports: [Clock, References, Verification],
})
export class PlatformModule {
  static forRoot({ entities, jobs, env = {}, clock = new SystemClock() }: PlatformOptions): DynamicModule {
    return {
      module: PlatformModule,
      providers: [{ provide: Clock, useValue: clock }],
      exports: [Clock],
      imports: [
        ConfigModule.forRoot(env),
        MetricsModule,
        TracingModule,
        DiscoveryModule,
        DatabaseModule.forRoot(entities),
        RedisModule,
        LiveModule,
        OutboxModule,
        AuditModule,
        CryptoModule,
        ...(jobs ? [JobsModule] : []),
      ],
    };
  }
}
