import type { BookingState } from './booking-state.js';
import { BookingClosed } from './errors.js';

/** What may be done with a time that is held, or was. */
type HoldVerb = 'confirm' | 'expire' | 'release' | 'revive';

/** What may be done with a booking. */
export type BookingVerb = 'move' | 'cancel' | 'complete' | 'noShow' | HoldVerb;

const transitions: Record<BookingVerb, Partial<Record<BookingState, BookingState>>> = {
  move: { booked: 'booked' },
  cancel: { booked: 'cancelled' },
  complete: { booked: 'completed' },
  noShow: { booked: 'no_show' },
  confirm: { held: 'booked' },
  expire: { held: 'expired' },
  release: { held: 'cancelled' },
  revive: { expired: 'booked' },
};

/**
 * The state that follows.
 * @throws BookingClosed when the verb is not possible any more
 */
export function nextState(state: BookingState, verb: BookingVerb): BookingState {
  const next = transitions[verb][state];
  if (!next) throw new BookingClosed(state);
  return next;
}
