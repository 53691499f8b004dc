import { describe, expect, it } from '@jest/globals';
import { fc } from '../../../../../test/support/properties.js';
import { busyDays, isBusy } from '../../testing/busy-days.js';
import { FREE_DAY, difference, eachBusy, maskOf, union, type DayMask } from './busy-mask.js';
import { SLOTS_PER_DAY } from './slots.js';

const spanOfDay = fc
  .tuple(fc.integer({ min: 0, max: SLOTS_PER_DAY }), fc.integer({ min: 0, max: SLOTS_PER_DAY }))
  .map(([a, b]) => ({ first: Math.min(a, b), end: Math.max(a, b) }));

function busySlots(mask: DayMask): number[] {
  const slots: number[] = [];
  eachBusy(mask, (slot) => slots.push(slot));
  return slots;
}

describe('a day mask', () => {
  it('holds exactly the quarter hours it was made of', () => {
    fc.assert(
      fc.property(spanOfDay, ({ first, end }) => {
        const mask = maskOf(first, end);
        const expected = Array.from({ length: end - first }, (_, i) => first + i);
        expect(busySlots(mask)).toEqual(expected);
        expect(expected.every((slot) => isBusy(mask, slot))).toBe(true);
        expect(Number.isSafeInteger(mask.lo) && Number.isSafeInteger(mask.hi)).toBe(true);
      }),
    );
  });

  it('is united with others as a set is', () => {
    fc.assert(
      fc.property(fc.array(spanOfDay, { maxLength: 6 }), (spans) => {
        const mask = spans.reduce<DayMask>((sum, { first, end }) => union(sum, maskOf(first, end)), FREE_DAY);
        for (let slot = 0; slot < SLOTS_PER_DAY; slot++) {
          expect(isBusy(mask, slot)).toBe(spans.some(({ first, end }) => first <= slot && slot < end));
        }
      }),
    );
  });

  it('agrees with BigInt arithmetic', () => {
    fc.assert(
      fc.property(spanOfDay, spanOfDay, (a, b) => {
        const big = ({ first, end }: { first: number; end: number }) => (1n << BigInt(end)) - (1n << BigInt(first));
        const { lo, hi } = union(maskOf(a.first, a.end), maskOf(b.first, b.end));
        expect(BigInt(lo) | (BigInt(hi) << 48n)).toBe(big(a) | big(b));
        const rest = difference(maskOf(a.first, a.end), maskOf(b.first, b.end));
        expect(BigInt(rest.lo) | (BigInt(rest.hi) << 48n)).toBe(big(a) & ~big(b));
      }),
    );
  });
});

describe('a span cut into days', () => {
  it('covers the same quarter hours', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 3_000_000 }), fc.integer({ min: 0, max: 400 }), (first, length) => {
        const days = busyDays({ first, end: first + length });
        const slots = days.flatMap((day) => busySlots(day).map((slot) => day.day * SLOTS_PER_DAY + slot));
        expect(slots).toEqual(Array.from({ length }, (_, i) => first + i));
      }),
    );
  });
});
