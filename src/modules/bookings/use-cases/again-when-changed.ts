import { OptimisticLockError } from '@mikro-orm/core';
import { ClaimsChanged } from '../domain/calendar/calendar-errors.js';
import { BookingChanged } from '../domain/errors.js';

const MAX_ATTEMPTS = 4;

/**
 * Does the work, and all of it again when somebody changed the same booking between our reading and writing it: then it
 * sees the change, and mostly refuses for a better reason.
 * @throws BookingChanged when the booking does not come to rest
 */
export async function againWhenChanged<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof ClaimsChanged) && !(error instanceof OptimisticLockError)) throw error;
      if (attempt === MAX_ATTEMPTS) throw new BookingChanged(error);
    }
  }
}
