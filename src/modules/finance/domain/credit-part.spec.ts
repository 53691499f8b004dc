import { describe, expect, it } from '@jest/globals';
import { fc } from '../../../../test/support/properties.js';
import { Money } from '../../../platform/values/money.js';
import { vatIncluded } from '../../../platform/values/vat.js';
import { type CreditableLine, leftOf, vatOfPart, withinLimit } from './credit-part.js';

const nothing = Money.of(0);
const rates = fc.constantFrom(0, 600, 1250, 2500, 10_000);

function lineOf(gross: number, rate: number): CreditableLine {
  return { ...vatIncluded(Money.of(gross), rate), credited: nothing, creditedVat: nothing };
}

/** Credits the parts one after the other. */
function creditAll(line: CreditableLine, parts: readonly number[]): CreditableLine {
  return parts.reduce<CreditableLine>((now, amount) => {
    const part = Money.of(amount);
    const vat = vatOfPart(now, part);
    expect(Math.abs(vat.amount)).toBeLessThanOrEqual(Math.abs(amount));
    expect(vat.amount * amount).toBeGreaterThanOrEqual(0);
    return { ...now, credited: now.credited.plus(part), creditedVat: now.creditedVat.plus(vat) };
  }, line);
}

describe('credit in parts', () => {
  it('takes back the VAT of the whole line, to the øre, whatever the parts and their order', () => {
    const parts = fc.array(fc.integer({ min: 1, max: 1_000_000 }), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(parts, rates, fc.boolean(), (sizes, rate, isDiscount) => {
        const amounts = isDiscount ? sizes.map((size) => -size) : sizes;
        const line = lineOf(
          amounts.reduce((sum, each) => sum + each, 0),
          rate,
        );
        for (const order of [amounts, amounts.toReversed()]) {
          const done = creditAll(line, order);
          expect(done.creditedVat).toEqual(line.vat);
          expect(leftOf(done).isZero).toBe(true);
        }
      }),
    );
  });

  it('splits a part like the line, give or take an øre', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 10_000_000 }),
        rates,
        fc.double({ min: 0, max: 1, noNaN: true }),
        (gross, rate, share) => {
          const part = Math.max(1, Math.floor(gross * share));
          const vat = vatOfPart(lineOf(gross, rate), Money.of(part)).amount;
          expect(Math.abs(vat - vatIncluded(Money.of(part), rate).vat.amount)).toBeLessThanOrEqual(1);
        },
      ),
    );
  });

  it('never credits more than the limit, and nothing less where it fits', () => {
    const parts = fc.array(fc.integer({ min: -50_000, max: 100_000 }), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(parts, fc.nat(200_000), (sizes, limit) => {
        const all = sizes.map((size) => Money.of(size));
        const [before, after] = [Money.sum(all), Money.sum(withinLimit(all, Money.of(limit)))];
        expect(after.amount).toBe(Math.min(before.amount, limit));
      }),
    );
  });
});
