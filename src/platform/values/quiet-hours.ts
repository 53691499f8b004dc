import { addDays, atLocal, localDate, type LocalTime } from './zone.js';

/** The hours of each day in which nobody wants to be woken: from, until, as clocks show them. The same time twice: none. */
export interface QuietHours {
  readonly from: LocalTime;
  readonly until: LocalTime;
}

/**
 * When the quiet hours that hold at that instant in that zone are over; null outside them. Where a spring night leaves out the
 * only waking time between two of them (from 03:00 until 02:15), that is a night later.
 */
export function quietUntil(at: Date, { from, until }: QuietHours, zone: string): Date | null {
  if (from === until) return null;
  const today = localDate(at, zone);
  let over: Date | null = null;
  for (const day of [addDays(today, -1), today, addDays(today, 1)]) {
    const begins = atLocal(day, from, zone);
    const ends = atLocal(from < until ? day : addDays(day, 1), until, zone);
    const asleep = over ?? at;
    if (begins <= asleep && asleep < ends) over = ends;
  }
  return over;
}
