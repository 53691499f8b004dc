import { DomainEvent } from '../../../../platform/outbox/event.js';
import type { Id } from '../../../../platform/values/id.js';

/** Somebody's inbox has something new; at most some hundred of one school at once. */
export class InboxItemsAdded extends DomainEvent<{ itemIds: readonly Id[] }> {
  static override readonly eventName = 'notifications.inbox_items_added';
}

/** A person has read something of his inbox. */
export class InboxRead extends DomainEvent<{ userId: Id }> {
  static override readonly eventName = 'notifications.inbox_read';
}
