import { isPublicHoliday, publicHolidays, type PublicHoliday } from '../modules/schools/index.js';
import { addDays, weekdayOf, type LocalDate } from '../platform/values/zone.js';

// The diary's lessons and a teacher's holiday end before.
const afterDiaryDays = 31;

/** The next Monday that is not today. */
export function comingMonday(today: LocalDate): LocalDate {
  return addDays(today, 8 - weekdayOf(today));
}

/** From that date on. */
export function firstWorkday(from: LocalDate): LocalDate {
  return weekdayOf(from) > 5 || isPublicHoliday(from) ? firstWorkday(addDays(from, 1)) : from;
}

/** The first one after the diary's weeks; no Monday, for on one of those lie the documentation's example times. */
export function nextHoliday(today: LocalDate): PublicHoliday {
  const year = Number(today.slice(0, 4));
  const isLater = ({ date }: PublicHoliday) => date > addDays(today, afterDiaryDays) && weekdayOf(date) !== 1;
  return [...publicHolidays(year), ...publicHolidays(year + 1)].find(isLater)!;
}
