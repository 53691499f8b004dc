import type { Actor } from '../../../platform/auth/actor.js';
import type { Id } from '../../../platform/values/id.js';
import type { Money } from '../../../platform/values/money.js';
import type { TimeRange } from '../../../platform/values/time-range.js';
import type { BookableTimes } from '../domain/bookable-times.js';
import type { BookingRule, LessonLimit } from '../domain/booking-rule.js';

/** Whose lessons of which type are asked about. */
export interface RuledLessons {
  readonly studentId: Id;
  readonly lessonType: { readonly id: Id; readonly price: Money };
  /** The school's. */
  readonly zone: string;
}

export interface Leniency {
  /** Staff book all the same, and say why. */
  readonly override?: { readonly reason: string };
  /** Rules that a greater deed has settled already: a time that just came free is offered whatever the notice. */
  readonly waived?: readonly BookingRule[];
  /** The lesson is booked already and only moves: whether he may book at all, and what he owes, were asked then. */
  readonly moving?: boolean;
}

/** What the rules say of one lesson, as far as it can be said before its time is claimed. */
export interface Ruling {
  readonly lessons: RuledLessons;
  /** Not counted itself. */
  readonly bookingId: Id;
  readonly startsAt: Date;
  /** What is left to be counted, see BookingRules.count(). */
  readonly limits: readonly LessonLimit[];
  readonly override: { readonly reason: string } | null;
  /** Rules that were against it and were overridden. */
  readonly broken: readonly BookingRule[];
}

/** The rules for somebody's lessons of one type, looked up once for any number of times. */
export interface RulesAtHand {
  /** How much of a lesson's price the student pays before it is booked; nothing for most. */
  prepaymentOf(price: Money): Money;
  /** How long the time waits for that. */
  readonly holdMinutes: number;
  /** @throws NoticeTooShort | BeyondHorizon */
  judge(bookingId: Id, startsAt: Date): Ruling;
}

/** Lessons that are planned, beside those that stand. */
export interface LessonTally {
  /** Counts the lesson from now on. @throws TooManyLessons */
  add(ruling: Ruling): void;
}

/** Who may book what, as the school has set it. */
export abstract class BookingRules {
  /** @throws BookingNotOpen | StudentInArrears | TheoryMissing | OverrideNotAllowed */
  abstract of(actor: Actor, lessons: RuledLessons, leniency?: Leniency): Promise<RulesAtHand>;

  /**
   * Counts the student's lessons, in the transaction that books and after its claims: two bookings of one student wait for each other here.
   * @returns the rules that were overridden, those of judge() among them
   * @throws TooManyLessons
   */
  abstract count(ruling: Ruling): Promise<readonly BookingRule[]>;

  /** For lessons that are only planned: what count() would say if they were booked one by one. Reads once, and locks nothing. */
  abstract tally(rulings: readonly Ruling[]): Promise<LessonTally>;

  /** At what times of the window this student could book himself; of anybody when it is not known who asks. */
  abstract bookable(
    lessons: Pick<RuledLessons, 'lessonType' | 'zone'> & { readonly studentId?: Id },
    window: TimeRange,
  ): Promise<BookableTimes>;
}
