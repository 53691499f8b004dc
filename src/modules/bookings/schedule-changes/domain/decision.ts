import type { Id } from '../../../../platform/values/id.js';
import { DecidedTwice } from './errors.js';

export const decisionKinds = ['keep', 'move', 'cancel'] as const;

/** What is to become of a lesson that a change leaves outside: it stands, goes to another time, or the school cancels it for free. */
export interface Decision {
  readonly bookingId: Id;
  readonly decision: (typeof decisionKinds)[number];
  /** Where it is moved to. */
  readonly startsAt?: Date;
  readonly teacherId?: Id;
  readonly vehicleId?: Id;
  /** For student and teacher, of a lesson that is cancelled. */
  readonly reason?: string;
}

/** A decision and its place in the list, by which a refusal names it. */
export interface ListedDecision extends Decision {
  readonly index: number;
}

/** @throws DecidedTwice */
export function listed(decisions: readonly Decision[]): ListedDecision[] {
  const seen = new Set<Id>();
  return decisions.map((decision, index) => {
    if (seen.has(decision.bookingId)) throw new DecidedTwice(index);
    seen.add(decision.bookingId);
    return { ...decision, index };
  });
}
