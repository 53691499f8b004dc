import { TimeRange } from '../../../../platform/values/time-range.js';
import {
  addDays,
  atLocal,
  minutesOf,
  weekdayOf,
  type LocalDate,
  type LocalTime,
} from '../../../../platform/values/zone.js';
import { slotsInside, type SlotSpan } from './slots.js';

/** Hours of every such weekday, in the school's own time. */
export interface WeeklyRule {
  /** 1 is Monday. */
  readonly weekday: number;
  readonly starts: LocalTime;
  readonly ends: LocalTime;
  readonly validFrom: LocalDate;
  /** The first date on which the rule no longer counts. */
  readonly validUntil: LocalDate | null;
}

/** One date of a zone. */
export interface LocalDay {
  readonly date: LocalDate;
  /** The date after it. */
  readonly next: LocalDate;
  readonly weekday: number;
  /** The instant at which its clocks show this time. */
  at(time: LocalTime): Date;
}

const DAY = 86_400_000;

/** The dates from `from` until `until`, the last one not included. */
export function localDays(from: LocalDate, until: LocalDate, zone: string): LocalDay[] {
  const days: LocalDay[] = [];
  for (let date = from; date < until; date = days.at(-1)!.next) days.push(localDay(date, zone));
  return days;
}

// Asking a zone's rules costs a tenth of a millisecond, and the answer never changes.
const known = new Map<string, LocalDay>();
const MOST_KNOWN = 20_000;

function localDay(date: LocalDate, zone: string): LocalDay {
  const key = `${zone} ${date}`;
  const day = known.get(key) ?? dayOfZone(date, zone);
  if (known.size >= MOST_KNOWN) known.clear();
  known.set(key, day);
  return day;
}

/** A day of 24 hours needs no asking beyond its midnights. */
function dayOfZone(date: LocalDate, zone: string): LocalDay {
  const next = addDays(date, 1);
  const start = atLocal(date, '00:00', zone).getTime();
  const regular = atLocal(next, '00:00', zone).getTime() - start === DAY;
  return {
    date,
    next,
    weekday: weekdayOf(date),
    at: (time) => (regular ? new Date(start + minutesOf(time) * 60_000) : atLocal(date, time, zone)),
  };
}

/** What makes single dates different from other such weekdays. */
export interface SpecialDates {
  readonly closed: ReadonlySet<LocalDate>;
  /** Hours instead of the weekday's. A closed date has none all the same. */
  readonly hours: ReadonlyMap<LocalDate, readonly Pick<WeeklyRule, 'starts' | 'ends'>[]>;
}

const noSpecialDates: SpecialDates = { closed: new Set(), hours: new Map() };

/** The hours of each date, its own or those of the rules that count: decided by its clocks, so the nights in which they change move nothing. */
export function workingSpans(
  rules: readonly WeeklyRule[],
  days: readonly LocalDay[],
  special: SpecialDates = noSpecialDates,
): SlotSpan[] {
  const spans: SlotSpan[] = [];
  for (const day of days) {
    if (special.closed.has(day.date)) continue;
    for (const { starts, ends } of special.hours.get(day.date) ?? rules.filter((rule) => countsOn(rule, day))) {
      const [start, end] = [day.at(starts), day.at(ends)];
      // In the spring night a rule may lie in the hour that does not exist.
      if (start < end) spans.push(slotsInside(new TimeRange(start, end)));
    }
  }
  return spans;
}

function countsOn(rule: WeeklyRule, { date, weekday }: LocalDay): boolean {
  return rule.weekday === weekday && rule.validFrom <= date && (rule.validUntil === null || date < rule.validUntil);
}
