import Holidays from 'date-holidays';
import type { Texts } from '../../../platform/http/problem.js';
import type { LocalDate } from '../../../platform/values/zone.js';

/** A Danish public holiday (helligdag). */
export interface PublicHoliday {
  readonly date: LocalDate;
  readonly name: Texts;
}

const calendars = {
  da: new Holidays('DK', { types: ['public'], languages: ['da'] }),
  en: new Holidays('DK', { types: ['public'], languages: ['en'] }),
};
const years = new Map<number, ReadonlyMap<LocalDate, PublicHoliday>>();

/** Those of a year as the law had them then, in order of date: Store Bededag until 2023. */
export function publicHolidays(year: number): readonly PublicHoliday[] {
  return [...holidaysOf(year).values()];
}

export function isPublicHoliday(date: LocalDate): boolean {
  return holidaysOf(Number(date.slice(0, 4))).has(date);
}

function holidaysOf(year: number): ReadonlyMap<LocalDate, PublicHoliday> {
  const known = years.get(year);
  if (known) return known;
  const english = new Map(calendars.en.getHolidays(year).map(({ date, name }) => [dateOf(date), name]));
  const found = calendars.da.getHolidays(year).map(({ date, name }): [LocalDate, PublicHoliday] => {
    const day = dateOf(date);
    return [day, { date: day, name: { da: name, en: english.get(day) ?? name } }];
  });
  const holidays = new Map(found);
  years.set(year, holidays);
  return holidays;
}

/** The library writes '2026-12-25 00:00:00'. */
function dateOf(text: string): LocalDate {
  return text.slice(0, 10);
}
