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

describe('payments given to a student’s invoices, the first due first', () => {
  const amounts = fc.array(ore, { minLength: 1, maxLength: 12 });
  const shuffled = amounts.chain((payments) =>
    fc.tuple(
      fc.constant(payments),
      fc.shuffledSubarray(
        payments.map((_, at) => at),
        { minLength: payments.length },
      ),
    ),
  );

  /** What each invoice has been paid, and what is the student's credit, when the payments come in that order. */
  function paidBy(payments: readonly number[], invoices: readonly number[]) {
    const paid = invoices.map(() => 0);
    let credit = 0;
    for (const payment of payments) {
      const open = invoices.map((gross, key) => ({ key, limit: Money.of(gross - paid[key]!) }));
      const { shares, rest } = allocate(Money.of(payment), open);
      for (const { key, amount } of shares) paid[key]! += amount.amount;
      credit += rest.amount;
    }
    return { paid, credit };
  }

  it('come to the same in whatever order they come, to the øre, and no invoice has more than its total', () => {
    fc.assert(
      fc.property(shuffled, amounts, ([payments, order], invoices) => {
        const inOrder = paidBy(payments, invoices);
        const anyhow = paidBy(
          order.map((at) => payments[at]!),
          invoices,
        );
        expect(anyhow).toEqual(inOrder);
        expect(inOrder.paid.every((paid, at) => paid <= invoices[at]!)).toBe(true);
        const sum = (all: readonly number[]) => all.reduce((total, each) => total + each, 0);
        expect(sum(inOrder.paid) + inOrder.credit).toBe(sum(payments));
        expect(sum(inOrder.paid)).toBe(Math.min(sum(payments), sum(invoices)));
      }),
    );
  });
});
