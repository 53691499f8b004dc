import type { Id } from '../../../../platform/values/id.js';
import { TimeRange } from '../../../../platform/values/time-range.js';
import { addDays, atLocal, type LocalDate, localDate } from '../../../../platform/values/zone.js';
import type { NewClosingDay, OwnTimeOffKind, ScheduleChange, Stretch, WeeklyHours } from '../../../schools/index.js';
import { NotOneChange } from './errors.js';

/** A change of who works when, as somebody asks for it: exactly one of these. */
export interface WantedChange {
  readonly workingHours?: {
    readonly teacherId: Id;
    /** Today, when missing. */
    readonly validFrom?: LocalDate;
    readonly workingHours: readonly WeeklyHours[];
  };
  readonly dayHours?: { readonly teacherId: Id; readonly date: LocalDate; readonly hours: readonly Stretch[] };
  readonly timeOff?: {
    readonly teacherId: Id;
    readonly startsAt: Date;
    readonly endsAt: Date;
    readonly kind?: OwnTimeOffKind;
    readonly reason?: string | null;
  };
  readonly closingDays?: readonly NewClosingDay[];
}

const kinds = ['workingHours', 'dayHours', 'timeOff', 'closingDays'] as const;

/** @throws NotOneChange naming the second one, or the first when there is none */
export function checkOneChange(wanted: WantedChange): void {
  const given = kinds.filter((kind) => wanted[kind] !== undefined);
  if (given.length !== 1) throw new NotOneChange(given[1] ?? kinds[0]);
}

/** The change as the schedule's rows see it. */
export function changeOf(wanted: WantedChange, zone: string, now: Date): ScheduleChange {
  const { workingHours, dayHours, timeOff, closingDays = [] } = wanted;
  if (workingHours) {
    const { teacherId, validFrom, workingHours: week } = workingHours;
    return { kind: 'week', teacherId, from: validFrom ?? localDate(now, zone), week };
  }
  if (dayHours) return { kind: 'date', ...dayHours };
  if (timeOff) {
    return { kind: 'away', teacherId: timeOff.teacherId, range: new TimeRange(timeOff.startsAt, timeOff.endsAt) };
  }
  return { kind: 'closing', dates: closingDays.map(({ date }) => date) };
}

/** Whose lessons the change may leave outside, and which: those that start then. */
export interface Reach {
  /** Null: everybody's. */
  readonly teacherId: Id | null;
  readonly from: Date;
  readonly until?: Date;
}

// A lesson that begins the evening before may last until then.
const LONGEST_LESSON = 12 * 3_600_000;

/** Lessons that have begun are over for any change. */
export function reachOf(change: ScheduleChange, zone: string, now: Date): Reach {
  const from = (instant: Date) => new Date(Math.max(now.getTime(), instant.getTime() - LONGEST_LESSON));
  const midnight = (date: LocalDate) => atLocal(date, '00:00', zone);
  switch (change.kind) {
    case 'week':
      return { teacherId: change.teacherId, from: from(midnight(change.from)) };
    case 'date': {
      const { teacherId, date } = change;
      return { teacherId, from: from(midnight(date)), until: midnight(addDays(date, 1)) };
    }
    case 'away': {
      const { teacherId, range } = change;
      // The longest buffer there is reaches back from a lesson after the end.
      return { teacherId, from: from(range.start), until: new Date(range.end.getTime() + 2 * 3_600_000) };
    }
    case 'closing':
      break;
  }
  const dates = change.dates.toSorted();
  return { teacherId: null, from: from(midnight(dates[0]!)), until: midnight(addDays(dates.at(-1)!, 1)) };
}
