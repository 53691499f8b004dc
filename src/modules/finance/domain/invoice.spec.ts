import { describe, expect, it } from '@jest/globals';
import { fc } from '../../../../test/support/properties.js';
import { Money } from '../../../platform/values/money.js';
import { Invoice } from './invoice.js';

const invoiceOf = (gross: number) =>
  Object.assign(new Invoice(), {
    kind: 'invoice' as const,
    currency: 'DKK',
    grossMinor: gross,
    paidMinor: 0,
    creditedMinor: 0,
    writtenOffMinor: 0,
    state: 'issued' as const,
  });

const part = fc.record({ credit: fc.boolean(), share: fc.double({ min: 0, max: 1, noNaN: true }) });

describe('an invoice', () => {
  it('is paid when nothing is left, and open again when money is taken back', () => {
    const invoice = invoiceOf(1_000);
    invoice.allocate(Money.of(1_000));
    expect(invoice.state).toBe('paid');
    invoice.allocate(Money.of(-400));
    expect([invoice.state, invoice.outstanding.amount]).toEqual(['issued', 400]);
  });

  it('sets free what was paid beyond what a credit note leaves', () => {
    const invoice = invoiceOf(1_000);
    invoice.allocate(Money.of(700));
    expect(invoice.credit(Money.of(200)).amount).toBe(0);
    expect(invoice.credit(Money.of(800)).amount).toBe(700);
    expect([invoice.state, invoice.paidMinor, invoice.creditedMinor]).toEqual(['credited', 0, 1_000]);
  });

  it('refuses to be paid beyond its total', () => {
    expect(() => invoiceOf(1_000).allocate(Money.of(1_001))).toThrow(RangeError);
  });

  it('never owes less than nothing, whatever is paid and credited in whatever order', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1_000_000 }), fc.array(part), (gross, parts) => {
        const invoice = invoiceOf(gross);
        let paid = 0;
        for (const { credit, share } of parts) {
          const limit = credit ? invoice.creditable : invoice.outstanding;
          const amount = Money.of(Math.floor(limit.amount * share));
          if (!credit) paid += amount.amount;
          if (credit) paid -= invoice.credit(amount).amount;
          else invoice.allocate(amount);
        }
        expect(invoice.outstanding.amount).toBeGreaterThanOrEqual(0);
        expect(invoice.paidMinor).toBe(paid);
        expect(invoice.outstanding.amount + invoice.paidMinor + invoice.creditedMinor).toBe(gross);
      }),
    );
  });
});
