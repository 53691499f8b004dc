import { describe, expect, it } from '@jest/globals';
import { fc } from '../../../../test/support/properties.js';
import { Money } from '../../../platform/values/money.js';
import { allocate } from './allocate.js';

const ore = fc.integer({ min: 0, max: 10_000_000 });
const claims = fc.array(ore).map((limits) => limits.map((limit, key) => ({ key, limit: Money.of(limit) })));

describe('allocate', () => {
  it('gives to the first claims first', () => {
    const { shares, rest } = allocate(Money.of(250), [
      { key: 'a', limit: Money.of(100) },
      { key: 'b', limit: Money.of(100) },
      { key: 'c', limit: Money.of(100) },
    ]);
    expect(shares.map(({ key, amount }) => [key, amount.amount])).toEqual([
      ['a', 100],
      ['b', 100],
      ['c', 50],
    ]);
    expect(rest.isZero).toBe(true);
  });

  it('assigns every øre: shares and rest add up to the amount', () => {
    fc.assert(
      fc.property(ore, claims, (amount, all) => {
        const { shares, rest } = allocate(Money.of(amount), all);
        expect(Money.sum(shares.map((share) => share.amount)).plus(rest)).toEqual(Money.of(amount));
      }),
    );
  });

  it('gives no claim more than its limit, nothing to a later one before an earlier is full, and keeps no rest that fits', () => {
    fc.assert(
      fc.property(ore, claims, (amount, all) => {
        const { shares, rest } = allocate(Money.of(amount), all);
        const given = new Map(shares.map((share) => [share.key, share.amount.amount]));
        let left = amount;
        for (const { key, limit } of all) {
          expect(given.get(key) ?? 0).toBe(Math.min(left, limit.amount));
          left -= given.get(key) ?? 0;
        }
        expect(rest.amount).toBe(left);
        expect(shares.every((share) => share.amount.isPositive)).toBe(true);
      }),
    );
  });
});
