import { describe, expect, it } from '@jest/globals';
import { InvalidWorkingHours } from './school-problems.js';
import { checkWeek } from './week.js';
import type { WeeklyHours } from './working-hours.js';

const hours = (weekday: number, starts: string, ends: string): WeeklyHours => ({ weekday, starts, ends });

function wrongFields(...week: WeeklyHours[]): string[] {
  try {
    checkWeek(week);
    return [];
  } catch (error) {
    return (error as InvalidWorkingHours).fields.map(({ field }) => field);
  }
}

describe('a week of working hours', () => {
  it('may be empty, may stop for lunch, and may last until midnight', () => {
    expect(wrongFields()).toEqual([]);
    expect(wrongFields(hours(1, '08:00', '12:00'), hours(1, '12:00', '16:15'), hours(7, '20:00', '24:00'))).toEqual([]);
  });

  it('stands on quarter hours', () => {
    expect(wrongFields(hours(1, '08:00', '16:00'), hours(2, '08:10', '16:00'))).toEqual(['workingHours.1.starts']);
    expect(wrongFields(hours(1, '08:00', '16:01'))).toEqual(['workingHours.0.ends']);
  });

  it('ends after it starts', () => {
    expect(wrongFields(hours(1, '16:00', '08:00'), hours(2, '08:00', '08:00'))).toEqual([
      'workingHours.0.ends',
      'workingHours.1.ends',
    ]);
  });

  it('does not overlap within a weekday', () => {
    expect(wrongFields(hours(3, '08:00', '12:00'), hours(4, '08:00', '12:00'), hours(3, '11:45', '13:00'))).toEqual([
      'workingHours.2.starts',
    ]);
  });
});
