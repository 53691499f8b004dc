import { describe, expect, it } from '@jest/globals';
import { fc } from '../../../../../test/support/properties.js';
import { checkDigit, invoiceNumbersByPaymentId, paymentIdOf } from './fik.js';

const number = fc.integer({ min: 1, max: 2_147_483_647 });

describe('a payment id', () => {
  it('has the check digit that banks count', () => {
    expect(checkDigit('7992739871')).toBe(3);
    expect(paymentIdOf(1042)).toHaveLength(15);
  });

  it('leads back to its invoice, wherever it stands', () => {
    fc.assert(
      fc.property(number, (invoice) => {
        const text = `FI-indbetaling +71<${paymentIdOf(invoice)}+81234567<`;
        expect(invoiceNumbersByPaymentId(text)).toEqual([invoice]);
      }),
    );
  });

  it('with one wrong digit, or two neighbours changed round, leads nowhere', () => {
    fc.assert(
      fc.property(number, fc.nat(14), fc.integer({ min: 1, max: 9 }), (invoice, at, by) => {
        const digits = Array.from(paymentIdOf(invoice), Number);
        digits[at] = (digits[at]! + by) % 10;
        expect(invoiceNumbersByPaymentId(digits.join(''))).toEqual([]);
      }),
    );
  });
});
