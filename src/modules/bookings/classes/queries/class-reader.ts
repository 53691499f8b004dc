import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { bin, bins, schoolQuery, type Tables } from '../../../../platform/database/query.js';
import type { Id } from '../../../../platform/values/id.js';
import { Money } from '../../../../platform/values/money.js';
import type { FacilitySchema } from '../../../schools/index.js';
import { comingStates } from '../domain/class-attendance.js';
import type { ClassSessionState } from '../domain/class-session.js';
import type { CourseState } from '../domain/course-state.js';
import { sessionsWithParties } from './sessions-with-parties.js';
import type { ClassTables } from './tables.js';

/** A course as it stands now, with the words that a message about it needs. */
export interface CourseForMessage {
  readonly id: Id;
  readonly name: string;
  readonly state: CourseState;
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly price: Money;
  readonly teacherName: string;
  readonly teacherUserId: Id;
  readonly room: string | null;
  readonly cancelReason: string | null;
}

/** A session as it stands now. */
export interface ClassForMessage {
  readonly id: Id;
  readonly courseName: string;
  readonly topic: string;
  readonly state: ClassSessionState;
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly teacherName: string;
  readonly teacherUserId: Id;
  readonly room: string | null;
  readonly cancelReason: string | null;
  /** 1, and one more after each change. */
  readonly version: number;
  readonly changedAt: Date;
}

/** Somebody's place on a course or on its waiting list. */
export interface CoursePlaceForMessage {
  readonly courseId: Id;
  readonly studentUserId: Id;
  readonly state: string;
  readonly offeredUntil: Date | null;
}

/** What other modules read of classes. */
@Injectable()
export class ClassReader {
  constructor(private readonly em: EntityManager) {}

  /** A course of the current school, or null. */
  async course(id: Id): Promise<CourseForMessage | null> {
    const row = await this.db
      .selectFrom('courses')
      .innerJoin('teachers', (on) =>
        on.onRef('teachers.school_id', '=', 'courses.school_id').onRef('teachers.id', '=', 'courses.teacher_id'),
      )
      .leftJoin('facilities', (on) =>
        on.onRef('facilities.school_id', '=', 'courses.school_id').onRef('facilities.id', '=', 'courses.room_id'),
      )
      .select(['courses.id', 'courses.name', 'courses.state', 'courses.starts_at as startsAt'])
      .select(['courses.ends_at as endsAt', 'courses.price_minor', 'courses.currency'])
      .select(['courses.cancel_reason as cancelReason', 'teachers.name as teacherName', 'facilities.name as room'])
      .select('teachers.user_id as teacherUserId')
      .where('courses.id', '=', bin(id))
      .executeTakeFirst();
    if (!row) return null;
    const { price_minor, currency, ...course } = row;
    return { ...course, price: Money.of(price_minor, currency) };
  }

  /** A session of the current school, or null. */
  async session(id: Id): Promise<ClassForMessage | null> {
    const row = await this.sessions().where('class_sessions.id', '=', bin(id)).executeTakeFirst();
    return row ? dated(row) : null;
  }

  /** A course's sessions that have not begun at that moment, in order of time. */
  async sessionsAhead(courseId: Id, now: Date): Promise<ClassForMessage[]> {
    const rows = await this.sessions()
      .where('class_sessions.course_id', '=', bin(courseId))
      .where('class_sessions.starts_at', '>', now)
      .orderBy('class_sessions.starts_at')
      .execute();
    return rows.map(dated);
  }

  /** Whose enrolment it is, or null. */
  async enrolment(id: Id): Promise<CoursePlaceForMessage | null> {
    const row = await this.db
      .selectFrom('course_enrolments')
      .innerJoin('students', (on) =>
        on
          .onRef('students.school_id', '=', 'course_enrolments.school_id')
          .onRef('students.id', '=', 'course_enrolments.student_id'),
      )
      .select([
        'course_enrolments.course_id as courseId',
        'course_enrolments.state',
        'students.user_id as studentUserId',
      ])
      .where('course_enrolments.id', '=', bin(id))
      .executeTakeFirst();
    return row ? { ...row, offeredUntil: null } : null;
  }

  /** Whose place on a waiting list it is, or null. */
  async waiter(id: Id): Promise<CoursePlaceForMessage | null> {
    const row = await this.db
      .selectFrom('course_waiters')
      .innerJoin('students', (on) =>
        on
          .onRef('students.school_id', '=', 'course_waiters.school_id')
          .onRef('students.id', '=', 'course_waiters.student_id'),
      )
      .select([
        'course_waiters.course_id as courseId',
        'course_waiters.state',
        'course_waiters.offered_until as offeredUntil',
      ])
      .select('students.user_id as studentUserId')
      .where('course_waiters.id', '=', bin(id))
      .executeTakeFirst();
    return row ?? null;
  }

  /** The logins of those who are to come to a session, and of those who are excused from it. */
  async usersIn(sessionId: Id): Promise<Id[]> {
    const rows = await this.db
      .selectFrom('class_attendances')
      .innerJoin('students', (on) =>
        on
          .onRef('students.school_id', '=', 'class_attendances.school_id')
          .onRef('students.id', '=', 'class_attendances.student_id'),
      )
      .select('students.user_id as userId')
      .where('class_attendances.session_id', '=', bin(sessionId))
      .execute();
    return rows.map(({ userId }) => userId);
  }

  /** Whether that login's student is to come to a session, and is not excused from it. */
  async isComing(sessionId: Id, userId: Id): Promise<boolean> {
    const row = await this.db
      .selectFrom('class_attendances')
      .innerJoin('students', (on) =>
        on
          .onRef('students.school_id', '=', 'class_attendances.school_id')
          .onRef('students.id', '=', 'class_attendances.student_id'),
      )
      .select('class_attendances.id')
      .where('class_attendances.session_id', '=', bin(sessionId))
      .where('class_attendances.state', 'in', comingStates)
      .where('students.user_id', '=', bin(userId))
      .executeTakeFirst();
    return row !== undefined;
  }

  /** The logins of some students. */
  async usersOf(studentIds: readonly Id[]): Promise<Id[]> {
    if (studentIds.length === 0) return [];
    const rows = await this.db
      .selectFrom('students')
      .select('user_id as userId')
      .where('id', 'in', bins(studentIds))
      .execute();
    return rows.map(({ userId }) => userId);
  }

  private sessions() {
    return sessionsWithParties(this.em)
      .select(['class_sessions.id', 'class_sessions.topic', 'class_sessions.state', 'class_sessions.version'])
      .select(['class_sessions.starts_at as startsAt', 'class_sessions.ends_at as endsAt'])
      .select(['class_sessions.cancel_reason as cancelReason', 'class_sessions.changed_at as changedAt'])
      .select(['courses.name as courseName', 'courses.created_at as createdAt'])
      .select(['teachers.name as teacherName', 'teachers.user_id as teacherUserId', 'facilities.name as room']);
  }

  private get db() {
    return schoolQuery<ClassTables & Tables<typeof FacilitySchema>>(this.em);
  }
}

/** One that was never changed is as old as its course. */
function dated<Row extends { readonly changedAt: Date | null; readonly createdAt: Date }>({
  createdAt,
  changedAt,
  ...session
}: Row) {
  return { ...session, changedAt: changedAt ?? createdAt };
}
