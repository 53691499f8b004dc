import type { Actor } from '../../../platform/auth/actor.js';
import type { Id } from '../../../platform/values/id.js';
import { Money } from '../../../platform/values/money.js';
import { feeMinorAt } from './agreed-cancellation.js';
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
  WaiverInvalid,
  WaiverNotYours,
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
  checkReach(actor, startsAt, now);
}

/** @throws InThePast | TooFarAhead */
export function checkReach(actor: Actor, startsAt: Date, now: Date): void {
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

/** What cancelling costs the student: nothing up to and including the first deadline, nothing when it is the school that cancels. */
export function cancellationFee(
  { agreed, currency }: Pick<Booking, 'agreed' | 'currency'>,
  now: Date,
  cancelledFor: 'student' | 'school',
): Money {
  return Money.of(cancelledFor === 'school' ? 0 : feeMinorAt(agreed, now), currency);
}

/** What is asked to be waived, of a fee that is due. */
export interface WaiverAsked {
  /** All of the fee, when left out. */
  readonly amount?: { readonly amount: number; readonly currency: string };
}

/** The part of the fee that is waived. @throws WaiverNotYours | WaiverInvalid naming `field` */
export function waivedPart(actor: Actor, fee: Money, { amount }: WaiverAsked, field: string): Money {
  if (!actor.isStaff) throw new WaiverNotYours();
  if (!amount) return fee;
  const right = amount.currency === fee.currency && amount.amount > 0 && amount.amount <= fee.amount;
  if (!right) throw new WaiverInvalid(fee, field);
  return Money.of(amount.amount, amount.currency);
}

function isLate({ cancelBy }: Pick<Booking, 'cancelBy'>, now: Date): boolean {
  return now > cancelBy;
}
