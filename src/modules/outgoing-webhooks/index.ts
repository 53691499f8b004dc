import { WebhookEndpointSchema } from './domain/webhook-endpoint.js';
import { WebhookAttemptSchema, WebhookMessageSchema } from './domain/webhook-message.js';

export { apiWebhooks } from './http/api-webhooks.js';
export { OutgoingWebhooksModule } from './outgoing-webhooks.module.js';

export const outgoingWebhooksEntities = [WebhookAttemptSchema, WebhookEndpointSchema, WebhookMessageSchema];
