import { defineEntity } from '@mikro-orm/core';
import { code, id, instant, int, schoolScoped, sealed, text } from '../../../platform/database/columns.js';
import type { Id } from '../../../platform/values/id.js';
import type { CalendarProblem } from '../ports/private-calendars.js';

export const TeacherCalendarSchema = defineEntity({
  name: 'TeacherCalendar',
  tableName: 'teacher_calendars',
  ...schoolScoped,
  uniques: [{ name: 'teacher_calendars_school_id_id_unique', properties: ['schoolId', 'id'] }],
  indexes: [
    { name: 'teacher_calendars_teacher_index', properties: ['schoolId', 'teacherId', 'id'] },
    { name: 'teacher_calendars_due_index', properties: ['nextFetchAt', 'id'] },
  ],
  properties: {
    id: id().primary(),
    schoolId: id(),
    teacherId: id(),
    name: text(80),
    /** The server's name, all that is ever shown of the address. */
    host: text(253),
    url: sealed(),
    etag: text(200).nullable(),
    lastModified: text(100).nullable(),
    nextFetchAt: instant(),
    /** When it was last read to the end. */
    fetchedAt: instant().nullable(),
    /** Since it was last read. */
    failures: int().default(0),
    problem: code<CalendarProblem>().nullable(),
    busyBlocks: int().default(0),
    createdAt: instant(),
  },
});

/** Where the address belongs: it opens in its calendar's row alone. */
export function calendarUrlContext(calendarId: Id): string {
  return `teacher_calendars.url:${calendarId}`;
}

const HOUR = 3_600_000;
/** How often a calendar is asked that answers. */
const EVERY = HOUR / 2;
const LONGEST_PAUSE = 24 * HOUR;
/** Older busy times than that are told as such. */
const STALE_AFTER = 24 * HOUR;

/** A calendar that a teacher keeps elsewhere, read for its busy times. */
export class TeacherCalendar extends TeacherCalendarSchema.class {}
TeacherCalendarSchema.setClass(TeacherCalendar);

/** When it is asked again: soon while it answers, less and less often while it does not. */
export function nextFetch(now: Date, failures: number): Date {
  const pause = failures === 0 ? EVERY : Math.min(LONGEST_PAUSE, (EVERY / 2) * 2 ** failures);
  return new Date(now.getTime() + pause);
}

/** True when its busy times are too old to be relied on. */
export function isStale({ fetchedAt, createdAt }: { fetchedAt: Date | null; createdAt: Date }, now: Date): boolean {
  return now.getTime() - (fetchedAt ?? createdAt).getTime() > STALE_AFTER;
}
