import { addDays, weekdayOf, type LocalDate } from '../../../platform/values/zone.js';
import { isPublicHoliday } from './public-holidays.js';

/** Days that no law makes holidays and that many keep as such: each school says which of them it does. */
export const customaryHolidays = ['labour_day', 'constitution_day', 'christmas_eve', 'new_years_eve'] as const;
export type CustomaryHoliday = (typeof customaryHolidays)[number];

const monthAndDay: Record<CustomaryHoliday, string> = {
  labour_day: '05-01',
  constitution_day: '06-05',
  christmas_eve: '12-24',
  new_years_eve: '12-31',
};

/** Which dates count where notice is given in working days: not weekends, not public holidays, not those that the school keeps too. */
export class WorkingDays {
  private readonly kept: ReadonlySet<string>;

  constructor(kept: readonly CustomaryHoliday[] = []) {
    this.kept = new Set(kept.map((holiday) => monthAndDay[holiday]));
  }

  includes(date: LocalDate): boolean {
    return weekdayOf(date) <= 5 && !this.kept.has(date.slice(5)) && !isPublicHoliday(date);
  }

  /** The working day so many of them before the date; the date itself does not count, whatever day it is. */
  before(date: LocalDate, count: number): LocalDate {
    let day = date;
    for (let left = count; left > 0;) {
      day = addDays(day, -1);
      if (this.includes(day)) left -= 1;
    }
    return day;
  }
}

export function customaryHolidayIn(year: number, holiday: CustomaryHoliday): LocalDate {
  return `${year}-${monthAndDay[holiday]}`;
}
