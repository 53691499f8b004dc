import { HALF, maskOf, type BusyDay, type DayMask } from '../domain/calendar/busy-mask.js';
import { dayOf, SLOTS_PER_DAY, type SlotSpan } from '../domain/calendar/slots.js';

/** The span cut at the UTC midnights, as one mask for each day it touches, in order. */
export function busyDays(span: SlotSpan): BusyDay[] {
  const days: BusyDay[] = [];
  for (let day = dayOf(span.first); day * SLOTS_PER_DAY < span.end; day++) {
    const midnight = day * SLOTS_PER_DAY;
    const first = Math.max(span.first - midnight, 0);
    const end = Math.min(span.end - midnight, SLOTS_PER_DAY);
    if (first < end) days.push({ day, ...maskOf(first, end) });
  }
  return days;
}

export function isBusy(mask: DayMask, slotOfDay: number): boolean {
  const half = slotOfDay < HALF ? mask.lo : mask.hi;
  return Math.floor(half / 2 ** (slotOfDay % HALF)) % 2 === 1;
}
