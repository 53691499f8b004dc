import { addDays, atLocal, localDate } from '../../../platform/values/zone.js';
import type { SyncPace } from './connection.js';

const hourMs = 3_600_000;
/** When the day is over everywhere that posts to it. */
const atNight = '02:15';

/** When a school's books have their next turn by themselves: in an hour, or at night where the school is. */
export function nextTurn(pace: SyncPace, now: Date, zone: string): Date {
  if (pace === 'hourly') return new Date(now.getTime() + hourMs);
  const today = localDate(now, zone);
  const tonight = atLocal(today, atNight, zone);
  return tonight > now ? tonight : atLocal(addDays(today, 1), atNight, zone);
}
