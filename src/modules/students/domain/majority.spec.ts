import { describe, expect, it } from '@jest/globals';
import { comesOfAgeOn, isMinor } from './majority.js';

describe('coming of age', () => {
  it('is on the eighteenth birthday, from its first minute', () => {
    expect(isMinor('2008-11-22', '2026-11-21')).toBe(true);
    expect(isMinor('2008-11-22', '2026-11-22')).toBe(false);
    expect(isMinor('2008-11-22', '2026-11-23')).toBe(false);
  });

  it('is on the last of February for who was born on a leap day', () => {
    expect(comesOfAgeOn('2008-02-29')).toBe('2026-02-28');
    expect(isMinor('2008-02-29', '2026-02-27')).toBe(true);
  });

  it('has happened for all we know when the birth date is unknown', () => {
    expect(isMinor(null, '2026-11-21')).toBe(false);
  });
});
