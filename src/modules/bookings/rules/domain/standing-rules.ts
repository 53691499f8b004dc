import { Money } from '../../../../platform/values/money.js';
import { addDays, atLocal, localDate, weekdayOf, type LocalDate } from '../../../../platform/values/zone.js';
import { TimeRange } from '../../../../platform/values/time-range.js';
import { localDays } from '../../domain/calendar/working-spans.js';
import type { Id } from '../../../../platform/values/id.js';
import { bookingRules, type BookingRule, type LessonLimit } from '../../domain/booking-rule.js';
import { BeyondHorizon, NoticeTooShort } from '../../domain/rule-errors.js';
import type { Prepayment } from './settings.js';

const DAY = 86_400_000;

/** What holds for one student's lessons of one type: the school's word, the type's where it has its own, and what was said of him. */
export interface StandingRules {
  readonly noticeMinutes: number;
  readonly horizonDays: number | null;
  /** What the office has said of this student; null when it has not. */
  readonly open: boolean | null;
  readonly openUntil: LocalDate | null;
  /** Whether students book for themselves where nobody has said otherwise. */
  readonly studentsBook: boolean;
  /** In minor units. */
  readonly arrearsLimit: number | null;
  readonly holdMinutes: number;
  readonly prepayment: Prepayment;
  readonly depositMinor: number | null;
  /** So much of the theory he has done before; null: it does not matter. */
  readonly theoryPercent: number | null;
  readonly limits: readonly LessonLimit[];
}

export interface RuledStart {
  readonly startsAt: Date;
  readonly now: Date;
  /** For students and their guardians more holds than for staff. */
  readonly bySelf: boolean;
}

/** The rules that are against a lesson at that time, with what they say. */
export function refusalsOfStart(rules: StandingRules, { startsAt, now, bySelf }: RuledStart): Map<BookingRule, Error> {
  const found = new Map<BookingRule, Error>();
  const earliest = earliestStart(rules, now);
  // What staff write down afterwards was given without any notice.
  const isLateEntry = !bySelf && startsAt <= now;
  if (startsAt < earliest && !isLateEntry) found.set('notice', new NoticeTooShort(rules.noticeMinutes, earliest));
  const latest = latestStart(rules, now);
  if (latest && startsAt > latest) found.set('horizon', new BeyondHorizon(rules.horizonDays!, latest));
  return found;
}

export function earliestStart({ noticeMinutes }: StandingRules, now: Date): Date {
  return new Date(now.getTime() + noticeMinutes * 60_000);
}

export function latestStart({ horizonDays }: StandingRules, now: Date): Date | null {
  return horizonDays === null ? null : new Date(now.getTime() + horizonDays * DAY);
}

/** What is said of a student binds everybody; that students do not book at all binds them alone. */
export function isOpen({ open, openUntil, studentsBook }: StandingRules, today: LocalDate, bySelf: boolean): boolean {
  if (open === false || (openUntil !== null && openUntil < today)) return false;
  return open === true || studentsBook || !bySelf;
}

/** The part of the price that is paid before the lesson is booked. */
export function prepaymentOf({ prepayment, depositMinor }: StandingRules, price: Money): Money {
  if (prepayment === 'full') return price;
  return Money.of(prepayment === 'none' ? 0 : Math.min(depositMinor ?? 0, price.amount), price.currency);
}

/** A lesson that takes one of a student's. */
export interface CountedLesson {
  readonly startsAt: Date;
  readonly lessonTypeId: Id;
}

/** The limits that these lessons reach already, so that there is no room for one more at that time. */
export function reachedLimits(
  limits: readonly LessonLimit[],
  lessons: readonly CountedLesson[],
  wanted: CountedLesson,
  zone: string,
): LessonLimit[] {
  const week = weekOf(wanted.startsAt, zone);
  const day = dayOf(wanted.startsAt, zone);
  return limits.filter(({ rule, scope, most }) => {
    const span = rule === 'day_limit' ? day : week;
    const counted = lessons.filter(
      ({ startsAt, lessonTypeId }) =>
        span.start <= startsAt &&
        startsAt < span.end &&
        (scope !== 'lesson_type' || lessonTypeId === wanted.lessonTypeId),
    );
    return counted.length >= most;
  });
}

/** The days of the window on which there is no room for one more lesson of the type, by the day's limits or the week's. */
export function fullSpans(
  limits: readonly LessonLimit[],
  lessons: readonly CountedLesson[],
  lessonTypeId: Id,
  window: TimeRange,
  zone: string,
): TimeRange[] {
  const monday = mondayOf(localDate(window.start, zone));
  const days = localDays(monday, addDays(mondayOf(localDate(window.end, zone)), 7), zone).map(
    (day) => new TimeRange(day.at('00:00'), day.at('24:00')),
  );
  const ofDay = days.map(({ start, end }) => lessons.filter(({ startsAt }) => start <= startsAt && startsAt < end));
  const isFull = (_: TimeRange, index: number) => {
    const week = index - (index % 7);
    return limits.some(({ rule, scope, most }) => {
      const counted = rule === 'day_limit' ? ofDay[index]! : ofDay.slice(week, week + 7).flat();
      const same = scope === 'lesson_type' ? counted.filter((each) => each.lessonTypeId === lessonTypeId) : counted;
      return same.length >= most;
    });
  };
  return days.filter(isFull).filter(({ start, end }) => start < window.end && end > window.start);
}

function mondayOf(date: LocalDate): LocalDate {
  return addDays(date, 1 - weekdayOf(date));
}

/** From Monday to Monday, by the school's clocks. */
export function weekOf(instant: Date, zone: string): TimeRange {
  const monday = mondayOf(localDate(instant, zone));
  return new TimeRange(atLocal(monday, '00:00', zone), atLocal(addDays(monday, 7), '00:00', zone));
}

function dayOf(instant: Date, zone: string): TimeRange {
  const date = localDate(instant, zone);
  return new TimeRange(atLocal(date, '00:00', zone), atLocal(addDays(date, 1), '00:00', zone));
}

/** In the order in which they are told. */
export function inOrder(rules: Iterable<BookingRule>): BookingRule[] {
  const set = new Set(rules);
  return bookingRules.filter((rule) => set.has(rule));
}
