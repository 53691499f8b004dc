import { describe, expect, it } from '@jest/globals';
import { fc } from '../../../../../test/support/properties.js';
import { isEan } from './ean.js';

describe('an EAN location number', () => {
  it.each(['5790000000005', '5798009811578', '4006381333931'])('is %s', (ean) => {
    expect(isEan(ean)).toBe(true);
  });

  it.each(['', '579000000000', '57900000000050', '5790000000006', '579000000000x', '５７９０００００００００５'])(
    'is not %j',
    (text) => {
      expect(isEan(text)).toBe(false);
    },
  );

  it('is none any more when one digit is another', () => {
    const digit = fc.integer({ min: 0, max: 9 });
    fc.assert(
      fc.property(
        fc.array(digit, { minLength: 12, maxLength: 12 }),
        fc.nat(12),
        fc.integer({ min: 1, max: 9 }),
        (digits, at, by) => {
          const sum = digits.reduce((total, each, index) => total + each * (index % 2 === 0 ? 1 : 3), 0);
          const whole = [...digits, (10 - (sum % 10)) % 10];
          expect(isEan(whole.join(''))).toBe(true);
          whole[at] = (whole[at]! + by) % 10;
          expect(isEan(whole.join(''))).toBe(false);
        },
      ),
    );
  });
});
