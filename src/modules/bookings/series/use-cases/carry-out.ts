import { SlotBusy } from '../../domain/calendar/calendar-errors.js';
import { BookingChanged } from '../../domain/errors.js';
import { TooManyLessons } from '../../domain/rule-errors.js';
import { againWhen } from '../../use-cases/again-when.js';
import { PlaceGone } from '../../use-cases/place-rules.js';
import type { ConflictMode, Refused } from '../domain/lessons-plan.js';
import { refusedLesson, SomeLessonsRefused } from '../domain/series-problems.js';

interface Plan {
  readonly placed: readonly unknown[];
  readonly refused: readonly Refused[];
}

// Each round lost means that somebody else took one of the times that we had found.
const MAX_ROUNDS = 30;

// What refuses a lesson in its transaction, and shows in the next plan.
const overtaken = [SlotBusy, PlaceGone, TooManyLessons];

/**
 * Plans several lessons and does the work, in a transaction of its own: with all of them, or with those that are possible. Plans
 * again while somebody faster takes what was planned.
 * @throws SomeLessonsRefused when one is refused and none may be left out, or none is possible
 */
export function carryOut<P extends Plan, T>(
  plan: () => Promise<P>,
  onConflict: ConflictMode,
  work: (plan: P) => Promise<T>,
): Promise<T> {
  const attempt = async () => {
    const planned = await plan();
    checkPossible(planned, onConflict);
    return work(planned);
  };
  return againWhen(overtaken, attempt, (cause) => new BookingChanged(cause), MAX_ROUNDS);
}

/** @throws SomeLessonsRefused */
export function checkPossible({ placed, refused }: Plan, onConflict: ConflictMode): void {
  const isPossible = placed.length > 0 && (onConflict === 'skip' || refused.length === 0);
  if (!isPossible) throw new SomeLessonsRefused(refused.map(refusedLesson));
}
