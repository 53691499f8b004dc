import { describe, expect, it } from '@jest/globals';
import { Temporal } from 'temporal-polyfill';
import { addDays, atLocal, eachDate, localDate, weekdayOf } from './zone.js';

const zone = 'Europe/Copenhagen';

describe('dates and times of a zone', () => {
  it('count days and weekdays as the calendar does', () => {
    let date = Temporal.PlainDate.from('2023-12-30');
    for (let n = 0; n < 900; n++, date = date.add({ days: 1 })) {
      expect(weekdayOf(date.toString())).toBe(date.dayOfWeek);
      expect(addDays(date.toString(), 1)).toBe(date.add({ days: 1 }).toString());
      expect(addDays(date.toString(), -45)).toBe(date.subtract({ days: 45 }).toString());
    }
    expect(eachDate('2028-02-28', '2028-03-01')).toEqual(['2028-02-28', '2028-02-29', '2028-03-01']);
  });

  it('move on in the hour that a spring night leaves out', () => {
    expect(atLocal('2026-03-29', '02:30', zone).toISOString()).toBe('2026-03-29T01:30:00.000Z');
    expect(atLocal('2026-03-29', '03:30', zone).toISOString()).toBe('2026-03-29T01:30:00.000Z');
  });

  it('mean the first of the two hours of an autumn night', () => {
    expect(atLocal('2026-10-25', '02:30', zone).toISOString()).toBe('2026-10-25T00:30:00.000Z');
    expect(atLocal('2026-10-25', '24:00', zone).toISOString()).toBe('2026-10-25T23:00:00.000Z');
  });

  it('give every caller an instant of his own', () => {
    atLocal('2026-06-01', '08:00', zone).setUTCFullYear(1999);
    expect(atLocal('2026-06-01', '08:00', zone).toISOString()).toBe('2026-06-01T06:00:00.000Z');
    expect(atLocal('2026-06-01', '08:00', 'UTC').toISOString()).toBe('2026-06-01T08:00:00.000Z');
    expect(localDate(new Date('2026-06-01T22:30:00Z'), zone)).toBe('2026-06-02');
  });
});
