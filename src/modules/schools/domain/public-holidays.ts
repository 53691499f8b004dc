import type Holidays from 'date-holidays';
import { createRequire } from 'node:module';
import type { Texts } from '../../../platform/http/problem.js';
import type { LocalDate } from '../../../platform/values/zone.js';

/** A Danish public holiday (helligdag). */
export interface PublicHoliday {
  readonly date: LocalDate;
  readonly name: Texts;
}

const packages = createRequire(import.meta.url);
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
  const english = new Map(
    calendar('en')
      .getHolidays(year)
      .map(({ date, name }) => [dateOf(date), name]),
  );
  const found = calendar('da')
    .getHolidays(year)
    .map(({ date, name }): [LocalDate, PublicHoliday] => {
      const day = dateOf(date);
      return [day, { date: day, name: { da: name, en: english.get(day) ?? name } }];
    });
  const holidays = new Map(found);
  years.set(year, holidays);
  return holidays;
}

/** Of the library, which knows the whole world's holidays by sun and moon: two megabytes, read when a holiday is first asked for. */
function calendar(language: 'da' | 'en'): Holidays {
  const Calendar = packages('date-holidays') as typeof Holidays;
  return new Calendar('DK', { types: ['public'], languages: [language] });
}

/** The library writes '2026-12-25 00:00:00'. */
function dateOf(text: string): LocalDate {
  return text.slice(0, 10);
}
