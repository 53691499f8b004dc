import { DomainEvent } from '../../../platform/outbox/event.js';
import type { Id } from '../../../platform/values/id.js';

/** A message stands in the table and waits to be rendered and handed to its provider. */
export class MessageQueued extends DomainEvent<{ messageId: Id }> {
  static override readonly eventName = 'notifications.message_queued';
}
