import { DomainEvent } from '../../../../platform/outbox/event.js';
import type { Id } from '../../../../platform/values/id.js';
import type { LocalDate } from '../../../../platform/values/zone.js';
import type { DayScope } from './day-cancellation.js';

/** A whole day is cancelled: whatever else takes place on it, classes for one, is its own area's to cancel. */
export class DayCancelled extends DomainEvent<{
  readonly cancellationId: Id;
  readonly date: LocalDate;
  readonly scope: DayScope;
  readonly teacherId: Id | null;
  readonly vehicleId: Id | null;
  readonly locationId: Id | null;
}> {
  static override readonly eventName = 'bookings.day_cancelled';
}

/** All lessons that a student had on the day are cancelled: he is told of them in one message. */
export class StudentsDayCancelled extends DomainEvent<{ readonly cancellationId: Id; readonly studentId: Id }> {
  static override readonly eventName = 'bookings.students_day_cancelled';
}

/** Every lesson of the day is cancelled: now its teachers are told. */
export class DayCancellationFinished extends DomainEvent<{ readonly cancellationId: Id }> {
  static override readonly eventName = 'bookings.day_cancellation_finished';
}
