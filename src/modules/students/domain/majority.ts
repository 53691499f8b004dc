import { addYears, type LocalDate } from '../../../platform/values/zone.js';

const yearsOfMajority = 18;

/** The date on which somebody comes of age, and nobody answers for him any more. */
export function comesOfAgeOn(birthDate: LocalDate): LocalDate {
  return addYears(birthDate, yearsOfMajority);
}

/** True before the eighteenth birthday. Of whom the birth date is not known counts as of age: nobody sees his data for him. */
export function isMinor(birthDate: LocalDate | null, today: LocalDate): boolean {
  return birthDate !== null && today < comesOfAgeOn(birthDate);
}
