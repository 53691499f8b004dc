import { describe, expect, it } from '@jest/globals';
import { isE164 } from './phone.js';

describe('isE164', () => {
  it.each([
    ['+4520123456', true],
    ['+46701234567', true],
    ['20123456', false],
    ['+45 20 12 34 56', false],
    ['+451', false],
    ['', false],
    [4520123456, false],
  ])('%p is %s', (value, answer) => {
    expect(isE164(value)).toBe(answer);
  });
});
