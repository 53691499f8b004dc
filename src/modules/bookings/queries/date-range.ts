import { addDays, atLocal, localDate, type LocalDate } from '../../../platform/values/zone.js';
import { TimeRange } from '../../../platform/values/time-range.js';
import { RangeInvalid } from '../domain/errors.js';

/** Dates of the school's zone as a question gives them; `until` is not included. */
export interface AskedDates {
  readonly from?: LocalDate;
  readonly until?: LocalDate;
}

export interface RangeLimits {
  /** How many days are meant when `until` is left out. */
  readonly defaultDays: number;
  readonly maxDays: number;
}

/** The time that the dates mean; from today on unless told otherwise. @throws RangeInvalid */
export function rangeOf(
  { from, until }: AskedDates,
  zone: string,
  now: Date,
  { defaultDays, maxDays }: RangeLimits,
): TimeRange {
  const first = from ?? localDate(now, zone);
  const end = until ?? addDays(first, defaultDays);
  if (end <= first || end > addDays(first, maxDays)) throw new RangeInvalid(maxDays);
  return new TimeRange(atLocal(first, '00:00', zone), atLocal(end, '00:00', zone));
}
