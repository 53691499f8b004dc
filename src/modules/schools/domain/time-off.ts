import { defineEntity } from '@mikro-orm/core';
import { code, id, instant, schoolScoped, text } from '../../../platform/database/columns.js';
import { newId, type Id } from '../../../platform/values/id.js';
import type { TimeRange } from '../../../platform/values/time-range.js';
import type { OwnTimeOffKind, TimeOffKind } from './time-off-kind.js';

export const TimeOffSchema = defineEntity({
  name: 'TimeOff',
  tableName: 'time_off',
  ...schoolScoped,
  uniques: [{ name: 'time_off_school_id_id_unique', properties: ['schoolId', 'id'] }],
  indexes: [
    { name: 'time_off_teacher_index', properties: ['schoolId', 'teacherId', 'startsAt', 'id'] },
    { name: 'time_off_ending_index', properties: ['schoolId', 'teacherId', 'endsAt'] },
    { name: 'time_off_calendar_index', properties: ['schoolId', 'calendarId'] },
  ],
  properties: {
    id: id().primary(),
    schoolId: id(),
    teacherId: id(),
    startsAt: instant(),
    endsAt: instant(),
    reason: text(200).nullable(),
    kind: code<TimeOffKind>().default('holiday'),
    /** The private calendar that says so, of external time off alone. */
    calendarId: id().nullable(),
  },
});

export interface TimeOffReason {
  readonly kind: OwnTimeOffKind;
  readonly reason: string | null;
}

/** Time in which a teacher takes no lessons, whatever the working hours say. */
export class TimeOff extends TimeOffSchema.class {
  static take(schoolId: Id, teacherId: Id, range: TimeRange, { kind, reason }: TimeOffReason): TimeOff {
    return Object.assign(new TimeOff(), {
      id: newId(),
      schoolId,
      teacherId,
      startsAt: range.start,
      endsAt: range.end,
      reason,
      kind,
      calendarId: null,
    });
  }

  /** Busy in a calendar of his own, for reasons that are his own. */
  static external(schoolId: Id, teacherId: Id, range: TimeRange, calendarId: Id): TimeOff {
    const own = { kind: 'private' as const, reason: null };
    return Object.assign(TimeOff.take(schoolId, teacherId, range, own), { kind: 'external' as const, calendarId });
  }
}
TimeOffSchema.setClass(TimeOff);
