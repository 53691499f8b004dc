import type { Problem } from '../../../../platform/http/problem.js';
import type { Id } from '../../../../platform/values/id.js';

/** What is to become of a lesson that nothing refuses, and who and what takes part in it. */
export interface Placed<Wish, Place> {
  readonly wish: Wish;
  readonly place: Place;
}

/** A lesson that is not possible as things stand, and what it alone would be told. */
export interface Refused {
  /** The booking, when it is one that was to change. */
  readonly bookingId: Id | null;
  readonly startsAt: Date;
  readonly problem: Problem;
}

/** What to do when some of several lessons are not possible: nothing at all, or the others without them. */
export const conflictModes = ['refuse', 'skip'] as const;
export type ConflictMode = (typeof conflictModes)[number];
