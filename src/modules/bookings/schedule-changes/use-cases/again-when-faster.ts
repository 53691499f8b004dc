import { SlotBusy } from '../../domain/calendar/calendar-errors.js';
import { BookingChanged } from '../../domain/errors.js';
import { againWhen } from '../../use-cases/again-when.js';
import { againWhenChanged } from '../../use-cases/again-when-changed.js';
import { PlaceGone } from '../../use-cases/place-rules.js';

/**
 * Does the work, and all of it again when somebody took a time between our finding it free and claiming it: then it sees
 * that it is taken, and says so.
 * @throws BookingChanged when the diary does not come to rest
 */
export function againWhenFaster<T>(work: () => Promise<T>): Promise<T> {
  return againWhen(
    [SlotBusy, PlaceGone],
    () => againWhenChanged(work),
    (cause) => new BookingChanged(cause),
  );
}
