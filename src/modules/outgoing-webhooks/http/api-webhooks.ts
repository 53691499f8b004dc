import type { ApiWebhooks } from '../../../platform/http/document/webhooks.js';
import { payloadExample, payloadSchema, webhookCatalogue } from '../domain/webhook-catalogue.js';
import { sentTypes } from '../domain/webhook-types.js';

/** The catalogue, for the API's document. */
export const apiWebhooks: ApiWebhooks = {
  topic: 'Webhook endpoints',
  all: sentTypes.map((type) => ({
    type,
    summary: webhookCatalogue[type].says,
    schema: payloadSchema(type),
    example: payloadExample(type),
  })),
};
