import { describe, expect, it } from '@jest/globals';
import { decideReminder, reminderDueAt } from './reminder-rule.js';

const startsAt = new Date('2026-12-02T09:00:00Z');
const [day, hour] = [24 * 60, 60];
const before = (minutes: number) => reminderDueAt(startsAt, minutes);

function decided(leadMinutes: number, minutesBefore: number, rest: { leads?: number[]; told?: Date } = {}) {
  const lastTold = rest.told ?? new Date('2026-11-20T12:00:00Z');
  const found = { startsAt, leadMinutes, leads: rest.leads ?? [leadMinutes], lastTold };
  return decideReminder(found, before(minutesBefore)).outcome;
}

describe('the reminder of a lesson', () => {
  it('falls due at the lead time before it', () => {
    expect(reminderDueAt(startsAt, 90)).toEqual(new Date('2026-12-02T07:30:00Z'));
  });

  it('goes out when the student heard of the time before that, and not when he has just heard of it', () => {
    expect(decided(day, day)).toBe('queued');
    expect(decided(day, day, { told: before(day) })).toBe('queued');
    expect(decided(day, day, { told: new Date(before(day).getTime() + 1_000) })).toBe('needless');
    expect(decided(day, -5, { told: before(hour) })).toBe('needless');
  });

  it('goes out late as long as the lesson has not begun', () => {
    expect(decided(day, 1)).toBe('queued');
    expect(decided(day, 0)).toBe('dropped');
    expect(decided(day, -60)).toBe('dropped');
  });

  it('leaves the word to a nearer one that is due as well', () => {
    const leads = [day, 2 * hour];
    expect(decided(day, 2 * hour, { leads })).toBe('dropped');
    expect(decided(2 * hour, 2 * hour, { leads })).toBe('queued');
    expect(decided(day, 10, { leads })).toBe('dropped');
    expect(decided(2 * hour, 10, { leads })).toBe('queued');
  });

  it('leaves the word to a nearer one within the hour only when it is late itself', () => {
    const leads = [day, 2 * hour];
    expect(decided(day, 3 * hour, { leads })).toBe('dropped');
    expect(decided(day, 3 * hour + 1, { leads })).toBe('queued');
    expect(decided(90, 90, { leads: [90, 60] })).toBe('queued');
  });
});
