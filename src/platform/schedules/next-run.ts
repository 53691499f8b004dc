import { addDays, atLocal, localDate } from '../values/zone.js';
import type { Daily, Every } from './schedule.js';

const zone = 'Europe/Copenhagen';

/** The first run after `now`. */
export function nextRun(when: Every | Daily, now: Date): Date {
  if ('every' in when) {
    const { seconds = 0, minutes = 0, hours = 0 } = when.every;
    return new Date(now.getTime() + (seconds + 60 * minutes + 3_600 * hours) * 1_000);
  }
  const today = localDate(now, zone);
  const run = atLocal(today, when.daily, zone);
  return run > now ? run : atLocal(addDays(today, 1), when.daily, zone);
}
