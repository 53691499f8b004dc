import { dayOf, slotAt } from './slots.js';

const KEPT_DAYS = 60;

/** The first UTC day, counted since the epoch, whose claims and masks are kept. */
export function keptFrom(now: Date): number {
  return dayOf(slotAt(now)) - KEPT_DAYS;
}
