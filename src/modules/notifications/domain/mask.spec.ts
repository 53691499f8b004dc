import { describe, expect, it } from '@jest/globals';
import { maskEmail, maskPhone } from './mask.js';

describe('masking', () => {
  it.each([
    ['mads@example.dk', 'm***@example.dk'],
    ['a@b.dk', 'a***@b.dk'],
    ['@nobody.dk', '***'],
    ['nonsense', '***'],
  ])('shows %s as %s', (address, masked) => expect(maskEmail(address)).toBe(masked));

  it.each([
    ['+4520123456', '+45******56'],
    ['112', '***'],
  ])('shows %s as %s', (phone, masked) => expect(maskPhone(phone)).toBe(masked));
});
