import type { FieldProblem, Texts } from '../../../platform/http/problem.js';
import type { Id } from '../../../platform/values/id.js';
import { InvalidTravelTimes } from './school-problems.js';

/** The way to a location. */
export interface TravelTime {
  readonly locationId: Id;
  /** 1 to 480. */
  readonly minutes: number;
}

const itself: Texts = { en: 'must be another location', da: 'skal være et andet sted' };
const twice: Texts = { en: 'stands there already', da: 'står der allerede' };

/** The two ends of a way as it is stored, the smaller id first: it is as long there as back. */
export function pairOf(a: Id, b: Id): readonly [Id, Id] {
  return a < b ? [a, b] : [b, a];
}

/** @throws InvalidTravelTimes naming each way that leads nowhere else, or where another does */
export function checkTravelTimes(from: Id, travelTimes: readonly TravelTime[]): void {
  const known = new Set<Id>();
  const problems: FieldProblem[] = [];
  for (const [i, { locationId }] of travelTimes.entries()) {
    const message = locationId === from ? itself : known.has(locationId) ? twice : null;
    if (message) problems.push({ field: `travelTimes.${i}.locationId`, message });
    known.add(locationId);
  }
  if (problems.length > 0) throw new InvalidTravelTimes(problems);
}
