import type { Id } from '../../../../platform/values/id.js';
import { localDate, localTime, minutesOf } from '../../../../platform/values/zone.js';

/** A time at which a cancelled lesson could be given. */
export interface PossibleTime {
  readonly startsAt: Date;
  readonly teacherId: Id;
}

/** The lesson that must be given another time, and what others of the same day have been offered already. */
export interface Cancelled {
  readonly startsAt: Date;
  readonly teacherId: Id;
  readonly zone: string;
  /** Keys of `keyOf`, so that not everybody is offered the same hour. */
  readonly offered: ReadonlySet<string>;
}

export function keyOf({ startsAt, teacherId }: PossibleTime): string {
  return `${startsAt.getTime()}:${teacherId}`;
}

/**
 * The times to offer: of so many days, soonest first, the one of each day nearest to the cancelled lesson's time of day. One's own
 * teacher goes before others, a time that nobody else was offered before one that somebody was.
 */
export function rebookingChoices<Time extends PossibleTime>(
  free: readonly Time[],
  cancelled: Cancelled,
  most: number,
): Time[] {
  const chosen: Time[] = [];
  const groups = [
    free.filter((time) => time.teacherId === cancelled.teacherId && !cancelled.offered.has(keyOf(time))),
    free.filter((time) => !cancelled.offered.has(keyOf(time))),
    free,
  ];
  for (const group of groups) addDayByDay(chosen, group, cancelled, most);
  return chosen.sort((a, b) => a.startsAt.getTime() - b.startsAt.getTime());
}

function addDayByDay<Time extends PossibleTime>(
  chosen: Time[],
  group: readonly Time[],
  { startsAt, zone }: Cancelled,
  most: number,
): void {
  const dateOf = (time: Time) => localDate(time.startsAt, zone);
  const taken = new Set(chosen.map(dateOf));
  const wanted = minutesOf(localTime(startsAt, zone));
  const distance = (time: Time) => Math.abs(minutesOf(localTime(time.startsAt, zone)) - wanted);
  const byDate = [...Map.groupBy(group, dateOf)].sort(([a], [b]) => (a < b ? -1 : 1));
  for (const [date, times] of byDate) {
    if (chosen.length >= most) return;
    if (taken.has(date)) continue;
    chosen.push(times.reduce((best, time) => (distance(time) < distance(best) ? time : best)));
  }
}
