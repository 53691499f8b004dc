import type { Actor } from '../../../platform/auth/actor.js';
import type { Id } from '../../../platform/values/id.js';
import { Money } from '../../../platform/values/money.js';
import type { Booking } from './booking.js';
import { isOnGrid } from './calendar/slots.js';
import {
  InThePast,
  LessonNotStarted,
  LessonStarted,
  NotYourLesson,
  OffGrid,
  StaffBooksThis,
  TooFarAhead,
  TooLateToMove,
} from './errors.js';

const DAY = 86_400_000;
/** Staff write down lessons that were given without being booked, so far back. */
const LATE_ENTRY_DAYS = 7;
/** Nothing is booked beyond this. */
const HORIZON_DAYS = 400;

/** @throws StaffBooksThis */
export function checkMayBookType(actor: Actor, lessonType: { readonly bookableByStudents: boolean }): void {
  if (!actor.isStaff && !lessonType.bookableByStudents) throw new StaffBooksThis();
}

/** The last instant at which a lesson that is booked now may start. */
export function latestStart(now: Date): Date {
  return new Date(now.getTime() + HORIZON_DAYS * DAY);
}

/** @throws OffGrid | InThePast | TooFarAhead */
export function checkStart(actor: Actor, startsAt: Date, now: Date): void {
  if (!isOnGrid(startsAt)) throw new OffGrid();
  const earliest = actor.isStaff ? now.getTime() - LATE_ENTRY_DAYS * DAY : now.getTime();
  if (startsAt.getTime() < earliest) throw new InThePast();
  if (startsAt > latestStart(now)) throw new TooFarAhead();
}

/** A student moves a lesson while cancelling it would be free, or moving would be the way round the fee. @throws TooLateToMove */
export function checkMayMove(actor: Actor, booking: Pick<Booking, 'cancelBy'>, now: Date): void {
  if (!actor.isStaff && isLate(booking, now)) throw new TooLateToMove();
}

/** @throws LessonStarted when a student cancels what is going on already */
export function checkMayCancel(actor: Actor, booking: Pick<Booking, 'startsAt'>, now: Date): void {
  if (!actor.isStaff && now >= booking.startsAt) throw new LessonStarted();
}

/** The lesson's own teacher, or the office, says how it went, once it has begun. @throws NotYourLesson | LessonNotStarted */
export function checkMayReport(actor: Actor, teacher: { readonly userId: Id } | null, startsAt: Date, now: Date): void {
  const mayReport = actor.isStaff && (actor.role !== 'teacher' || actor.userId === teacher?.userId);
  if (!mayReport) throw new NotYourLesson();
  if (now < startsAt) throw new LessonNotStarted();
}

/** What cancelling costs the student: nothing up to and including the deadline, nothing when it is the school that cancels. */
export function cancellationFee(
  booking: Pick<Booking, 'cancelBy' | 'lateFee'>,
  now: Date,
  cancelledFor: 'student' | 'school',
): Money {
  const free = cancelledFor === 'school' || !isLate(booking, now);
  return free ? Money.of(0, booking.lateFee.currency) : booking.lateFee;
}

function isLate({ cancelBy }: Pick<Booking, 'cancelBy'>, now: Date): boolean {
  return now > cancelBy;
}
