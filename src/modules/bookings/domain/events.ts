import { DomainEvent } from '../../../platform/outbox/event.js';
import type { Id } from '../../../platform/values/id.js';

export interface LessonNews {
  readonly bookingId: Id;
  /** A greater deed (a series, a whole day) that tells its people of all its lessons in one message: of this one alone nobody is told. */
  readonly partOf?: Id;
}

/** Where a lesson was before. */
export interface LessonMove extends LessonNews {
  readonly previousStartsAt: string;
  /** Left out by events of before it was told. */
  readonly previousTeacherId?: Id;
}

export class LessonBooked extends DomainEvent<LessonNews> {
  static override readonly eventName = 'bookings.lesson_booked';
}

/** A time is held for a student, and nobody else's until it ends. Not yet a lesson: nobody is told of it. */
export class LessonHeld extends DomainEvent<LessonNews> {
  static override readonly eventName = 'bookings.lesson_held';
}

/** It became no lesson, and its time is free again. Of one that did, LessonBooked tells. */
export class HoldEnded extends DomainEvent<LessonNews & { readonly how: 'expired' | 'released' }> {
  static override readonly eventName = 'bookings.hold_ended';
}

export class LessonMoved extends DomainEvent<LessonMove> {
  static override readonly eventName = 'bookings.lesson_moved';
}

export class LessonCancelled extends DomainEvent<LessonNews> {
  static override readonly eventName = 'bookings.lesson_cancelled';
}

export class LessonCompleted extends DomainEvent<{ bookingId: Id }> {
  static override readonly eventName = 'bookings.lesson_completed';
}

export class StudentDidNotShow extends DomainEvent<{ bookingId: Id }> {
  static override readonly eventName = 'bookings.student_did_not_show';
}
