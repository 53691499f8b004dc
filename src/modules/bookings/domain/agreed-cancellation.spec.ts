import { describe, expect, it } from '@jest/globals';
import { fc } from '../../../../test/support/properties.js';
import { Money } from '../../../platform/values/money.js';
import { WorkingDays, type CancellationPolicy } from '../../schools/index.js';
import { agree, agreedFor, cancelByOf, feeMinorAt, isSimple, nextFeeChange } from './agreed-cancellation.js';

const calendar = { zone: 'Europe/Copenhagen', workingDays: new WorkingDays() };
const price = Money.of(65_000);
const monday = new Date('2026-11-23T09:00:00Z');
const percent = (share: number) => ({ amount: null, percent: share });

const policy: CancellationPolicy = {
  steps: [
    { clock: 'working_days_before', before: 3, time: '12:00', fee: percent(25) },
    {
      clock: 'wall_clock',
      before: 1,
      time: '12:00',
      fee: { amount: { amount: 30_000, currency: 'DKK' }, percent: null },
    },
    { clock: 'hours_before', before: 2, time: null, fee: percent(100) },
  ],
  noShow: percent(100),
};

describe('agreed terms', () => {
  const agreed = agree(policy, price, monday, calendar);
  const at = (iso: string) => feeMinorAt(agreed, new Date(iso));

  it('get dearer step by step, each from the instant after its last', () => {
    expect(cancelByOf(agreed, monday)).toEqual(new Date('2026-11-18T11:00:00Z'));
    expect(at('2026-11-18T11:00:00.000Z')).toBe(0);
    expect(at('2026-11-18T11:00:00.001Z')).toBe(16_250);
    expect(at('2026-11-22T11:00:00.001Z')).toBe(30_000);
    expect(at('2026-11-23T07:00:00.001Z')).toBe(65_000);
  });

  it('say what comes next', () => {
    expect(nextFeeChange(agreed, new Date('2026-11-20T08:00:00Z'))).toEqual({
      at: new Date('2026-11-22T11:00:00Z'),
      feeMinor: 30_000,
    });
    expect(nextFeeChange(agreed, new Date('2026-11-23T08:00:00Z'))).toBeNull();
    expect(nextFeeChange(agree({ ...policy, steps: [] }, price, monday, calendar), monday)).toBeNull();
  });

  it('are counted anew for another time, at the fees that were agreed', () => {
    const moved = agreedFor(agreed, new Date('2026-12-28T09:00:00Z'), calendar);
    expect(cancelByOf(moved, new Date('2026-12-28T09:00:00Z'))).toEqual(new Date('2026-12-22T11:00:00Z'));
    expect(moved.steps.map(({ feeMinor }) => feeMinor)).toEqual([16_250, 30_000, 65_000]);
  });

  it('round half an øre up', () => {
    expect(agree({ steps: [], noShow: percent(50) }, Money.of(33_333), monday, calendar).noShowMinor).toBe(16_667);
  });

  it('are simple where hours and one fee are all of them', () => {
    const hours = { ...policy, steps: policy.steps.slice(2) };
    expect(isSimple(agree(hours, price, monday, calendar), price)).toBe(true);
    expect(isSimple(agree({ ...hours, noShow: percent(50) }, price, monday, calendar), price)).toBe(false);
    expect(isSimple(agreed, price)).toBe(false);
  });
});

const step = fc
  .record({
    clock: fc.constantFrom('hours_before' as const, 'wall_clock' as const, 'working_days_before' as const),
    before: fc.integer({ min: 1, max: 40 }),
    hour: fc.integer({ min: 10, max: 23 }),
    share: fc.integer({ min: 0, max: 100 }),
  })
  .map(({ clock, before, hour, share }) => ({
    clock,
    before,
    time: clock === 'hours_before' ? null : `${hour}:00`,
    fee: percent(share),
  }));

describe('any terms', () => {
  it('never get cheaper, are free until `cancelBy`, and change exactly when they say', () => {
    const starts = fc.integer({ min: 0, max: 100_000 }).map((n) => new Date(Date.UTC(2026, 0, 1) + n * 900_000));
    fc.assert(
      fc.property(fc.array(step, { maxLength: 5 }), starts, (steps, startsAt) => {
        const agreed = agree({ steps, noShow: percent(100) }, price, startsAt, calendar);
        const cancelBy = cancelByOf(agreed, startsAt);
        expect(cancelBy <= startsAt && feeMinorAt(agreed, cancelBy) === 0).toBe(true);
        let now = new Date(startsAt.getTime() - 90 * 86_400_000);
        let fee = feeMinorAt(agreed, now);
        for (let next = nextFeeChange(agreed, now); next; next = nextFeeChange(agreed, now)) {
          expect(feeMinorAt(agreed, next.at)).toBe(fee);
          now = new Date(next.at.getTime() + 1);
          expect(feeMinorAt(agreed, now)).toBe(next.feeMinor);
          expect(next.feeMinor).toBeGreaterThan(fee);
          fee = next.feeMinor;
        }
        expect(feeMinorAt(agreed, new Date(startsAt.getTime() + 1))).toBe(fee);
      }),
      { numRuns: 300 },
    );
  });
});
