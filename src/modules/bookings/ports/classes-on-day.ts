import type { Actor } from '../../../platform/auth/actor.js';
import type { Id } from '../../../platform/values/id.js';
import type { TimeRange } from '../../../platform/values/time-range.js';
import type { Named } from '../domain/diary-item.js';

/** What is left of a day, and whose: everybody's where nobody is named. */
export interface DayLeft {
  readonly range: TimeRange;
  readonly teacherId: Id | null;
  /** No class takes a vehicle. */
  readonly vehicleId: Id | null;
  /** Where its room is. */
  readonly locationId: Id | null;
}

export interface ClassOnDay {
  readonly sessionId: Id;
  readonly topic: string;
  readonly course: Named;
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly teacher: Named;
  /** Who is to come. */
  readonly studentIds: readonly Id[];
}

/** The theory classes of a day, for whoever cancels the day as a whole. */
export abstract class ClassesOnDay {
  /** Those that are to take place, in order of time. */
  abstract of(day: DayLeft): Promise<ClassOnDay[]>;

  /**
   * Cancels one as the office does, in the caller's transaction; all who were to come, and its teacher, are told.
   * @returns false when it is none of them any more: cancelled, moved away or begun
   * @throws ClaimsChanged, which must roll the transaction back
   */
  abstract cancel(actor: Actor, sessionId: Id, day: DayLeft, reason: string): Promise<boolean>;
}
