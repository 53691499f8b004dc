import type { Id } from '../../../../platform/values/id.js';
import { TimeRange } from '../../../../platform/values/time-range.js';
import type { LocalDate } from '../../../../platform/values/zone.js';
import type { BusyDay } from '../../domain/calendar/busy-mask.js';
import { slotsTouched, startOfSlot, type SlotSpan } from '../../domain/calendar/slots.js';
import type { LocalDay } from '../../domain/calendar/working-spans.js';
import { blockOf, type DiaryItem, type Named } from '../../domain/diary-item.js';
import type { ConflictKind } from './conflicts.js';
import { daySheet, utilisation } from './day-sheet.js';

export interface Span {
  readonly startsAt: Date;
  readonly endsAt: Date;
}

export interface FreeTimeSpan extends Span {
  readonly minutes: number;
  /** Otherwise it is a hole. */
  readonly fitsLesson: boolean;
}

/** How well time is used. */
export interface Use {
  readonly workingMinutes: number;
  /** Taken by this school's diary, within working time or outside of it. */
  readonly claimedMinutes: number;
  /** The part of it within working time. */
  readonly usedMinutes: number;
  /** Whole percent of the working time that is used; null when nobody works. */
  readonly utilisation: number | null;
}

export interface DiaryDay extends Use {
  readonly date: LocalDate;
  /** The whole school is. */
  readonly closed: boolean;
  readonly working: readonly Span[];
  readonly timeOff: readonly Span[];
  /** Taken by another school: the time alone. */
  readonly busyElsewhere: readonly Span[];
  readonly free: readonly FreeTimeSpan[];
  /** How many begin on the date, and how many of them have a conflict. */
  readonly entries: number;
  readonly conflicts: number;
}

/** One teacher's or vehicle's days. */
export interface DiaryColumn extends Named, Use {
  readonly days: readonly DiaryDay[];
}

export interface ViewedItem extends DiaryItem {
  readonly conflicts: readonly ConflictKind[];
}

export interface ColumnSources {
  readonly column: Named;
  readonly days: readonly LocalDay[];
  /** What stands in this column. */
  readonly items: readonly ViewedItem[];
  readonly hours: readonly SlotSpan[];
  readonly timeOff: readonly SlotSpan[];
  readonly closed: readonly SlotSpan[];
  readonly busy: readonly BusyDay[];
  /** In quarter hours; null when no lesson is on offer. */
  readonly shortestLesson: number | null;
}

export function columnOf({ column, days, items, closed, ...times }: ColumnSources): DiaryColumn {
  const own = items.map((item) => slotsTouched(blockOf(item)));
  const sheets = days.map((day): DiaryDay => {
    const [start, end] = [day.at('00:00'), day.at('24:00')];
    const begun = items.filter(({ startsAt }) => startsAt >= start && startsAt < end);
    const window = slotsTouched(new TimeRange(start, end));
    const sheet = daySheet({ ...times, own, window });
    return {
      date: day.date,
      closed: closed.some(({ first }) => first === window.first),
      working: sheet.working.map(spanOf),
      timeOff: sheet.timeOff.map(spanOf),
      busyElsewhere: sheet.busyElsewhere.map(spanOf),
      free: sheet.free.map(freeSpanOf),
      entries: begun.length,
      conflicts: begun.filter(({ conflicts }) => conflicts.length > 0).length,
      ...useOf([sheet]),
    };
  });
  return { id: column.id, name: column.name, days: sheets, ...useOf(sheets) };
}

/** Several days or columns taken together. */
export function useOf(parts: readonly Omit<Use, 'utilisation'>[]): Use {
  const sum = (of: keyof Omit<Use, 'utilisation'>) => parts.reduce((total, part) => total + part[of], 0);
  const [workingMinutes, usedMinutes] = [sum('workingMinutes'), sum('usedMinutes')];
  return {
    workingMinutes,
    usedMinutes,
    claimedMinutes: sum('claimedMinutes'),
    utilisation: utilisation(usedMinutes, workingMinutes),
  };
}

/** The column in which an item stands, of teachers or of vehicles. */
export function standsIn(item: DiaryItem, columns: 'teachers' | 'vehicles'): Id[] {
  const its = columns === 'teachers' ? [item.teacher] : [item.vehicle, item.trailer];
  return its.flatMap((each) => (each ? [each.id] : []));
}

function spanOf({ first, end }: SlotSpan): Span {
  return { startsAt: startOfSlot(first), endsAt: startOfSlot(end) };
}

function freeSpanOf({ fitsLesson, ...span }: SlotSpan & { readonly fitsLesson: boolean }): FreeTimeSpan {
  const { startsAt, endsAt } = spanOf(span);
  return { startsAt, endsAt, minutes: new TimeRange(startsAt, endsAt).minutes, fitsLesson };
}
