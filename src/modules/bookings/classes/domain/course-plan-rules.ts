import type { FieldProblem, Texts } from '../../../../platform/http/problem.js';
import type { LocalTime } from '../../../../platform/values/zone.js';
import type { LicenceClass } from '../../../schools/index.js';
import { InvalidCoursePlan } from './course-problems.js';

/** One evening of the plan. With `dayOffset` and `time` it has a day of its own; without, it is the weekly times' turn. */
export interface PlanSession {
  /** Sessions of the same topic stand in for each other when one is caught up. */
  readonly topic: string;
  readonly minutes: number;
  /** Days after the course's first date. */
  readonly dayOffset?: number | null;
  readonly time?: LocalTime | null;
}

/** A time of every such weekday, by the school's clocks. */
export interface WeeklyTime {
  /** 1 is Monday. */
  readonly weekday: number;
  readonly time: LocalTime;
}

export interface CoursePlanDetails {
  readonly name: string;
  readonly licenceClass: LicenceClass;
  readonly sessions: readonly PlanSession[];
  /** When its courses are taught, unless a course says otherwise. */
  readonly weekly: readonly WeeklyTime[];
  /** How many students a course takes, unless it says otherwise. */
  readonly capacity: number;
  /** For the whole course, VAT included. */
  readonly price: { readonly amount: number; readonly currency: string };
  readonly vatRateBp: number;
}

const quarter: Texts = { en: 'must be on a quarter hour', da: 'skal være på et helt kvarter' };
const quarters: Texts = { en: 'must be a multiple of 15', da: 'skal være et multiplum af 15' };
const both: Texts = {
  en: 'dayOffset and time are given together or not at all',
  da: 'dayOffset og time angives sammen eller slet ikke',
};
const order: Texts = { en: 'must not be before the session above', da: 'må ikke ligge før gangen ovenfor' };
const negative: Texts = { en: 'must not be negative', da: 'må ikke være negativ' };
const twice: Texts = { en: 'is there already: remove one of them', da: 'findes allerede: fjern den ene' };

/** @throws InvalidCoursePlan naming every wrong field of those given */
export function checkCoursePlan(details: Partial<CoursePlanDetails>, currency: string): void {
  const problems = [
    ...(details.sessions ?? []).flatMap(sessionProblems),
    ...weeklyProblems(details.weekly ?? []),
    ...priceProblems(details.price, currency),
  ];
  if (problems.length > 0) throw new InvalidCoursePlan(problems);
}

/** Of a course's own price too. */
export function priceProblems(price: CoursePlanDetails['price'] | undefined, currency: string): FieldProblem[] {
  if (!price) return [];
  if (price.amount < 0) return [{ field: 'price.amount', message: negative }];
  const message = { en: `must be ${currency}`, da: `skal være ${currency}` };
  return price.currency === currency ? [] : [{ field: 'price.currency', message }];
}

/** Of a course's own times too. */
export function weeklyProblems(weekly: readonly WeeklyTime[]): FieldProblem[] {
  return weekly.flatMap(({ weekday, time }, index) => {
    if (!isQuarter(time)) return [{ field: `weekly.${index}.time`, message: quarter }];
    const known = weekly.slice(0, index).some((other) => other.weekday === weekday && other.time === time);
    return known ? [{ field: `weekly.${index}`, message: twice }] : [];
  });
}

function sessionProblems(session: PlanSession, index: number, all: readonly PlanSession[]): FieldProblem[] {
  const { minutes, dayOffset = null, time = null } = session;
  const at = (name: keyof PlanSession, message: Texts) => [{ field: `sessions.${index}.${name}`, message }];
  if (minutes % 15 !== 0) return at('minutes', quarters);
  if ((dayOffset === null) !== (time === null)) return at(time === null ? 'time' : 'dayOffset', both);
  if (time === null) return [];
  if (!isQuarter(time)) return at('time', quarter);
  const earlier = all[index - 1];
  return earlier && isBefore(session, earlier) ? at('dayOffset', order) : [];
}

function isBefore(a: PlanSession, b: PlanSession): boolean {
  const [days, daysBefore] = [a.dayOffset ?? 0, b.dayOffset ?? 0];
  return days < daysBefore || (days === daysBefore && (a.time ?? '') <= (b.time ?? ''));
}

function isQuarter(time: LocalTime): boolean {
  return Number(time.slice(3, 5)) % 15 === 0;
}
