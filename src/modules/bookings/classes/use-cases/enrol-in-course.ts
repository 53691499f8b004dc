import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../../platform/auth/actor.js';
import { AnsweringTransaction } from '../../../../platform/http/idempotency/answering-transaction.js';
import type { Id } from '../../../../platform/values/id.js';
import { OwnStudents, type StudentRecord } from '../../../students/index.js';
import { checkMayDecide, checkMayEnrol } from '../domain/class-policy.js';
import { CourseStudentRequired } from '../domain/course-problems.js';
import { CourseReader } from '../queries/course-reader.js';
import { EnrolmentReader, type EnrolmentView } from '../queries/enrolment-reader.js';
import { againWhenTaken } from './again-when-taken.js';
import { CourseEnrolments } from './course-enrolments.js';
import { CourseSeats } from './course-seats.js';
import { CoursesAtHand } from './courses-at-hand.js';

export interface EnrolCommand {
  /** Left out by students, who enrol themselves, and by guardians of one student. */
  readonly studentId?: Id;
  /** Staff only. */
  readonly excuseBusy?: boolean;
}

/** Gives a student a seat on a course: in all its sessions that are still to come, at its price. */
@Injectable()
export class EnrolInCourse {
  constructor(
    readonly em: EntityManager,
    private readonly students: OwnStudents,
    private readonly courses: CourseReader,
    private readonly atHand: CoursesAtHand,
    private readonly seats: CourseSeats,
    private readonly enrolments: CourseEnrolments,
    private readonly reader: EnrolmentReader,
  ) {}

  /** @throws CourseNotFound | CourseClosed | CourseFull | AlreadyEnrolled | StudentBusy | StaffEnrols | StudentMayNotEnrol */
  async execute(actor: Actor, courseId: Id, { studentId, excuseBusy }: EnrolCommand): Promise<EnrolmentView> {
    checkMayDecide(actor, excuseBusy);
    const student = await this.students.meant(actor, studentId);
    if (!student) throw new CourseStudentRequired();
    await this.seats.checkNotFull(await this.courses.get(actor, courseId));
    return againWhenTaken(() => this.enrol(actor, courseId, student, excuseBusy ?? false));
  }

  @AnsweringTransaction()
  private async enrol(actor: Actor, courseId: Id, student: StudentRecord, excuseBusy: boolean): Promise<EnrolmentView> {
    const course = await this.atHand.hold(actor, courseId);
    course.do('enrol');
    checkMayEnrol(actor, course, student);
    await this.seats.take(course, student.id);
    const { id } = await this.enrolments.start(actor, course, student, { excuseBusy });
    return this.reader.get(actor, id);
  }
}
