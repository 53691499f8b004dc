import { CourseClosed } from './course-problems.js';
import type { CourseState } from './course-state.js';

/** What may be done with a course. */
export type CourseVerb = 'open' | 'close' | 'complete' | 'cancel' | 'change' | 'enrol';

const transitions: Record<CourseVerb, Partial<Record<CourseState, CourseState>>> = {
  open: { draft: 'open', closed: 'open' },
  close: { open: 'closed' },
  complete: { open: 'completed', closed: 'completed' },
  cancel: { draft: 'cancelled', open: 'cancelled', closed: 'cancelled' },
  change: { draft: 'draft', open: 'open', closed: 'closed' },
  enrol: { open: 'open' },
};

/** @throws CourseClosed when the verb is not possible in this state */
export function nextCourseState(state: CourseState, verb: CourseVerb): CourseState {
  const next = transitions[verb][state];
  if (!next) throw new CourseClosed(state);
  return next;
}
