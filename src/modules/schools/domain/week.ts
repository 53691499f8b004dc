import type { FieldProblem, Texts } from '../../../platform/http/problem.js';
import { InvalidWorkingHours } from './school-problems.js';
import type { WeeklyHours } from './working-hours.js';

const onQuarterHour = /^(?:[01]\d|2[0-3]):(?:00|15|30|45)$/;

const quarter: Texts = { en: 'must be on a quarter hour', da: 'skal være på et helt kvarter' };
const order: Texts = { en: 'must be after the start', da: 'skal være efter starten' };
const overlap: Texts = { en: 'overlaps other hours of that weekday', da: 'overlapper andre timer samme ugedag' };

/**
 * A week's hours stand on quarter hours, end after they start and do not overlap within a weekday.
 * @throws InvalidWorkingHours naming each wrong field, as `workingHours.1.starts`
 */
export function checkWeek(week: readonly WeeklyHours[]): void {
  const problems = week.flatMap((hours, index) => problemsOf(hours, index, week));
  if (problems.length > 0) throw new InvalidWorkingHours(problems);
}

function problemsOf(hours: WeeklyHours, index: number, week: readonly WeeklyHours[]): FieldProblem[] {
  const at = (name: keyof WeeklyHours, message: Texts) => [{ field: `workingHours.${index}.${name}`, message }];
  if (!onQuarterHour.test(hours.starts)) return at('starts', quarter);
  if (!onQuarterHour.test(hours.ends) && hours.ends !== '24:00') return at('ends', quarter);
  if (hours.ends <= hours.starts) return at('ends', order);
  // The later row of a clashing pair is the one to blame; 'HH:MM' compares as text.
  return week.slice(0, index).some((earlier) => overlaps(earlier, hours)) ? at('starts', overlap) : [];
}

function overlaps(a: WeeklyHours, b: WeeklyHours): boolean {
  return a.weekday === b.weekday && a.starts < b.ends && b.starts < a.ends;
}
