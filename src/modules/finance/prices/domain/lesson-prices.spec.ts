import { describe, expect, it } from '@jest/globals';
import { newId } from '../../../../platform/values/id.js';
import { Money } from '../../../../platform/values/money.js';
import { PricesOfProduct } from './lesson-prices.js';

const listed = [
  { validFrom: '2026-07-01', gross: Money.of(700), vatRateBp: 2500 },
  { validFrom: '2026-01-01', gross: Money.of(600), vatRateBp: 0 },
];
const agreed = [
  { validFrom: '2026-08-01', validUntil: '2026-08-31', gross: Money.of(500) },
  { validFrom: '2026-12-01', validUntil: null, gross: Money.of(400) },
];
const prices = new PricesOfProduct(newId(), listed, agreed);

describe('the price on a day', () => {
  it.each([
    ['2025-12-31', null],
    ['2026-01-01', 600],
    ['2026-06-30', 600],
    ['2026-07-01', 700],
    ['2026-08-01', 500],
    ['2026-08-31', 500],
    ['2026-09-01', 700],
    ['2027-01-01', 400],
  ])('%s is %s', (day, gross) => {
    expect(prices.on(day)?.gross.amount ?? null).toBe(gross);
  });

  it('has the VAT of the list, agreed or not', () => {
    expect(prices.on('2026-03-01')?.vatRateBp).toBe(0);
    expect(prices.on('2026-08-10')?.vatRateBp).toBe(2500);
  });
});
