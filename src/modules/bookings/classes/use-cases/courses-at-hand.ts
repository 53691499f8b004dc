import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../../platform/auth/actor.js';
import { bin, globalQuery } from '../../../../platform/database/query.js';
import { assertTransaction } from '../../../../platform/database/transaction.js';
import { currentSchool } from '../../../../platform/tenancy/tenancy.js';
import type { Id } from '../../../../platform/values/id.js';
import { OwnStudents } from '../../../students/index.js';
import { ClassAttendance } from '../domain/class-attendance.js';
import { ClassSession } from '../domain/class-session.js';
import { CourseEnrolment } from '../domain/course-enrolment.js';
import {
  AttendanceNotFound,
  ClassNotFound,
  CourseNotFound,
  EnrolmentNotFound,
  UnknownCourseReference,
  WaiterNotFound,
} from '../domain/course-problems.js';
import { CourseWaiter } from '../domain/course-waiter.js';
import { Course } from '../domain/course.js';
import type { ClassTables } from '../queries/tables.js';

/**
 * Loads what is to be changed, for those who may know of it. Whoever changes a course's seats or sessions bumps its version first,
 * so that they wait for each other and read what is; the calendar's claims come after it, and nobody who has claims waits for a course.
 */
@Injectable()
export class CoursesAtHand {
  constructor(
    private readonly em: EntityManager,
    private readonly ownStudents: OwnStudents,
  ) {}

  /** @throws CourseNotFound also to whoever is not staff while it is being planned */
  async hold(actor: Actor | null, courseId: Id): Promise<Course> {
    assertTransaction('CoursesAtHand.hold()');
    await globalQuery<ClassTables>(this.em)
      .updateTable('courses')
      .set((row) => ({ version: row('version', '+', 1) }))
      .where('school_id', '=', bin(currentSchool()))
      .where('id', '=', bin(courseId))
      .execute();
    const course = await this.em.findOne(Course, { id: courseId }, { refresh: true });
    if (!course || (actor && !actor.isStaff && course.state === 'draft')) throw new CourseNotFound();
    return course;
  }

  /** @throws ClassNotFound */
  async holdSession(actor: Actor, sessionId: Id): Promise<{ course: Course; session: ClassSession }> {
    const known = await this.em.findOne(ClassSession, { id: sessionId });
    if (!known) throw new ClassNotFound();
    const course = await this.hold(actor, known.courseId).catch(unknownClass);
    return { course, session: await this.em.findOneOrFail(ClassSession, { id: sessionId }, { refresh: true }) };
  }

  /** @throws EnrolmentNotFound also when it is another student's: to him it does not exist */
  async enrolment(actor: Actor, id: Id): Promise<CourseEnrolment> {
    const found = await this.em.findOne(CourseEnrolment, { id }, { refresh: true });
    if (!found || !(await this.ownStudents.includes(actor, found.studentId))) throw new EnrolmentNotFound();
    return found;
  }

  /** @throws WaiterNotFound also when it is another student's */
  async waiter(actor: Actor, id: Id): Promise<CourseWaiter> {
    const found = await this.em.findOne(CourseWaiter, { id }, { refresh: true });
    if (!found || !(await this.ownStudents.includes(actor, found.studentId))) throw new WaiterNotFound();
    return found;
  }

  /** @throws AttendanceNotFound also when it is another student's */
  async attendance(actor: Actor, id: Id): Promise<ClassAttendance> {
    const found = await this.em.findOne(ClassAttendance, { id }, { refresh: true });
    if (!found || !(await this.ownStudents.includes(actor, found.studentId))) throw new AttendanceNotFound();
    return found;
  }
}

/** For a course that a field names. */
export function unknownCourse(error: unknown): never {
  throw error instanceof CourseNotFound ? new UnknownCourseReference('courseId') : error;
}

function unknownClass(error: unknown): never {
  throw error instanceof CourseNotFound ? new ClassNotFound() : error;
}
