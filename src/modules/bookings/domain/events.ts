import { DomainEvent } from '../../../platform/outbox/event.js';
import type { Id } from '../../../platform/values/id.js';

export class LessonBooked extends DomainEvent<{ bookingId: Id }> {
  static override readonly eventName = 'bookings.lesson_booked';
}

export class LessonMoved extends DomainEvent<{ bookingId: Id; previousStartsAt: string }> {
  static override readonly eventName = 'bookings.lesson_moved';
}

export class LessonCancelled extends DomainEvent<{ bookingId: Id }> {
  static override readonly eventName = 'bookings.lesson_cancelled';
}

export class LessonCompleted extends DomainEvent<{ bookingId: Id }> {
  static override readonly eventName = 'bookings.lesson_completed';
}

export class StudentDidNotShow extends DomainEvent<{ bookingId: Id }> {
  static override readonly eventName = 'bookings.student_did_not_show';
}
