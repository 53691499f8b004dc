import type { Id } from '../../../platform/values/id.js';
import type { TimeRange } from '../../../platform/values/time-range.js';
import type { LocalDate } from '../../../platform/values/zone.js';
import type { Stretch } from './day-hours.js';
import type { WeeklyHours } from './working-hours.js';

/** A change of who works when, as it is asked for. */
export type ScheduleChange =
  | { readonly kind: 'week'; readonly teacherId: Id; readonly from: LocalDate; readonly week: readonly WeeklyHours[] }
  /** Hours null: back to those of the weekday. */
  | {
      readonly kind: 'date';
      readonly teacherId: Id;
      readonly date: LocalDate;
      readonly hours: readonly Stretch[] | null;
    }
  | { readonly kind: 'away'; readonly teacherId: Id; readonly range: TimeRange }
  | { readonly kind: 'closing'; readonly dates: readonly LocalDate[] };

export interface TeacherHours extends WeeklyHours {
  readonly teacherId: Id;
  readonly validFrom: LocalDate;
  /** The first date on which the row no longer counts. */
  readonly validUntil: LocalDate | null;
}

export interface HoursOfDate {
  readonly teacherId: Id;
  readonly date: LocalDate;
  readonly hours: readonly Stretch[];
}

export interface TeacherTimeOff {
  readonly teacherId: Id;
  readonly startsAt: Date;
  readonly endsAt: Date;
}

/** Who works when, as it is kept. */
export interface ScheduleRows {
  readonly weeks: readonly TeacherHours[];
  readonly dates: readonly HoursOfDate[];
  readonly away: readonly TeacherTimeOff[];
  /** Dates on which the whole school is closed. */
  readonly closed: readonly LocalDate[];
}

/** The rows as they would be read once the change is saved. */
export function assuming(rows: ScheduleRows, change: ScheduleChange): ScheduleRows {
  switch (change.kind) {
    case 'week':
      return { ...rows, weeks: withWeek(rows.weeks, change) };
    case 'date':
      return { ...rows, dates: withDate(rows.dates, change) };
    case 'away': {
      const { teacherId, range } = change;
      return { ...rows, away: [...rows.away, { teacherId, startsAt: range.start, endsAt: range.end }] };
    }
    case 'closing':
      break;
  }
  return { ...rows, closed: [...rows.closed, ...change.dates] };
}

type Change<Kind extends ScheduleChange['kind']> = Extract<ScheduleChange, { kind: Kind }>;

function withWeek(rows: readonly TeacherHours[], { teacherId, from, week }: Change<'week'>): TeacherHours[] {
  const kept = rows
    .filter((row) => row.teacherId !== teacherId || row.validFrom < from)
    .map((row) => (row.teacherId === teacherId && lasts(row, from) ? { ...row, validUntil: from } : row));
  return [...kept, ...week.map((hours) => ({ ...hours, teacherId, validFrom: from, validUntil: null }))];
}

function lasts({ validUntil }: TeacherHours, date: LocalDate): boolean {
  return validUntil === null || validUntil > date;
}

function withDate(rows: readonly HoursOfDate[], { teacherId, date, hours }: Change<'date'>): HoursOfDate[] {
  const others = rows.filter((row) => row.teacherId !== teacherId || row.date !== date);
  return hours === null ? others : [...others, { teacherId, date, hours }];
}
