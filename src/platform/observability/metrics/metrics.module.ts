import { Global, Module } from '@nestjs/common';
import { Metrics } from './metrics.js';

/** What counts and times, in every process. Showing it is ObservabilityModule's. */
@Global()
@Module({ providers: [Metrics], exports: [Metrics] })
export class MetricsModule {}
