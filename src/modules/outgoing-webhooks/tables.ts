import type { Tables } from '../../platform/database/query.js';
import type { WebhookEndpointSchema } from './domain/webhook-endpoint.js';
import type { WebhookAttemptSchema, WebhookMessageSchema } from './domain/webhook-message.js';

export type WebhookTables = Tables<
  typeof WebhookEndpointSchema | typeof WebhookMessageSchema | typeof WebhookAttemptSchema
>;
