import { Temporal } from 'temporal-polyfill';
import { addDays, weekdayOf, type LocalDate } from '../../../../platform/values/zone.js';

export const viewKinds = ['day', 'week', 'month'] as const;
export type ViewKind = (typeof viewKinds)[number];

/** What the columns of a diary stand for. */
export const columnKinds = ['teachers', 'vehicles'] as const;
export type ColumnKind = (typeof columnKinds)[number];

/** The dates of the day, week (from Monday) or month that the date lies in; the last is not included. */
export function datesOf(view: ViewKind, date: LocalDate): { readonly from: LocalDate; readonly until: LocalDate } {
  if (view === 'day') return { from: date, until: addDays(date, 1) };
  if (view === 'week') {
    const from = addDays(date, 1 - weekdayOf(date));
    return { from, until: addDays(from, 7) };
  }
  const first = Temporal.PlainDate.from(date).with({ day: 1 });
  return { from: first.toString(), until: first.add({ months: 1 }).toString() };
}
