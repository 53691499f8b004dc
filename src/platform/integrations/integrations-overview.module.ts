import { Global, Module } from '@nestjs/common';
import { IntegrationsOverview } from './integrations-overview.js';

/** What the modules tell of outside systems, gathered. */
@Global()
@Module({ providers: [IntegrationsOverview], exports: [IntegrationsOverview] })
export class IntegrationsOverviewModule {}
