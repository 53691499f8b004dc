import { DomainEvent } from '../../../../platform/outbox/event.js';
import type { Id } from '../../../../platform/values/id.js';

/** Somebody has said yes: its messages are made, some at a time. */
export class AnnouncementConfirmed extends DomainEvent<{ announcementId: Id }> {
  static override readonly eventName = 'notifications.announcement_confirmed';
}
