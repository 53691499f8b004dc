import { describe, expect, it } from '@jest/globals';
import { smsSenderName } from './sms-sender-name.js';

describe('the sender’s name on a phone', () => {
  it.each([
    ['Nordhavn Køreskole', 'Nordhavn'],
    ['Ærø Trafik', 'Aeroe'],
    ['Kørskolen', 'Koerskolen'],
    ['Hans-Jørgens', 'HansJoergen'],
    ['112', undefined],
    ['سائق', undefined],
    ['A\r\nB', 'AB'],
  ])('%j becomes %j', (name, shown) => expect(smsSenderName(name)).toBe(shown));
});
