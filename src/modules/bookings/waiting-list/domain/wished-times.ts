import type { TimeRange } from '../../../../platform/values/time-range.js';
import { addDays, localDate, localTime, weekdayOf } from '../../../../platform/values/zone.js';
import type { WishedTimes } from './waiting-list-entry.js';

const MINUTE = 60_000;

/** Whether a lesson at that time is what somebody waits for who would be told of it now; dates and times are those of the zone. */
export function isWished(wished: WishedTimes, lesson: TimeRange, now: Date, zone: string): boolean {
  const date = localDate(lesson.start, zone);
  return (
    lesson.start.getTime() - now.getTime() >= wished.noticeMinutes * MINUTE &&
    wished.fromDate <= date &&
    date <= wished.untilDate &&
    wished.weekdays.includes(weekdayOf(date)) &&
    wished.earliest <= localTime(lesson.start, zone) &&
    endsBy(wished.latest, lesson, date, zone)
  );
}

// A lesson that ends at midnight ends at 24:00 of its own date.
function endsBy(latest: string, { end }: TimeRange, date: string, zone: string): boolean {
  const [endDate, endTime] = [localDate(end, zone), localTime(end, zone)];
  if (endDate === date) return endTime <= latest;
  return endDate === addDays(date, 1) && endTime === '00:00' && latest === '24:00';
}
