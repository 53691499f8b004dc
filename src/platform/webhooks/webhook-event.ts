import { defineEntity, p } from '@mikro-orm/core';
import { code, id, instant, text } from '../database/columns.js';
import { DomainEvent } from '../outbox/event.js';
import type { Id } from '../values/id.js';

export const webhookStates = ['received', 'processed', 'ignored'] as const;
export type WebhookState = (typeof webhookStates)[number];

export const WebhookEventSchema = defineEntity({
  name: 'WebhookEvent',
  tableName: 'webhook_events',
  properties: {
    id: id().primary(),
    provider: text(40),
    /** The adapter's name for it, so that a repeat is known. */
    eventKey: text(255).collation('ascii_bin'),
    kind: text(100),
    state: code<WebhookState>(),
    /** As it came. */
    body: p.text().columnType('mediumtext'),
    receivedAt: instant(),
    processedAt: instant().nullable(),
  },
  uniques: [{ name: 'webhook_events_key', properties: ['provider', 'eventKey'] }],
  indexes: [
    { name: 'webhook_events_received', properties: ['receivedAt'] },
    { name: 'webhook_events_state', properties: ['state', 'id'] },
  ],
});

export const webhooksEntities = [WebhookEventSchema];

/** A provider has told us something new; it is stored, and not understood yet. */
export class WebhookReceived extends DomainEvent<{ webhookId: Id }> {
  static override readonly eventName = 'webhooks.received';
}
