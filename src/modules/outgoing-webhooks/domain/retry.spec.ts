import { describe, expect, it } from '@jest/globals';
import { fc } from '../../../../test/support/properties.js';
import { failuresToHold, heldUntil, isGivenUp, nextTry, pauses, usefulForMs } from './retry.js';

const now = new Date('2026-12-01T08:00:00Z');
const day = 86_400_000;
const chance = fc.double({ min: 0, max: 1, noNaN: true });
const after = (at: Date | null) => at!.getTime() - now.getTime();

describe('the next try of a message', () => {
  it('never comes sooner than the one before, and a fifth later at most than it is planned', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: pauses.length }), chance, (tries, luck) => {
        const pause = after(nextTry(tries, now, luck));
        expect(pause).toBeGreaterThanOrEqual(pauses[tries - 1]!);
        expect(pause).toBeLessThanOrEqual(pauses[tries - 1]! * 1.2);
        if (tries > 1) expect(pause).toBeGreaterThanOrEqual(after(nextTry(tries - 1, now, 1)));
      }),
    );
  });

  it('comes for three days, and never after a message is of no use any more', () => {
    fc.assert(
      fc.property(fc.array(chance, { minLength: pauses.length, maxLength: pauses.length }), (lucks) => {
        let at = now;
        for (const [index, luck] of lucks.entries()) at = nextTry(index + 1, at, luck)!;
        expect(after(at)).toBeGreaterThanOrEqual(3 * day);
        expect(after(at)).toBeLessThan(usefulForMs);
        expect(nextTry(pauses.length + 1, at)).toBeNull();
      }),
    );
  });

  it('waits for as long as the receiver asks', () => {
    expect(after(nextTry(1, now, 0, 60_000))).toBe(60_000);
    expect(after(nextTry(2, now, 0, 60_000))).toBe(300_000);
  });
});

describe('an address that fails', () => {
  it('is left alone from the fifth failure in a row, for a quarter of an hour and a bit at most', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 100_000 }), chance, (failures, luck) => {
        const held = heldUntil(failures, now, luck);
        expect(held === null).toBe(failures < failuresToHold);
        if (!held) return;
        expect(after(held)).toBeGreaterThanOrEqual(30_000);
        expect(after(held)).toBeLessThanOrEqual(18 * 60_000);
      }),
    );
  });

  it('is given up after three days', () => {
    expect(isGivenUp(new Date(now.getTime() - 3 * day + 1), now)).toBe(false);
    expect(isGivenUp(new Date(now.getTime() - 3 * day), now)).toBe(true);
  });
});
