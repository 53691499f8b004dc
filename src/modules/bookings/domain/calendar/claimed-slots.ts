import type { TimeRange } from '../../../../platform/values/time-range.js';
import { FREE_DAY, maskOf, union, type DayMask } from './busy-mask.js';
import { SLOTS_PER_DAY, dayOf, slotsTouched } from './slots.js';

export interface ResourceClaim {
  readonly resourceId: number;
  /** Setup and buffer included. Every quarter hour that it touches is claimed. */
  readonly range: TimeRange;
}

/** One quarter hour of one resource. */
export interface ClaimedSlot {
  readonly resourceId: number;
  readonly slot: number;
}

export interface ResourceMask extends DayMask {
  readonly resourceId: number;
  readonly day: number;
}

/** The order of the claims' key; everybody locks in it, so that two bookings wait for each other instead of deadlocking. */
export function bySlot(a: ClaimedSlot, b: ClaimedSlot): number {
  return a.resourceId - b.resourceId || a.slot - b.slot;
}

export function sameSlot(a: ClaimedSlot, b: ClaimedSlot): boolean {
  return bySlot(a, b) === 0;
}

/** Every quarter hour that the ranges touch, in the order of the key. */
export function slotsClaimed(claims: readonly ResourceClaim[]): ClaimedSlot[] {
  const slots = claims.flatMap(({ resourceId, range }) => {
    const { first, end } = slotsTouched(range);
    return Array.from({ length: end - first }, (_, i) => ({ resourceId, slot: first + i }));
  });
  return slots.sort(bySlot);
}

/** The masks of the quarter hours, one for each resource and day, in the order of their key. */
export function masksOf(slots: readonly ClaimedSlot[]): ResourceMask[] {
  const masks = new Map<string, ResourceMask>();
  for (const { resourceId, slot } of slots) {
    const day = dayOf(slot);
    const key = `${resourceId}:${day}`;
    const ofDay = slot - day * SLOTS_PER_DAY;
    masks.set(key, { resourceId, day, ...union(masks.get(key) ?? FREE_DAY, maskOf(ofDay, ofDay + 1)) });
  }
  return [...masks.values()];
}
