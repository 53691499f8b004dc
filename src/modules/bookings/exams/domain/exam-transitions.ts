import { ExamClosed } from './exam-problems.js';
import { examResults, type ExamState } from './exam-state.js';

export type ExamVerb = 'move' | 'cancel' | 'report';

const mayBe: Record<ExamVerb, readonly ExamState[]> = {
  move: ['planned'],
  cancel: ['planned'],
  // A result that was written down wrongly is written down again.
  report: ['planned', ...examResults],
};

/** @throws ExamClosed when that is not possible any more */
export function checkVerb(state: ExamState, verb: ExamVerb): void {
  if (!mayBe[verb].includes(state)) throw new ExamClosed(state);
}
