import { describe, expect, it } from '@jest/globals';
import { fc } from '../../../../test/support/properties.js';
import { Money } from '../../../platform/values/money.js';
import { grandTotal, priceLine, totalsByRate, type LinePrice } from './invoice-totals.js';

const line: fc.Arbitrary<LinePrice> = fc.record({
  quantity: fc.integer({ min: -20, max: 20 }),
  unitGross: fc.integer({ min: 0, max: 5_000_000 }).map((minor) => Money.of(minor)),
  vatRateBp: fc.constantFrom(0, 600, 1200, 2500, 2550),
});
const lines = fc.array(line, { minLength: 1, maxLength: 40 });

describe('the totals of an invoice', () => {
  it('are those of a driving lesson', () => {
    const { net, vat, gross } = priceLine({ quantity: 1, unitGross: Money.of(65_000), vatRateBp: 2500 });
    expect([net.amount, vat.amount, gross.amount]).toEqual([52_000, 13_000, 65_000]);
  });

  it('round half an øre of VAT up', () => {
    expect(priceLine({ quantity: 1, unitGross: Money.of(13), vatRateBp: 2500 }).vat.amount).toBe(3);
    expect(priceLine({ quantity: 1, unitGross: Money.of(3), vatRateBp: 2000 }).vat.amount).toBe(1);
  });

  it('are the sums of what the lines show, for every rate and in all, to the øre', () => {
    fc.assert(
      fc.property(lines, (all) => {
        const rates = totalsByRate(all);
        const total = grandTotal(rates);
        const shown = all.map(priceLine);
        for (const part of ['net', 'vat', 'gross'] as const) {
          expect(total[part]).toEqual(Money.sum(shown.map((split) => split[part])));
        }
        expect(total.net.plus(total.vat)).toEqual(total.gross);
        for (const { net, vat, gross } of rates) expect(net.plus(vat)).toEqual(gross);
        expect(rates.map(({ vatRateBp }) => vatRateBp)).toEqual(
          [...new Set(all.map(({ vatRateBp }) => vatRateBp))].sort((a, b) => b - a),
        );
      }),
    );
  });

  it('do not depend on the order of the lines', () => {
    fc.assert(fc.property(lines, (all) => expect(totalsByRate([...all].reverse())).toEqual(totalsByRate(all))));
  });

  it('are taken back to nothing by a credit note of the same lines', () => {
    fc.assert(
      fc.property(lines, (all) => {
        const credit = all.map((each) => ({ ...each, quantity: -each.quantity }));
        for (const { net, vat, gross } of totalsByRate([...all, ...credit])) {
          expect([net.amount, vat.amount, gross.amount]).toEqual([0, 0, 0]);
        }
      }),
    );
  });

  it('have a VAT within half an øre of the exact one on every line', () => {
    fc.assert(
      fc.property(line, (each) => {
        const { vat, gross } = priceLine(each);
        const exact = (gross.amount * each.vatRateBp) / (10_000 + each.vatRateBp);
        expect(Math.abs(vat.amount - exact)).toBeLessThanOrEqual(0.5 + 1e-6);
      }),
    );
  });
});
