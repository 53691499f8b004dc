import { describe, expect, it } from '@jest/globals';
import { fc } from '../../../../../test/support/properties.js';
import type { Id } from '../../../../platform/values/id.js';
import { Money } from '../../../../platform/values/money.js';
import { setOff } from './set-off.js';
import { shareByWeight } from './shares.js';

const keys = ['a', 'b', 'c', 'd', 'e', 'f'] as const;
const weights = fc
  .array(fc.integer({ min: 0, max: 2_000_000 }), { minLength: 1, maxLength: keys.length })
  .map((all) => all.map((weight, index) => ({ key: keys[index]!, weight })))
  .filter((all) => all.some(({ weight }) => weight > 0));
const ore = fc.integer({ min: 0, max: 100_000_000 });
const sumOf = (amounts: Iterable<Money>) => Money.sum([...amounts]).amount;

describe('shares by weight', () => {
  it('add up to the whole, and none is an øre away from its proportion', () => {
    fc.assert(
      fc.property(ore, weights, (amount, parts) => {
        const total = parts.reduce((sum, { weight }) => sum + weight, 0);
        const shares = shareByWeight(Money.of(amount), parts);
        expect(sumOf(shares.values())).toBe(amount);
        for (const { key, weight } of parts)
          expect(Math.abs(shares.get(key)!.amount - (amount * weight) / total)).toBeLessThan(1);
      }),
    );
  });

  it('are the same in whatever order the parts come', () => {
    fc.assert(
      fc.property(ore, weights, (amount, parts) => {
        const turned = shareByWeight(Money.of(amount), parts.toReversed());
        for (const [key, share] of shareByWeight(Money.of(amount), parts)) expect(turned.get(key)).toEqual(share);
      }),
    );
  });
});

/** A package sold at a price of its own, of which some has been used. */
const sold = fc
  .record({
    lists: fc.array(fc.integer({ min: 1, max: 200_000 }), { minLength: 1, maxLength: 30 }),
    percent: fc.integer({ min: 1, max: 100 }),
    uses: fc.array(fc.boolean(), { minLength: 30, maxLength: 30 }),
  })
  .map(({ lists, percent, uses }) => {
    const listed = lists.reduce((sum, list) => sum + list, 0);
    const price = Math.max(1, Math.floor((listed * percent) / 100));
    const parts = lists.map((weight, index) => ({ key: String(index).padStart(2, '0'), weight }));
    const shares = shareByWeight(Money.of(price), parts);
    const units = lists.map((list, index) => ({
      productId: keys[index % 3] as string as Id,
      used: uses[index]!,
      list: Money.of(Math.max(list, shares.get(parts[index]!.key)!.amount)),
      share: shares.get(parts[index]!.key)!,
    }));
    return { price, units };
  });

describe('the set-off of a package that is given back', () => {
  it('returns the price less what was used at list price, and never less than nothing', () => {
    fc.assert(
      fc.property(sold, ({ price, units }) => {
        const used = units.filter((unit) => unit.used);
        const { returned } = setOff(units, 'DKK');
        expect(returned.amount).toBe(Math.max(0, price - sumOf(used.map(({ list }) => list))));
      }),
    );
  });

  it('adds up to the øre: what is credited is charged again or returned', () => {
    fc.assert(
      fc.property(sold, ({ price, units }) => {
        const { credited, charged, returned } = setOff(units, 'DKK');
        expect(sumOf(charged.values()) + returned.amount).toBe(credited.amount);
        expect(credited.amount + sumOf(units.filter(({ used }) => used).map(({ share }) => share))).toBe(price);
        expect([...charged.values()].every((amount) => amount.isPositive)).toBe(true);
      }),
    );
  });

  it('is the same in whatever order the parts were used', () => {
    fc.assert(
      fc.property(sold, ({ units }) => {
        const [one, other] = [setOff(units, 'DKK'), setOff(units.toReversed(), 'DKK')];
        expect([other.credited, other.returned]).toEqual([one.credited, one.returned]);
        expect(other.charged).toEqual(one.charged);
      }),
    );
  });
});
