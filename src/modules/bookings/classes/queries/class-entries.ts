import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { type ExpressionBuilder, sql } from 'kysely';
import { bin, schoolQuery, type Tables } from '../../../../platform/database/query.js';
import type { FacilitySchema } from '../../../schools/index.js';
import { type CalendarAsked, type CalendarEntry, ListsCalendarEntries } from '../../ports/calendar-entries.js';
import { comingStates } from '../domain/class-attendance.js';
import type { ClassTables } from './tables.js';

type Bin = ReturnType<typeof bin>;

const words = { da: { course: 'Hold', teacher: 'Lærer' }, en: { course: 'Course', teacher: 'Teacher' } };

/** Classes in calendars: a teacher's and the school's, and of a student those that he is to come to. */
@Injectable()
export class ClassEntries {
  constructor(private readonly em: EntityManager) {}

  @ListsCalendarEntries('classes')
  async list(asked: CalendarAsked): Promise<CalendarEntry[]> {
    if (asked.owner.kind === 'vehicle') return [];
    const told = words[asked.language];
    const classes = await classesOf(this.em, asked);
    return classes.map(({ id, version, changedAt, createdAt, startsAt, endsAt, state, ...row }) => ({
      uid: id,
      sequence: version - 1,
      changedAt: changedAt ?? createdAt,
      startsAt,
      endsAt,
      state: state === 'cancelled' ? 'cancelled' : 'confirmed',
      title: asked.owner.kind === 'school' ? `${row.topic} · ${row.teacher}` : row.topic,
      details: [`${told.course}: ${row.course}`, `${told.teacher}: ${row.teacher}`],
      place: row.room,
    }));
  }
}

function classesOf(em: EntityManager, { owner, range, cancelledSince, limit }: CalendarAsked) {
  // Asked of one person's calendar alone.
  const ownerId = owner.kind === 'school' ? null : bin(owner.id);
  return schoolQuery<ClassTables & Tables<typeof FacilitySchema>>(em)
    .selectFrom('class_sessions')
    .modifyFront(sql`straight_join`)
    .innerJoin('courses', (on) =>
      on
        .onRef('courses.school_id', '=', 'class_sessions.school_id')
        .onRef('courses.id', '=', 'class_sessions.course_id'),
    )
    .innerJoin('teachers', (on) =>
      on
        .onRef('teachers.school_id', '=', 'class_sessions.school_id')
        .onRef('teachers.id', '=', 'class_sessions.teacher_id'),
    )
    .leftJoin('facilities', (on) =>
      on
        .onRef('facilities.school_id', '=', 'class_sessions.school_id')
        .onRef('facilities.id', '=', 'class_sessions.room_id'),
    )
    .select(['class_sessions.id', 'class_sessions.version', 'class_sessions.changed_at as changedAt'])
    .select(['class_sessions.starts_at as startsAt', 'class_sessions.ends_at as endsAt', 'class_sessions.state'])
    .select(['class_sessions.topic', 'courses.name as course', 'courses.created_at as createdAt'])
    .select(['teachers.name as teacher', 'facilities.name as room'])
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
