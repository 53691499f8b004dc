import { describe, expect, it } from '@jest/globals';
import { fc } from '../../../../../test/support/properties.js';
import { addDays, localDate, localTime, weekdayOf } from '../../../../platform/values/zone.js';
import { datesOf, MOST_LESSONS, occurrenceOf, type WeeklyPattern } from './weekly-pattern.js';

const zone = 'Europe/Copenhagen';

const patterns = fc
  .record({
    weekdays: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1 }),
    time: fc.integer({ min: 0, max: 95 }).map((slot) => {
      const minutes = slot * 15;
      return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
    }),
    everyWeeks: fc.integer({ min: 1, max: 12 }),
    from: fc.integer({ min: 0, max: 1_000 }).map((days) => addDays('2026-01-01', days)),
    length: fc.integer({ min: 1, max: 120 }),
    byDate: fc.boolean(),
  })
  .map(({ length, byDate, ...pattern }): WeeklyPattern => ({
    ...pattern,
    ...(byDate ? { until: addDays(pattern.from, length) } : { count: (length % MOST_LESSONS) + 1 }),
  }));

describe('the dates of a pattern', () => {
  it('are its weekdays in every n-th week, in order, from its first date to its end, whatever the pattern', () => {
    fc.assert(
      fc.property(patterns, (pattern) => {
        const dates = datesOf(pattern);
        const { weekdays, everyWeeks, from, until, count } = pattern;
        const monday = addDays(from, 1 - weekdayOf(from));
        const days = (date: string) => (Date.parse(date) - Date.parse(monday)) / 86_400_000;
        expect(dates).toEqual([...new Set(dates)].sort());
        for (const date of dates) {
          expect(weekdays).toContain(weekdayOf(date));
          expect(Math.floor(days(date) / 7) % everyWeeks).toBe(0);
          expect(date >= from && (until === undefined || date <= until)).toBe(true);
        }
        if (count !== undefined) expect(dates).toHaveLength(count);
        // None is forgotten between the first and the last.
        const last = dates.at(-1) ?? from;
        const meant = Array.from({ length: days(last) + 1 }, (_, i) => addDays(monday, i)).filter(
          (date) => date >= from && weekdays.includes(weekdayOf(date)) && Math.floor(days(date) / 7) % everyWeeks === 0,
        );
        expect(dates).toEqual(dates.length === 0 ? [] : meant);
      }),
      { numRuns: 60 },
    );
  });

  it('are counted no further than to see that there are too many', () => {
    const daily = { weekdays: [1, 2, 3, 4, 5, 6, 7], time: '08:00', everyWeeks: 1, from: '2026-01-01' };
    expect(datesOf({ ...daily, until: '2199-12-31' })).toHaveLength(MOST_LESSONS + 1);
    expect(datesOf({ ...daily, weekdays: [], count: 3 })).toEqual([]);
    expect(datesOf({ ...daily, until: '2025-01-01' })).toEqual([]);
  });
});

describe('an occurrence', () => {
  it('shows its own date and time on the school’s clocks, but for the hour that one night leaves out', () => {
    fc.assert(
      fc.property(patterns, ({ time, from }) => {
        const { startsAt, clockChange } = occurrenceOf(from, time, zone);
        expect(localDate(startsAt, zone)).toBe(from);
        if (clockChange !== 'left_out') expect(localTime(startsAt, zone)).toBe(time);
        expect(startsAt.getTime() % 900_000).toBe(0);
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    ['2027-03-28', '01:45', '2027-03-28T00:45:00.000Z', null],
    ['2027-03-28', '02:00', '2027-03-28T01:00:00.000Z', 'left_out'],
    ['2027-03-28', '02:45', '2027-03-28T01:45:00.000Z', 'left_out'],
    ['2027-03-28', '03:00', '2027-03-28T01:00:00.000Z', null],
    ['2027-10-31', '01:45', '2027-10-30T23:45:00.000Z', null],
    ['2027-10-31', '02:00', '2027-10-31T00:00:00.000Z', 'twice'],
    ['2027-10-31', '02:45', '2027-10-31T00:45:00.000Z', 'twice'],
    ['2027-10-31', '03:00', '2027-10-31T02:00:00.000Z', null],
  ])('on %s at %s is %s (%s)', (date, time, startsAt, clockChange) => {
    expect(occurrenceOf(date, time, zone)).toEqual({ date, startsAt: new Date(startsAt), clockChange });
  });
});
