import { addDays, atLocal, type LocalDate, weekdayOf } from '../../../../platform/values/zone.js';
import { TimeRange } from '../../../../platform/values/time-range.js';
import type { PlanSession, WeeklyTime } from './course-plan-rules.js';

/** One session of a plan on its date. */
export interface DatedSession {
  /** From 1 on, in the order of the plan. */
  readonly number: number;
  readonly topic: string;
  readonly startsAt: Date;
  readonly endsAt: Date;
}

export interface SessionTimes {
  readonly startsOn: LocalDate;
  /** Empty: each session has a day of its own. */
  readonly weekly: readonly WeeklyTime[];
  readonly zone: string;
  /** Dates on which nothing is taught. */
  readonly isOff: (date: LocalDate) => boolean;
}

/** A course of sixty evenings, one a week, with a holiday every other, ends within this. */
const MOST_DAYS = 1_000;

/**
 * The plan's sessions as the school's clocks show them on each date, so that the nights in which clocks change move nothing. An
 * hour that does not exist is an hour later, of one that there is twice it is the first.
 * @returns null when the times never come round: sessions without a day and no weekly times, or every date off
 */
export function sessionDates(sessions: readonly PlanSession[], times: SessionTimes): DatedSession[] | null {
  const places = times.weekly.length > 0 ? weeklyPlaces(sessions.length, times) : ownPlaces(sessions, times);
  if (!places) return null;
  return sessions.map(({ topic, minutes }, index) => {
    const { date, time } = places[index]!;
    const range = TimeRange.ofMinutes(atLocal(date, time, times.zone), minutes);
    return { number: index + 1, topic, startsAt: range.start, endsAt: range.end };
  });
}

interface Place {
  readonly date: LocalDate;
  readonly time: string;
}

function weeklyPlaces(count: number, { startsOn, weekly, isOff }: SessionTimes): Place[] | null {
  const places: Place[] = [];
  const inOrder = weekly.toSorted((a, b) => (a.time < b.time ? -1 : 1));
  for (let day = 0, date = startsOn; places.length < count; day++, date = addDays(date, 1)) {
    if (day > MOST_DAYS) return null;
    if (isOff(date)) continue;
    const weekday = weekdayOf(date);
    places.push(...inOrder.filter((each) => each.weekday === weekday).map(({ time }) => ({ date, time })));
  }
  return places.slice(0, count);
}

/** A date on which nothing is taught puts its session off to the next one, and the following as far: their distance stays. */
function ownPlaces(sessions: readonly PlanSession[], { startsOn, isOff }: SessionTimes): Place[] | null {
  const places: Place[] = [];
  let late = 0;
  for (const { dayOffset, time } of sessions) {
    if (dayOffset === undefined || dayOffset === null || !time) return null;
    while (isOff(addDays(startsOn, dayOffset + late))) if (++late > MOST_DAYS) return null;
    places.push({ date: addDays(startsOn, dayOffset + late), time });
  }
  return places;
}
