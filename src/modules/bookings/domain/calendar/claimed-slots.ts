import type { Id } from '../../../../platform/values/id.js';
import type { TimeRange } from '../../../../platform/values/time-range.js';
import { FREE_DAY, maskOf, union, type DayMask } from './busy-mask.js';
import { SLOTS_PER_DAY, dayOf, slotsTouched } from './slots.js';

export interface ResourceClaim {
  readonly resourceId: number;
  /** Setup and buffer included. Every quarter hour that it touches is claimed. */
  readonly range: TimeRange;
  /** Which place of a resource that has several; 0 when left out. */
  readonly place?: number;
  /** Where whoever travels is meanwhile; left out or null when nobody's way is counted. */
  readonly locationId?: Id | null;
}

/** One quarter hour of one place of one resource. */
export interface ClaimedSlot {
  readonly resourceId: number;
  readonly slot: number;
  readonly place: number;
}

export interface ResourceMask extends DayMask {
  readonly resourceId: number;
  readonly day: number;
  readonly place: number;
}

/** A stretch of time that a teacher, vehicle or trailer spends at a location. */
export interface Stay {
  readonly resourceId: number;
  readonly locationId: Id;
  readonly first: number;
  readonly end: number;
}

/** The order of the claims' key; everybody locks in it, so that two bookings wait for each other instead of deadlocking. */
export function bySlot(a: ClaimedSlot, b: ClaimedSlot): number {
  return a.resourceId - b.resourceId || a.slot - b.slot || a.place - b.place;
}

export function sameSlot(a: ClaimedSlot, b: ClaimedSlot): boolean {
  return bySlot(a, b) === 0;
}

/** Every quarter hour that the ranges touch, in the order of the key. */
export function slotsClaimed(claims: readonly ResourceClaim[]): ClaimedSlot[] {
  const slots = claims.flatMap(({ resourceId, range, place = 0 }) => {
    const { first, end } = slotsTouched(range);
    return Array.from({ length: end - first }, (_, i) => ({ resourceId, slot: first + i, place }));
  });
  return slots.sort(bySlot);
}

/** The stays that the claims tell of. */
export function staysOf(claims: readonly ResourceClaim[]): Stay[] {
  return claims.flatMap(({ resourceId, range, locationId }) =>
    locationId ? [{ resourceId, locationId, ...slotsTouched(range) }] : [],
  );
}

/** The masks of the quarter hours, one for each place and day, in the order of their key. */
export function masksOf(slots: readonly ClaimedSlot[]): ResourceMask[] {
  const masks = new Map<string, ResourceMask>();
  for (const { resourceId, slot, place } of slots) {
    const day = dayOf(slot);
    const key = maskKey({ resourceId, day, place });
    const ofDay = slot - day * SLOTS_PER_DAY;
    masks.set(key, { resourceId, day, place, ...union(masks.get(key) ?? FREE_DAY, maskOf(ofDay, ofDay + 1)) });
  }
  return [...masks.values()];
}

export function maskKey({ resourceId, day, place }: Omit<ResourceMask, keyof DayMask>): string {
  return `${resourceId}:${day}:${place}`;
}
