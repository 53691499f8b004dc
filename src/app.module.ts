import { type DynamicModule, Module } from '@nestjs/common';
import { apiTopics } from './api-topics.js';
import { DemoModule } from './demo/demo.module.js';
import { entities } from './entities.js';
import { IntegrationsModule } from './integrations/integrations.module.js';
import { AccountingModule } from './modules/accounting/index.js';
import { BillingModule } from './modules/billing/index.js';
import { BookingsModule } from './modules/bookings/index.js';
import { EducationModule } from './modules/education/index.js';
import { FinanceModule } from './modules/finance/index.js';
import { IdentityModule } from './modules/identity/index.js';
import { NotificationsModule } from './modules/notifications/index.js';
import { apiWebhooks, OutgoingWebhooksModule } from './modules/outgoing-webhooks/index.js';
import { SchoolsModule } from './modules/schools/index.js';
import { StudentsModule } from './modules/students/index.js';
import { AuthModule } from './platform/auth/auth.module.js';
import type { Environment } from './platform/config/config.section.js';
import { FilesModule } from './platform/files/files.module.js';
import { ApiTopics } from './platform/http/document/topics.js';
import { ApiWebhooks } from './platform/http/document/webhooks.js';
import { HttpModule } from './platform/http/http.module.js';
import { IntegrationsOverviewModule } from './platform/integrations/integrations-overview.module.js';
import { ObservabilityModule } from './platform/observability/observability.module.js';
import { OperationsModule } from './platform/operations/operations.module.js';
import { PlatformModule } from './platform/platform.module.js';
import { PrivacyModule } from './platform/privacy/privacy.module.js';
import { PortsModule } from './platform/ports/ports.module.js';
import type { Clock } from './platform/values/clock.js';
import { WebhooksModule } from './platform/webhooks/webhooks.module.js';

export interface AppOptions {
  /** Runs deliveries and schedules in this process. */
  readonly jobs: boolean;
  /** Stands above the process environment; for tests. */
  readonly env?: Environment;
  /** Tells the time instead of the system, for filling a demo's past. */
  readonly clock?: Clock;
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
        PortsModule,
        WebhooksModule,
        OperationsModule,
        FilesModule,
        PrivacyModule,
        IntegrationsOverviewModule,
        IdentityModule,
        SchoolsModule,
        StudentsModule,
        EducationModule,
        FinanceModule,
        BillingModule,
        AccountingModule,
        BookingsModule,
        NotificationsModule,
        OutgoingWebhooksModule,
        IntegrationsModule,
        DemoModule,
      ],
      providers: [
        { provide: ApiTopics, useValue: apiTopics },
        { provide: ApiWebhooks, useValue: apiWebhooks },
      ],
    };
  }
}
