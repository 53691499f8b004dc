import { Module } from '@nestjs/common';
import { configProvider } from '../../platform/config/config.module.js';
import { IdentityModule } from '../identity/index.js';
import { NotificationsModule } from '../notifications/index.js';
import { WebhookDeliveriesController } from './http/webhook-deliveries.controller.js';
import { WebhookEndpointsController } from './http/webhook-endpoints.controller.js';
import { SendWebhooks } from './jobs/send-webhooks.js';
import { TellEndpoints } from './jobs/tell-endpoints.js';
import { OutgoingWebhooksConfig } from './outgoing-webhooks.config.js';
import { DeliveryReader } from './queries/delivery-reader.js';
import { EndpointReader } from './queries/endpoint-reader.js';
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

/** What happens in a school, told to addresses that its owners give: signed, again until it is taken, with a log. */
@Module({
  imports: [IdentityModule, NotificationsModule],
  controllers: [WebhookEndpointsController, WebhookDeliveriesController],
  providers: [
    configProvider(OutgoingWebhooksConfig),
    DeliveryReader,
    EndpointLeases,
    EndpointReader,
    GiveUpEndpoint,
    ManageEndpoints,
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
