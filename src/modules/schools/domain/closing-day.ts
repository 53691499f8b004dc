import { defineEntity } from '@mikro-orm/core';
import { id, localDate, schoolScoped, text } from '../../../platform/database/columns.js';
import { newId, type Id } from '../../../platform/values/id.js';
import type { LocalDate } from '../../../platform/values/zone.js';
import { ClosingDayTwice, HoursInThePast } from './school-problems.js';

export const ClosingDaySchema = defineEntity({
  name: 'ClosingDay',
  tableName: 'closing_days',
  ...schoolScoped,
  uniques: [
    { name: 'closing_days_school_id_id_unique', properties: ['schoolId', 'id'] },
    { name: 'closing_days_date_unique', properties: ['schoolId', 'date'] },
  ],
  properties: {
    id: id().primary(),
    schoolId: id(),
    date: localDate(),
    name: text(80),
  },
});

/** A date on which nobody at the school gives lessons, whatever his own hours say. */
export class ClosingDay extends ClosingDaySchema.class {
  static on(date: LocalDate, schoolId: Id, name: string): ClosingDay {
    return Object.assign(new ClosingDay(), { id: newId(), schoolId, date, name });
  }
}
ClosingDaySchema.setClass(ClosingDay);

export interface NewClosingDay {
  readonly date: LocalDate;
  readonly name: string;
}

/** @throws HoursInThePast, ClosingDayTwice, naming `days.1.date` */
export function checkClosingDays(days: readonly NewClosingDay[], today: LocalDate): void {
  const seen = new Set<LocalDate>();
  days.forEach(({ date }, index) => {
    if (date < today) throw new HoursInThePast(`days.${index}.date`);
    if (seen.has(date)) throw new ClosingDayTwice(index);
    seen.add(date);
  });
}
