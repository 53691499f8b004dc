import { describe, expect, it } from '@jest/globals';
import { TimeRange } from '../../../../platform/values/time-range.js';
import type { WishedTimes } from './waiting-list-entry.js';
import { isWished } from './wished-times.js';

const now = new Date('2026-11-20T08:00:00Z');
const wished: WishedTimes = {
  weekdays: [1, 3],
  earliest: '08:00',
  latest: '12:00',
  fromDate: '2026-11-23',
  untilDate: '2026-11-30',
  noticeMinutes: 120,
};
const fits = (start: string, changes: Partial<WishedTimes> = {}, minutes = 45) =>
  isWished({ ...wished, ...changes }, TimeRange.ofMinutes(new Date(`${start}Z`), minutes), now, 'Europe/Copenhagen');

describe('a wished time', () => {
  it('lies on the weekdays and dates, the last one included', () => {
    expect(fits('2026-11-23T07:00:00')).toBe(true);
    expect(fits('2026-11-24T07:00:00')).toBe(false);
    expect(fits('2026-11-30T07:00:00')).toBe(true);
    expect(fits('2026-12-02T07:00:00')).toBe(false);
    expect(fits('2026-11-23T07:00:00', { fromDate: '2026-11-24' })).toBe(false);
  });

  it('lies between the times of day from its start to its end', () => {
    expect(fits('2026-11-23T06:45:00')).toBe(false);
    expect(fits('2026-11-23T10:15:00')).toBe(true);
    expect(fits('2026-11-23T10:30:00')).toBe(false);
    expect(fits('2026-11-23T22:15:00', { latest: '24:00' })).toBe(true);
    expect(fits('2026-11-23T22:30:00', { latest: '24:00' })).toBe(false);
  });

  it('goes by the clocks of its own date, not today’s', () => {
    const spring = { fromDate: '2027-03-29', untilDate: '2027-03-29' };
    expect(fits('2027-03-29T06:00:00', spring)).toBe(true);
    expect(fits('2027-03-29T05:45:00', spring)).toBe(false);
  });

  it('leaves the notice that the student wants', () => {
    const today = { weekdays: [5], fromDate: '2026-11-20' };
    expect(fits('2026-11-20T10:00:00', today)).toBe(true);
    expect(fits('2026-11-20T09:45:00', today)).toBe(false);
  });
});
