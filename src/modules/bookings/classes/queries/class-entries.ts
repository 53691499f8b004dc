import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { type ExpressionBuilder, sql } from 'kysely';
import { bin } from '../../../../platform/database/query.js';
import { type CalendarAsked, type CalendarEntry, ListsCalendarEntries } from '../../ports/calendar-entries.js';
import { comingStates } from '../domain/class-attendance.js';
import { classEntry } from '../domain/class-entry.js';
import { sessionsWithParties } from './sessions-with-parties.js';
import type { ClassTables } from './tables.js';

type Bin = ReturnType<typeof bin>;

/** Classes in calendars: a teacher's and the school's, and of a student those that he is to come to. */
@Injectable()
export class ClassEntries {
  constructor(private readonly em: EntityManager) {}

  @ListsCalendarEntries('classes')
  async list(asked: CalendarAsked): Promise<CalendarEntry[]> {
    if (asked.owner.kind === 'vehicle') return [];
    const classes = await classesOf(this.em, asked);
    return classes.map(({ changedAt, createdAt, ...row }) =>
      classEntry({ ...row, changedAt: changedAt ?? createdAt }, asked),
    );
  }
}

function classesOf(em: EntityManager, { owner, range, cancelledSince, limit }: CalendarAsked) {
  // Asked of one person's calendar alone.
  const ownerId = owner.kind === 'school' ? null : bin(owner.id);
  return sessionsWithParties(em)
    .modifyFront(sql`straight_join`)
    .select(['class_sessions.id', 'class_sessions.version', 'class_sessions.changed_at as changedAt'])
    .select(['class_sessions.starts_at as startsAt', 'class_sessions.ends_at as endsAt', 'class_sessions.state'])
    .select(['class_sessions.topic', 'courses.name as courseName', 'courses.created_at as createdAt'])
    .select(['teachers.name as teacherName', 'facilities.name as room'])
    .where('class_sessions.starts_at', '>=', range.start)
    .where('class_sessions.starts_at', '<', range.end)
    .where((row) =>
      row.or([row('class_sessions.state', '=', 'planned'), row('class_sessions.changed_at', '>=', cancelledSince)]),
    )
    .$if(owner.kind === 'teacher', (query) => query.where('class_sessions.teacher_id', '=', ownerId!))
    .$if(owner.kind === 'student', (query) =>
      query.where('courses.state', '!=', 'draft').where((row) =>
        row.or([
          row.exists(attendancesOf(row, ownerId!).where('class_attendances.state', 'in', comingStates)),
          row.and([
            row('class_sessions.state', '=', 'cancelled'),
            // Nobody is to come any more: whoever was on the course then was to, unless he was excused.
            row.exists(enrolmentsThen(row, ownerId!)),
            row.not(row.exists(attendancesOf(row, ownerId!))),
          ]),
        ]),
      ),
    )
    .orderBy('class_sessions.starts_at')
    .orderBy('class_sessions.id')
    .limit(limit)
    .execute();
}

type SessionRow = ExpressionBuilder<ClassTables, 'class_sessions'>;

function attendancesOf(row: SessionRow, studentId: Bin) {
  return row
    .selectFrom('class_attendances')
    .select('class_attendances.id')
    .whereRef('class_attendances.session_id', '=', 'class_sessions.id')
    .where('class_attendances.student_id', '=', studentId);
}

/** On the course when the session was cancelled. */
function enrolmentsThen(row: SessionRow, studentId: Bin) {
  return row
    .selectFrom('course_enrolments')
    .select('course_enrolments.id')
    .whereRef('course_enrolments.school_id', '=', 'class_sessions.school_id')
    .where('course_enrolments.student_id', '=', studentId)
    .whereRef('course_enrolments.course_id', '=', 'class_sessions.course_id')
    .whereRef('course_enrolments.enrolled_at', '<=', 'class_sessions.changed_at')
    .where((enrolment) =>
      enrolment.or([
        enrolment('course_enrolments.left_at', 'is', null),
        enrolment('course_enrolments.left_at', '>=', enrolment.ref('class_sessions.changed_at')),
      ]),
    );
}
