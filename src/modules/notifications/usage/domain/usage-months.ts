import type { Period } from '../../../finance/index.js';
import { addDays, addMonths, atLocal, type LocalDate } from '../../../../platform/values/zone.js';

/** What of a month lies in a period, half-open. */
export interface UsageMonth {
  /** YYYY-MM */
  readonly name: string;
  readonly from: Date;
  readonly until: Date;
}

/** The months that a period touches, in order, as the zone's clocks begin and end them. */
export function usageMonths({ from, until }: Period, zone: string): readonly UsageMonth[] {
  const midnight = (date: LocalDate) => atLocal(date, '00:00', zone);
  const end = addDays(until, 1);
  const months: UsageMonth[] = [];
  for (let first = from; first < end;) {
    const next = addMonths(`${first.slice(0, 7)}-01`, 1);
    months.push({ name: first.slice(0, 7), from: midnight(first), until: midnight(next < end ? next : end) });
    first = next;
  }
  return months;
}
