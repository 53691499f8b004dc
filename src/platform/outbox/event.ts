import type { Id } from '../values/id.js';

/**
 * Something that has happened. A subclass names itself: `static readonly eventName = 'bookings.lesson_booked'`.
 * The payload carries ids, never personal data, secrets or tokens: it is kept and shown to operators.
 */
export abstract class DomainEvent<Payload extends object = object> {
  static readonly eventName: string;

  constructor(readonly payload: Payload) {}
}

export type EventClass<Event extends DomainEvent = DomainEvent> = (abstract new (payload: never) => Event) & {
  readonly eventName: string;
};

/** An event as its handler gets it. */
export interface EventOf<Event extends DomainEvent> {
  readonly id: Id;
  /** null for an event that belongs to no school */
  readonly schoolId: Id | null;
  readonly occurredAt: Date;
  readonly payload: Event['payload'];
}
