import { ClaimsChanged, SlotBusy } from '../../domain/calendar/calendar-errors.js';
import { againWhen } from '../../use-cases/again-when.js';
import { CourseChanged } from '../domain/course-problems.js';

/**
 * Does the work, and all of it again when somebody else claimed or released a time between our reading and writing it.
 * @throws CourseChanged when the calendar does not come to rest
 */
export function againWhenTaken<T>(work: () => Promise<T>): Promise<T> {
  return againWhen([SlotBusy, ClaimsChanged], work, (cause) => new CourseChanged(cause));
}
