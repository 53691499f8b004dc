import type { LocalDate } from '../../../platform/values/zone.js';

/** Vouchers are kept for five years after the year that they are of. */
const years = 5;

/** What is dated before that day need not be kept any more. */
export function keptSince(now: Date): LocalDate {
  return `${now.getUTCFullYear() - years}-01-01`;
}
