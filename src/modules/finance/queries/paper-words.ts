import type { LocalDate } from '../../../platform/values/zone.js';

/** A date as papers have it: 01.12.2026, 01/12/2026. */
export function dayOn(date: LocalDate, language: 'da' | 'en'): string {
  const [year, month, day] = date.split('-');
  return language === 'da' ? `${day}.${month}.${year}` : `${day}/${month}/${year}`;
}

/** Postcode and city, as far as they are known. */
export function placeOf({ postcode, city }: { postcode: string | null; city: string | null }): string {
  return [postcode, city].filter(Boolean).join(' ');
}
