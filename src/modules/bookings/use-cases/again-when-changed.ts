import { OptimisticLockError } from '@mikro-orm/core';
import { ClaimsChanged } from '../domain/calendar/calendar-errors.js';
import { BookingChanged } from '../domain/errors.js';
import { againWhen } from './again-when.js';

/**
 * Does the work, and all of it again when somebody changed the same booking between our reading and writing it.
 * @throws BookingChanged when the booking does not come to rest
 */
export function againWhenChanged<T>(work: () => Promise<T>): Promise<T> {
  return againWhen([ClaimsChanged, OptimisticLockError], work, (cause) => new BookingChanged(cause));
}
