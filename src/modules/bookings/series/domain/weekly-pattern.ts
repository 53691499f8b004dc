import {
  addDays,
  atLocal,
  localTime,
  weekdayOf,
  type LocalDate,
  type LocalTime,
} from '../../../../platform/values/zone.js';

/** No series or other deed on several lessons has more of them. */
export const MOST_LESSONS = 60;

const HOUR = 3_600_000;

/** Lessons at one time of day on some weekdays, every n weeks. Dates and times are those of the school's own clocks. */
export interface WeeklyPattern {
  /** 1 is Monday. */
  readonly weekdays: readonly number[];
  readonly time: LocalTime;
  /** 1 is every week. The week of `from` is the first. */
  readonly everyWeeks: number;
  /** No lesson is before. */
  readonly from: LocalDate;
  /** No lesson is after; or so many there are. */
  readonly until?: LocalDate;
  readonly count?: number;
}

export const clockChanges = ['left_out', 'twice'] as const;
/**
 * What the clocks do to a time of day: in the spring night they leave it out, so the lesson begins as much later; in the autumn
 * night they show it twice, and the first one counts.
 */
export type ClockChange = (typeof clockChanges)[number];

/** One time that a pattern means. */
export interface Occurrence {
  readonly date: LocalDate;
  readonly startsAt: Date;
  readonly clockChange: ClockChange | null;
}

/** The dates of the pattern in order, at most one more than a series may have: so that too many are seen without counting them all. */
export function datesOf({ weekdays, everyWeeks, from, until, count = Infinity }: WeeklyPattern): LocalDate[] {
  const most = Math.min(count, MOST_LESSONS + 1);
  const wanted = [...new Set(weekdays)].sort((a, b) => a - b);
  if (wanted.length === 0) return [];
  const dates: LocalDate[] = [];
  const isOver = (date: LocalDate) => dates.length >= most || (until !== undefined && date > until);
  for (let monday = addDays(from, 1 - weekdayOf(from)); !isOver(monday); monday = addDays(monday, 7 * everyWeeks)) {
    const week = wanted.map((weekday) => addDays(monday, weekday - 1));
    for (const date of week) if (date >= from && !isOver(date)) dates.push(date);
  }
  return dates;
}

/** When the clocks of that date show that time, and what they do there. */
export function occurrenceOf(date: LocalDate, time: LocalTime, zone: string): Occurrence {
  const startsAt = atLocal(date, time, zone);
  return { date, startsAt, clockChange: clockChangeAt(startsAt, time, zone) };
}

function clockChangeAt(startsAt: Date, time: LocalTime, zone: string): ClockChange | null {
  if (localTime(startsAt, zone) !== time) return 'left_out';
  return localTime(new Date(startsAt.getTime() + HOUR), zone) === time ? 'twice' : null;
}
