import { Module } from '@nestjs/common';
import { configProvider } from '../../platform/config/config.module.js';
import { IdentityModule } from '../identity/index.js';
import { NotificationsModule } from '../notifications/index.js';
import { SchoolsModule } from '../schools/index.js';
import { PartnerWebhookDeliveriesController } from './http/partner-webhook-deliveries.controller.js';
import { PartnerWebhookEndpointsController } from './http/partner-webhook-endpoints.controller.js';
import { WebhookDeliveriesController } from './http/webhook-deliveries.controller.js';
import { WebhookEndpointsController } from './http/webhook-endpoints.controller.js';
import { SendWebhooks } from './jobs/send-webhooks.js';
import { TellEndpoints } from './jobs/tell-endpoints.js';
import { OutgoingWebhooksConfig } from './outgoing-webhooks.config.js';
import { DeliveryReader } from './queries/delivery-reader.js';
import { EndpointReader } from './queries/endpoint-reader.js';
import { PartnerAudience } from './queries/partner-audience.js';
import { WebhookAudit } from './queries/webhook-audit.js';
import { WebhookDues } from './queries/webhook-dues.js';
import { WebhookFacts } from './queries/webhook-facts.js';
import { WebhooksIntegration } from './queries/webhooks-integration.js';
import { EndpointLeases } from './use-cases/endpoint-leases.js';
import { GiveUpEndpoint } from './use-cases/give-up-endpoint.js';
import { ManageEndpoints } from './use-cases/manage-endpoints.js';
import { QueueWebhooks } from './use-cases/queue-webhooks.js';
import { RecordAttempts } from './use-cases/record-attempts.js';
import { ReplayWebhooks } from './use-cases/replay-webhooks.js';
import { SendDue } from './use-cases/send-due.js';

/** What happens in a school, told to addresses that its owners, and partners whom it lets hear, give: signed, again until it is taken, with a log. */
@Module({
  imports: [IdentityModule, NotificationsModule, SchoolsModule],
  controllers: [
    WebhookEndpointsController,
    WebhookDeliveriesController,
    PartnerWebhookEndpointsController,
    PartnerWebhookDeliveriesController,
  ],
  providers: [
    configProvider(OutgoingWebhooksConfig),
    DeliveryReader,
    EndpointLeases,
    EndpointReader,
    GiveUpEndpoint,
    ManageEndpoints,
    PartnerAudience,
    QueueWebhooks,
    RecordAttempts,
    ReplayWebhooks,
    SendDue,
    SendWebhooks,
    TellEndpoints,
    WebhookAudit,
    WebhookDues,
    WebhookFacts,
    WebhooksIntegration,
  ],
})
export class OutgoingWebhooksModule {}
