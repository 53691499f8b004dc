import { describe, expect, it } from '@jest/globals';
import { fc } from '../../../../../test/support/properties.js';
import { newId } from '../../../../platform/values/id.js';
import { Money } from '../../../../platform/values/money.js';
import { vatIncluded } from '../../../../platform/values/vat.js';
import { addDays, addMonths } from '../../../../platform/values/zone.js';
import { cutCharges } from './cut-charges.js';
import { areInOrder, dueDates, isWithinReach, nextTry } from './due-dates.js';

const today = '2026-12-01';
const sum = (amounts: readonly Money[]) => Money.sum(amounts).amount;

describe('due dates', () => {
  it('keep to the day of the month, or to its last, and never wander from there', () => {
    expect(dueDates({ count: 5, firstDueOn: '2027-01-31' })).toEqual([
      '2027-01-31',
      '2027-02-28',
      '2027-03-31',
      '2027-04-30',
      '2027-05-31',
    ]);
    expect(dueDates({ count: 2, firstDueOn: '2028-01-30' })).toEqual(['2028-01-30', '2028-02-29']);
  });

  it('come every so many weeks, also over a change of the clocks', () => {
    expect(dueDates({ count: 3, firstDueOn: '2027-03-22', everyWeeks: 1 })).toEqual([
      '2027-03-22',
      '2027-03-29',
      '2027-04-05',
    ]);
  });

  it('always come one after the other', () => {
    const rhythm = fc.record({
      count: fc.integer({ min: 2, max: 24 }),
      firstDueOn: fc.integer({ min: 0, max: 700 }).map((days) => addDays(today, days)),
      everyWeeks: fc.option(fc.integer({ min: 1, max: 8 }), { nil: undefined }),
    });
    fc.assert(fc.property(rhythm, (asked) => areInOrder(dueDates(asked), today)));
  });

  it('are neither over nor far away', () => {
    expect(
      [addDays(today, -1), today, addMonths(today, 60), addMonths(today, 61)].map((day) => isWithinReach(day, today)),
    ).toEqual([false, true, true, false]);
    expect(areInOrder([today, today], today)).toBe(false);
  });
});

describe('tries of a card', () => {
  it('are on the due date, two and five days later, and never twice a day', () => {
    expect([0, 1, 2, 3].map((tried) => nextTry('2026-12-10', tried, today))).toEqual([
      '2026-12-10',
      '2026-12-12',
      '2026-12-15',
      null,
    ]);
    expect(nextTry('2026-12-10', 1, '2026-12-14')).toBe('2026-12-15');
  });
});

describe('charges that are cut into instalments', () => {
  const owed = fc.record({
    grosses: fc.array(fc.integer({ min: 1, max: 500_000 }), { minLength: 1, maxLength: 40 }),
    rateBp: fc.constantFrom(0, 600, 2500),
    parts: fc.integer({ min: 2, max: 24 }),
  });
  const cut = ({ grosses, rateBp, parts }: { grosses: number[]; rateBp: number; parts: number }) => {
    const charges = grosses.map((minor) => {
      const gross = Money.of(minor);
      return { id: newId(), gross, vat: vatIncluded(gross, rateBp).vat };
    });
    const amounts = Money.sum(charges.map(({ gross }) => gross)).split(parts);
    return { charges, amounts, pieces: cutCharges(charges, amounts) };
  };
  const enough = ({ grosses, parts }: { grosses: number[]; parts: number }) =>
    grosses.reduce((all, each) => all + each, 0) >= parts;

  it('keep their amount and their VAT, and fill each instalment, to the øre', () => {
    fc.assert(
      fc.property(owed.filter(enough), (asked) => {
        const { charges, amounts, pieces } = cut(asked);
        for (const [index, amount] of amounts.entries())
          expect(sum(pieces.filter(({ instalment }) => instalment === index).map(({ gross }) => gross))).toBe(
            amount.amount,
          );
        for (const { id, gross, vat } of charges) {
          const own = pieces.filter(({ chargeId }) => chargeId === id);
          expect(sum(own.map((piece) => piece.gross))).toBe(gross.amount);
          expect(sum(own.map((piece) => piece.vat))).toBe(vat.amount);
        }
      }),
    );
  });

  it('are cut at the borders alone, each piece with its fair share of the VAT', () => {
    fc.assert(
      fc.property(owed.filter(enough), (asked) => {
        const { charges, amounts, pieces } = cut(asked);
        expect(pieces.length).toBeLessThan(charges.length + amounts.length);
        for (const { gross, vat } of pieces) {
          expect(gross.isPositive).toBe(true);
          expect(Math.abs(vat.amount - vatIncluded(gross, asked.rateBp).vat.amount)).toBeLessThanOrEqual(1);
          expect(vat.amount).toBeGreaterThanOrEqual(0);
          expect(vat.amount).toBeLessThanOrEqual(gross.amount);
        }
      }),
    );
  });

  it('are refused where the instalments are more or less than is owed', () => {
    const charge = { id: newId(), gross: Money.of(1000), vat: Money.of(200) };
    for (const amounts of [[500], [500, 400], [500, 600], [1000, 100]])
      expect(() =>
        cutCharges(
          [charge],
          amounts.map((minor) => Money.of(minor)),
        ),
      ).toThrow(RangeError);
  });
});
