import { defineEntity } from '@mikro-orm/core';
import { id, instant, schoolScoped, text } from '../../../platform/database/columns.js';
import { newId, type Id } from '../../../platform/values/id.js';
import type { TimeRange } from '../../../platform/values/time-range.js';

export const TimeOffSchema = defineEntity({
  name: 'TimeOff',
  tableName: 'time_off',
  ...schoolScoped,
  uniques: [{ name: 'time_off_school_id_id_unique', properties: ['schoolId', 'id'] }],
  indexes: [{ name: 'time_off_teacher_index', properties: ['schoolId', 'teacherId', 'startsAt', 'id'] }],
  properties: {
    id: id().primary(),
    schoolId: id(),
    teacherId: id(),
    startsAt: instant(),
    endsAt: instant(),
    reason: text(200).nullable(),
  },
});

/** Time in which a teacher takes no lessons, whatever the working hours say. */
export class TimeOff extends TimeOffSchema.class {
  static take(schoolId: Id, teacherId: Id, range: TimeRange, reason: string | null): TimeOff {
    return Object.assign(new TimeOff(), {
      id: newId(),
      schoolId,
      teacherId,
      startsAt: range.start,
      endsAt: range.end,
      reason,
    });
  }
}
TimeOffSchema.setClass(TimeOff);
