import { DomainEvent } from '../../../../platform/outbox/event.js';
import type { Id } from '../../../../platform/values/id.js';
import type { LessonMove } from '../../domain/events.js';

/** Several lessons were booked at once. Each has its own event too, which says by `partOf` that it is told of here. */
export class LessonsBookedTogether extends DomainEvent<{ readonly partOf: Id; readonly bookingIds: readonly Id[] }> {
  static override readonly eventName = 'bookings.lessons_booked_together';
}

export class LessonsMovedTogether extends DomainEvent<{ readonly partOf: Id; readonly moves: readonly LessonMove[] }> {
  static override readonly eventName = 'bookings.lessons_moved_together';
}

export class LessonsCancelledTogether extends DomainEvent<{ readonly partOf: Id; readonly bookingIds: readonly Id[] }> {
  static override readonly eventName = 'bookings.lessons_cancelled_together';
}
