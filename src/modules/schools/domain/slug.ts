import { InvalidSlug } from './school-problems.js';

/** A school's short name in addresses, such as nordhavn-koreskole. @throws InvalidSlug */
export function checkSlug(text: string): void {
  if (!/^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(text)) throw new InvalidSlug();
}
