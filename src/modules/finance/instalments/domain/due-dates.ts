import { addDays, addMonths, type LocalDate } from '../../../../platform/values/zone.js';

export const mostInstalments = 24;
const yearsAhead = 5;

export interface Rhythm {
  /** At least 2. */
  readonly count: number;
  readonly firstDueOn: LocalDate;
  /** Months when absent: the same day of each, or the last of one that is too short. */
  readonly everyWeeks?: number | undefined;
}

/** The days on which equal instalments are due, each counted from the first. */
export function dueDates({ count, firstDueOn, everyWeeks }: Rhythm): LocalDate[] {
  return Array.from({ length: count }, (_, index) =>
    everyWeeks ? addDays(firstDueOn, index * everyWeeks * 7) : addMonths(firstDueOn, index),
  );
}

/** Today or later, and not for ever. */
export function isWithinReach(dueOn: LocalDate, today: LocalDate): boolean {
  return dueOn >= today && dueOn <= addMonths(today, 12 * yearsAhead);
}

/** Each within reach, and later than the one before. */
export function areInOrder(dates: readonly LocalDate[], today: LocalDate): boolean {
  return dates.every((date, index) => isWithinReach(date, today) && (index === 0 || date > dates[index - 1]!));
}

/** So many days after the due date a saved card is tried. */
const tries = [0, 2, 5] as const;

/** The day of the next try, later than today; null when there have been enough. */
export function nextTry(dueOn: LocalDate, tried: number, today: LocalDate): LocalDate | null {
  const days = tries[tried];
  if (days === undefined) return null;
  const day = addDays(dueOn, days);
  const tomorrow = addDays(today, 1);
  return day > today ? day : tomorrow;
}
