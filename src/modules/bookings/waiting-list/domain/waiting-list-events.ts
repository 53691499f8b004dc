import { DomainEvent } from '../../../../platform/outbox/event.js';
import type { Id } from '../../../../platform/values/id.js';

/** A student waits for a kind of lesson. */
export class WaitingListJoined extends DomainEvent<{ entryId: Id }> {
  static override readonly eventName = 'bookings.waiting_list_joined';
}

/** A time that became free is offered to a student. */
export class OfferMade extends DomainEvent<{ offerId: Id; studentId: Id }> {
  static override readonly eventName = 'bookings.offer_made';
}
