import type { Id } from '../../../platform/values/id.js';

/** A booked lesson that no longer fits into its teacher's hours or falls into time off. It stands until somebody moves it. */
export interface OrphanedBooking {
  readonly bookingId: Id;
  readonly studentId: Id;
  readonly teacherId: Id;
  readonly startsAt: Date;
  readonly endsAt: Date;
}

/** What a change of a teacher's schedule leaves outside of it. Bound by bookings, which knows the diary. */
export abstract class OrphanedBookings {
  /**
   * The booked lessons of that teacher, or of everybody when null, which start from that instant on (and before `until`) and are
   * outside his hours or inside his time off, as TeacherTimes reads both within the caller's transaction, soonest first.
   */
  abstract futureOutside(teacherId: Id | null, from: Date, until?: Date): Promise<readonly OrphanedBooking[]>;
}
