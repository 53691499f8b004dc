import { defineEntity } from '@mikro-orm/core';
import { id, localDate, schoolScoped, text } from '../../../platform/database/columns.js';
import { newId, type Id } from '../../../platform/values/id.js';
import type { LocalDate, LocalTime } from '../../../platform/values/zone.js';

export const DayHoursSchema = defineEntity({
  name: 'DayHours',
  tableName: 'day_hours',
  ...schoolScoped,
  uniques: [
    { name: 'day_hours_school_id_id_unique', properties: ['schoolId', 'id'] },
    { name: 'day_hours_date_unique', properties: ['schoolId', 'teacherId', 'date'] },
  ],
  properties: {
    id: id().primary(),
    schoolId: id(),
    teacherId: id(),
    date: localDate(),
    /** '08:00-12:00 13:00-16:00'; empty when he does not work. */
    hours: text(200),
  },
});

/** Hours of one date, in the school's own time; 24:00 ends a day. */
export interface Stretch {
  readonly starts: LocalTime;
  readonly ends: LocalTime;
}

/** What a teacher works on one date instead of that weekday's hours; nothing at all when the list is empty. */
export class DayHours extends DayHoursSchema.class {
  static on(date: LocalDate, schoolId: Id, teacherId: Id, hours: readonly Stretch[]): DayHours {
    return Object.assign(new DayHours(), { id: newId(), schoolId, teacherId, date, hours: hoursAsText(hours) });
  }
}
DayHoursSchema.setClass(DayHours);

function hoursAsText(hours: readonly Stretch[]): string {
  return hours.map(({ starts, ends }) => `${starts}-${ends}`).join(' ');
}

export function hoursOfText(hours: string): Stretch[] {
  if (hours === '') return [];
  return hours.split(' ').map((stretch) => ({ starts: stretch.slice(0, 5), ends: stretch.slice(6) }));
}
