import { DomainEvent } from '../../../platform/outbox/event.js';
import type { Id } from '../../../platform/values/id.js';

/** Something may be due at an endpoint; whoever hears it looks. */
export class WebhooksDue extends DomainEvent<{ endpointId: Id }> {
  static override readonly eventName = 'outgoing_webhooks.due';
}
