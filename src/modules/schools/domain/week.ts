import type { Texts } from '../../../platform/http/problem.js';
import type { Stretch } from './day-hours.js';
import { InvalidWorkingHours } from './school-problems.js';
import type { WeeklyHours } from './working-hours.js';

const onQuarterHour = /^(?:[01]\d|2[0-3]):(?:00|15|30|45)$/;

const quarter: Texts = { en: 'must be on a quarter hour', da: 'skal være på et helt kvarter' };
const order: Texts = { en: 'must be after the start', da: 'skal være efter starten' };
const overlap: Texts = { en: 'overlaps other hours of that day', da: 'overlapper andre timer samme dag' };

/**
 * A week's hours stand on quarter hours, end after they start and do not overlap within a weekday.
 * @throws InvalidWorkingHours naming each wrong field, as `workingHours.1.starts`
 */
export function checkWeek(week: readonly WeeklyHours[]): void {
  check('workingHours', week, (a, b) => a.weekday === b.weekday && overlaps(a, b));
}

/**
 * So do the hours of a single date.
 * @throws InvalidWorkingHours naming each wrong field, as `hours.1.starts`
 */
export function checkDay(hours: readonly Stretch[]): void {
  check('hours', hours, overlaps);
}

function check<T extends Stretch>(list: string, all: readonly T[], clash: (a: T, b: T) => boolean): void {
  const problems = all.flatMap((hours, index) => {
    const wrong = wrongIn(hours);
    // The later row of a clashing pair is the one to blame.
    const clashing = all.slice(0, index).some((earlier) => clash(earlier, hours));
    const problem = wrong ?? (clashing ? { name: 'starts', message: overlap } : undefined);
    return problem ? [{ field: `${list}.${index}.${problem.name}`, message: problem.message }] : [];
  });
  if (problems.length > 0) throw new InvalidWorkingHours(problems);
}

function wrongIn({ starts, ends }: Stretch): { name: keyof Stretch; message: Texts } | undefined {
  if (!onQuarterHour.test(starts)) return { name: 'starts', message: quarter };
  if (!onQuarterHour.test(ends) && ends !== '24:00') return { name: 'ends', message: quarter };
  // 'HH:MM' compares as text.
  return ends <= starts ? { name: 'ends', message: order } : undefined;
}

function overlaps(a: Stretch, b: Stretch): boolean {
  return a.starts < b.ends && b.starts < a.ends;
}
