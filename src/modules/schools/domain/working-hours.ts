import { defineEntity } from '@mikro-orm/core';
import { id, int, localDate, localTime, schoolScoped } from '../../../platform/database/columns.js';
import { newId, type Id } from '../../../platform/values/id.js';
import type { LocalDate, LocalTime } from '../../../platform/values/zone.js';

export const WorkingHoursSchema = defineEntity({
  name: 'WorkingHours',
  tableName: 'working_hours',
  ...schoolScoped,
  uniques: [{ name: 'working_hours_school_id_id_unique', properties: ['schoolId', 'id'] }],
  indexes: [{ name: 'working_hours_teacher_index', properties: ['schoolId', 'teacherId', 'validFrom'] }],
  properties: {
    id: id().primary(),
    schoolId: id(),
    teacherId: id(),
    /** 1 is Monday. */
    weekday: int(),
    starts: localTime(),
    ends: localTime(),
    validFrom: localDate(),
    /** The first date on which the row no longer counts. */
    validUntil: localDate().nullable(),
  },
});

/** A stretch of every such weekday, in the school's own time; 24:00 ends a day. */
export interface WeeklyHours {
  readonly weekday: number;
  readonly starts: LocalTime;
  readonly ends: LocalTime;
}

/** One stretch of a teacher's week, from a date on. Rows are replaced, never edited, so past weeks stay explainable. */
export class WorkingHours extends WorkingHoursSchema.class {
  static from(date: LocalDate, schoolId: Id, teacherId: Id, hours: WeeklyHours): WorkingHours {
    const row = new WorkingHours();
    return Object.assign(row, {
      id: newId(),
      schoolId,
      teacherId,
      weekday: hours.weekday,
      starts: hours.starts,
      ends: hours.ends,
      validFrom: date,
      validUntil: null,
    });
  }
}
WorkingHoursSchema.setClass(WorkingHours);
