import type { TimeRange } from '../../../../platform/values/time-range.js';

/** Length of the calendar's grid in minutes. */
export const SLOT_MINUTES = 15;
export const SLOTS_PER_DAY = (24 * 60) / SLOT_MINUTES;
const SLOT_MS = SLOT_MINUTES * 60_000;

/** Consecutive quarter hours, numbered since the epoch in UTC; half-open. */
export interface SlotSpan {
  readonly first: number;
  readonly end: number;
}

/** The number of the quarter hour that contains the instant. */
export function slotAt(instant: Date): number {
  return Math.floor(instant.getTime() / SLOT_MS);
}

/** The first quarter hour that starts at the instant or after it. */
export function slotFrom(instant: Date): number {
  return Math.ceil(instant.getTime() / SLOT_MS);
}

export function startOfSlot(slot: number): Date {
  return new Date(slot * SLOT_MS);
}

/** Days since the epoch in UTC. */
export function dayOf(slot: number): number {
  return Math.floor(slot / SLOTS_PER_DAY);
}

export function isOnGrid(instant: Date): boolean {
  return instant.getTime() % SLOT_MS === 0;
}

/** Every quarter hour that the range touches: what taking this time costs a resource. */
export function slotsTouched(range: TimeRange): SlotSpan {
  return { first: slotAt(range.start), end: slotFrom(range.end) };
}

/** The quarter hours that lie wholly inside the range: what somebody at work for this time can give. */
export function slotsInside(range: TimeRange): SlotSpan {
  const first = slotFrom(range.start);
  return { first, end: Math.max(first, slotAt(range.end)) };
}

/** How many quarter hours a duration takes, rounded up. */
export function slotsFor(minutes: number): number {
  return Math.ceil(minutes / SLOT_MINUTES);
}

export function intersection(a: SlotSpan, b: SlotSpan): SlotSpan {
  const first = Math.max(a.first, b.first);
  return { first, end: Math.max(first, Math.min(a.end, b.end)) };
}
