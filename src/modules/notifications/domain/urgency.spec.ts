import { describe, expect, it } from '@jest/globals';
import { isUrgent } from './urgency.js';

describe('an urgent message', () => {
  const now = new Date('2026-11-21T22:00:00Z');
  const inHours = (hours: number) => new Date(now.getTime() + hours * 3_600_000);

  it('is one about a lesson that is moved or cancelled within a day, one about an account, or an offered time', () => {
    expect(isUrgent('lesson_cancelled', inHours(23.99), now)).toBe(true);
    expect(isUrgent('lesson_cancelled', inHours(24), now)).toBe(false);
    expect(isUrgent('lesson_cancelled', null, now)).toBe(false);
    expect(isUrgent('password_reset', null, now)).toBe(true);
    expect(isUrgent('time_offered', inHours(100), now)).toBe(true);
    expect(isUrgent('lesson_booked', inHours(1), now)).toBe(false);
  });
});
