import type { SlotSpan } from './calendar/slots.js';
import { intersection } from './calendar/slots.js';

/** When somebody may book, whoever is free then. */
export interface BookableTimes {
  /** The starts that notice, horizon and opening leave; half-open, empty when he may not book at all. */
  readonly starts: SlotSpan;
  /** Days and weeks that are full for him, in order. */
  readonly full: readonly SlotSpan[];
}

/** Whether a lesson may start in that quarter hour. */
export function isBookable({ starts, full }: BookableTimes, slot: number): boolean {
  return slot >= starts.first && slot < starts.end && !full.some(({ first, end }) => slot >= first && slot < end);
}

/** What is left of a window. */
export function bookablePart({ starts }: BookableTimes, window: SlotSpan): SlotSpan {
  return intersection(starts, window);
}
