import { describe, expect, it } from '@jest/globals';
import { fc } from '../../../../test/support/properties.js';
import { addDays, eachDate, weekdayOf } from '../../../platform/values/zone.js';
import { publicHolidays } from './public-holidays.js';
import { customaryHolidays, WorkingDays } from './working-days.js';

const days = new WorkingDays();
const dates = fc.integer({ min: 0, max: 6_000 }).map((offset) => addDays('2020-01-01', offset));

describe('public holidays', () => {
  it('are those of the law of their year, named in both languages', () => {
    const of = (year: number) => publicHolidays(year).map(({ date }) => date.slice(5));
    expect(of(2026)).toEqual('01-01 04-02 04-03 04-05 04-06 05-14 05-24 05-25 12-25 12-26'.split(' '));
    expect(publicHolidays(2026).at(-1)).toEqual({
      date: '2026-12-26',
      name: { da: 'Anden Juledag', en: 'Boxing Day' },
    });
  });

  it('no longer have Store Bededag among them', () => {
    expect(days.includes('2023-05-05')).toBe(false);
    // The fourth Friday after Easter of each year since.
    for (const date of ['2024-04-26', '2025-05-16', '2026-05-01', '2027-04-23', '2028-05-12'])
      expect([date, days.includes(date)]).toEqual([date, true]);
  });
});

describe('working days', () => {
  it('are no weekends and no public holidays', () => {
    expect(eachDate('2026-03-30', '2026-04-08').filter((date) => days.includes(date))).toEqual([
      '2026-03-30',
      '2026-03-31',
      '2026-04-01',
      '2026-04-07',
      '2026-04-08',
    ]);
  });

  it('leave out the days that the school keeps besides', () => {
    const kept = {
      labour_day: '2026-05-01',
      constitution_day: '2026-06-05',
      christmas_eve: '2026-12-24',
      new_years_eve: '2026-12-31',
    };
    for (const holiday of customaryHolidays) {
      expect(days.includes(kept[holiday])).toBe(true);
      expect(new WorkingDays([holiday]).includes(kept[holiday])).toBe(false);
    }
  });

  it('are counted back over weekends, Easter and New Year', () => {
    expect(days.before('2026-11-23', 1)).toBe('2026-11-20');
    expect(days.before('2026-11-22', 1)).toBe('2026-11-20');
    expect(days.before('2026-04-08', 2)).toBe('2026-04-01');
    expect(days.before('2027-01-04', 5)).toBe('2026-12-24');
    expect(new WorkingDays(['christmas_eve', 'new_years_eve']).before('2027-01-04', 5)).toBe('2026-12-22');
    expect(days.before('2026-11-23', 0)).toBe('2026-11-23');
  });

  it('lie exactly so many working days before any date', () => {
    fc.assert(
      fc.property(dates, fc.integer({ min: 1, max: 30 }), fc.subarray([...customaryHolidays]), (date, count, kept) => {
        const calendar = new WorkingDays(kept);
        const found = calendar.before(date, count);
        expect(calendar.includes(found)).toBe(true);
        expect(weekdayOf(found)).toBeLessThan(6);
        expect(eachDate(found, addDays(date, -1)).filter((day) => calendar.includes(day))).toHaveLength(count);
      }),
      { numRuns: 300 },
    );
  });
});
