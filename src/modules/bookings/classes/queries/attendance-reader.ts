import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import type { Actor } from '../../../../platform/auth/actor.js';
import { type Asked, byInstant, is, isIdOf, List } from '../../../../platform/database/list.js';
import { bin, schoolQuery } from '../../../../platform/database/query.js';
import { mapPage, type Page } from '../../../../platform/http/paging.js';
import type { Id } from '../../../../platform/values/id.js';
import { ofStudents, OwnStudents } from '../../../students/index.js';
import type { Named } from '../../domain/diary-item.js';
import type { AttendanceState } from '../domain/class-attendance.js';
import { AttendanceNotFound } from '../domain/course-problems.js';
import type { ClassTables } from './tables.js';

export interface AttendanceView {
  readonly id: Id;
  readonly classId: Id;
  readonly course: Named;
  readonly number: number;
  readonly topic: string;
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly student: Named;
  readonly state: AttendanceState;
  /** The attendance that a guest of another course catches up; null for whoever belongs to the course. */
  readonly catchesUpId: Id | null;
  readonly guest: boolean;
}

export const attendanceList = new List({
  id: 'class_attendances.id',
  sorts: { startsAt: byInstant('class_attendances.starts_at') },
  defaultSort: 'startsAt',
  filters: {
    classId: isIdOf('class_attendances.session_id'),
    state: is<AttendanceState>('class_attendances.state'),
  },
});

export type AttendancesAsked = Asked<typeof attendanceList> & { readonly studentId?: Id };

/** Who comes to which session; students see their own, which is their timetable. */
@Injectable()
export class AttendanceReader {
  constructor(
    private readonly em: EntityManager,
    private readonly ownStudents: OwnStudents,
  ) {}

  /** @throws StudentNotFound also when a student asks for another's */
  async list(actor: Actor, asked: AttendancesAsked): Promise<Page<AttendanceView>> {
    const students = await this.ownStudents.asked(actor, asked.studentId);
    const own = attendancesIn(this.em).where(ofStudents(students, 'class_attendances.student_id'));
    return mapPage(await attendanceList.page(own, asked), viewOf);
  }

  /** @throws AttendanceNotFound also when it is another student's */
  async get(actor: Actor, id: Id): Promise<AttendanceView> {
    const row = await attendancesIn(this.em).where('class_attendances.id', '=', bin(id)).executeTakeFirst();
    if (!row || !(await this.ownStudents.includes(actor, row.student_id))) throw new AttendanceNotFound();
    return viewOf(row);
  }
}

function attendancesIn(em: EntityManager) {
  return (
    schoolQuery<ClassTables>(em)
      .selectFrom('class_attendances')
      // Attendances first, in the order of their index.
      .modifyFront(sql`straight_join`)
      .innerJoin('class_sessions', (on) =>
        on
          .onRef('class_sessions.school_id', '=', 'class_attendances.school_id')
          .onRef('class_sessions.id', '=', 'class_attendances.session_id'),
      )
      .innerJoin('courses', (on) =>
        on
          .onRef('courses.school_id', '=', 'class_sessions.school_id')
          .onRef('courses.id', '=', 'class_sessions.course_id'),
      )
      .innerJoin('students', (on) =>
        on
          .onRef('students.school_id', '=', 'class_attendances.school_id')
          .onRef('students.id', '=', 'class_attendances.student_id'),
      )
      .select(['class_attendances.id', 'class_attendances.state', 'class_attendances.catches_up_id'])
      .select('class_attendances.enrolment_id')
      .select(['class_sessions.id as class_id', 'class_sessions.number', 'class_sessions.topic'])
      .select(['class_sessions.starts_at', 'class_sessions.ends_at'])
      .select(['courses.id as course_id', 'courses.name as course_name'])
      .select(['students.id as student_id', 'students.name as student_name'])
  );
}

type Row = Awaited<ReturnType<ReturnType<typeof attendancesIn>['execute']>>[number];

function viewOf(row: Row): AttendanceView {
  return {
    id: row.id,
    classId: row.class_id,
    course: { id: row.course_id, name: row.course_name },
    number: row.number,
    topic: row.topic,
    startsAt: row.starts_at,
    endsAt: row.ends_at,
    student: { id: row.student_id, name: row.student_name },
    state: row.state,
    catchesUpId: row.catches_up_id,
    guest: row.enrolment_id === null,
  };
}
