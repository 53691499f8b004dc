import { describe, expect, it } from '@jest/globals';
import { isReminderWanted, reminderDueAt } from './reminder-rule.js';

const lesson = { startsAt: new Date('2026-12-02T09:00:00Z'), leadMinutes: 24 * 60 };

describe('the reminder of a lesson', () => {
  it('falls due at the lead time before it', () => {
    expect(reminderDueAt(lesson.startsAt, 90)).toEqual(new Date('2026-12-02T07:30:00Z'));
  });

  it('is wanted when the student heard of the time before that', () => {
    expect(isReminderWanted(lesson, new Date('2026-11-20T12:00:00Z'))).toBe(true);
    expect(isReminderWanted(lesson, new Date('2026-12-01T09:00:00Z'))).toBe(true);
  });

  it('is left out when the confirmation came inside the lead time', () => {
    expect(isReminderWanted(lesson, new Date('2026-12-01T09:00:01Z'))).toBe(false);
  });
});
