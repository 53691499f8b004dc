import type { Id } from '../../../platform/values/id.js';
import type { HeldTime, HeldTimes } from '../domain/calendar/claim-holder.js';
import type { PagePosition } from './page-position.js';

export const HELD_PORTION = 500;

/**
 * What holds time from the instant on, portion by portion.
 * @param read up to HELD_PORTION rows by their start and id: those that start at the instant or later, after the id if there is one
 */
export async function* heldInPortions<Row extends PagePosition>(
  from: Date,
  read: (startsAt: Date, after: Id | undefined) => Promise<readonly Row[]>,
  heldBy: (row: Row) => HeldTime,
): HeldTimes {
  let last: Row | undefined;
  do {
    const portion = await read(last?.startsAt ?? from, last?.id);
    if (portion.length > 0) yield portion.map(heldBy);
    last = portion.length === HELD_PORTION ? portion.at(-1) : undefined;
  } while (last);
}
