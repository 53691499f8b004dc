import { ForeignOrigin, ScopeMissing } from '../../auth/auth-problems.js';
import type { Problem } from '../problem.js';
import { RequestTooSlow } from '../request-problems.js';

const known = new Map<string, Problem>();

/** Notes one problem of each code: whatever an operation documents has a page. */
export function noteProblem(problem: Problem): void {
  if (!known.has(problem.code)) known.set(problem.code, problem);
}

// What is answered where no documented operation is.
for (const problem of [new RequestTooSlow(), new ForeignOrigin(), new ScopeMissing('student.list')])
  noteProblem(problem);

export function problemOf(code: string): Problem | undefined {
  return known.get(code);
}

/** All of them by code. */
export function knownProblems(): readonly Problem[] {
  return [...known.values()].sort((one, other) => (one.code < other.code ? -1 : 1));
}
