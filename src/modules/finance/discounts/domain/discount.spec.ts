import { describe, expect, it } from '@jest/globals';
import { fc } from '../../../../../test/support/properties.js';
import { Money } from '../../../../platform/values/money.js';
import { vatIncluded } from '../../../../platform/values/vat.js';
import { Discount } from './discount.js';

const percentage = (percentBp: number) =>
  Object.assign(new Discount(), { kind: 'percentage' as const, percentBp, amountMinor: null });
const fixed = (amountMinor: number) =>
  Object.assign(new Discount(), { kind: 'amount' as const, percentBp: null, amountMinor });

const price = fc.integer({ min: 1, max: 100_000_000 }).map((minor) => Money.of(minor));
const discount = fc.oneof(
  fc.integer({ min: 1, max: 10_000 }).map(percentage),
  fc.integer({ min: 1, max: 200_000_000 }).map(fixed),
);

describe('a discount', () => {
  it('takes a percentage rounded half up, or an amount up to the price', () => {
    expect(percentage(1000).off(Money.of(65_005)).amount).toBe(6501);
    expect(percentage(10_000).off(Money.of(65_005)).amount).toBe(65_005);
    expect(fixed(5000).off(Money.of(65_000)).amount).toBe(5000);
    expect(fixed(5000).off(Money.of(3000)).amount).toBe(3000);
  });

  it('is never less than nothing or more than the price, and leaves the rest to the øre', () => {
    fc.assert(
      fc.property(price, discount, (gross, of) => {
        const off = of.off(gross);
        expect(off.amount).toBeGreaterThanOrEqual(0);
        expect(off.compare(gross)).toBeLessThanOrEqual(0);
        expect(gross.minus(off).plus(off)).toEqual(gross);
      }),
    );
  });

  it('lowers the VAT with the price: what is left splits exactly, and its VAT is the price’s less the discount’s, to an øre', () => {
    fc.assert(
      fc.property(price, discount, fc.constantFrom(0, 1200, 2500), (gross, of, rate) => {
        const off = of.off(gross);
        const [whole, taken, rest] = [gross, off, gross.minus(off)].map((each) => vatIncluded(each, rate));
        expect(rest!.net.plus(rest!.vat)).toEqual(gross.minus(off));
        expect(Math.abs(whole!.vat.amount - taken!.vat.amount - rest!.vat.amount)).toBeLessThanOrEqual(1);
      }),
    );
  });
});
