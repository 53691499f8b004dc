import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../../../../platform/audit/audit.js';
import type { Actor } from '../../../../platform/auth/actor.js';
import { Transaction } from '../../../../platform/database/transaction.js';
import { Outbox } from '../../../../platform/outbox/outbox.js';
import { Clock } from '../../../../platform/values/clock.js';
import type { Id } from '../../../../platform/values/id.js';
import { OwnStudents } from '../../../students/index.js';
import { checkMayEnrol } from '../domain/class-policy.js';
import { AlreadyEnrolled, AlreadyWaiting, CourseStudentRequired, SeatsFree } from '../domain/course-problems.js';
import { CourseWaitingListJoined } from '../domain/events.js';
import { CourseWaiter } from '../domain/course-waiter.js';
import { WaiterReader, type WaiterView } from '../queries/waiter-reader.js';
import { CourseSeats } from './course-seats.js';
import { CoursesAtHand, unknownCourse } from './courses-at-hand.js';

/** Puts a student at the end of a full course's waiting list. */
@Injectable()
export class JoinCourseWaitingList {
  constructor(
    readonly em: EntityManager,
    private readonly clock: Clock,
    private readonly students: OwnStudents,
    private readonly atHand: CoursesAtHand,
    private readonly seats: CourseSeats,
    private readonly reader: WaiterReader,
    private readonly audit: Audit,
    private readonly outbox: Outbox,
  ) {}

  /** @throws UnknownCourseReference | CourseClosed | SeatsFree | AlreadyEnrolled | AlreadyWaiting | StaffEnrols | StudentMayNotEnrol | CourseStudentRequired */
  @Transaction()
  async execute(actor: Actor, courseId: Id, given: Id | undefined): Promise<WaiterView> {
    const student = await this.students.meant(actor, given);
    if (!student) throw new CourseStudentRequired();
    const course = await this.atHand.hold(actor, courseId).catch(unknownCourse);
    course.do('enrol');
    checkMayEnrol(actor, course, student);
    const waiting = { courseId, studentId: student.id, state: { $in: ['waiting' as const, 'offered' as const] } };
    if (await this.em.findOne(CourseWaiter, waiting)) throw new AlreadyWaiting();
    const seats = await this.seats.taken(courseId);
    if (seats.some(({ studentId }) => studentId === student.id)) throw new AlreadyEnrolled();
    if (seats.length < course.capacity) throw new SeatsFree();
    const who = { schoolId: course.schoolId, courseId, studentId: student.id, createdBy: actor.id };
    const waiter = CourseWaiter.join(who, this.clock.now());
    await this.em.persist(waiter).flush();
    await this.outbox.record(new CourseWaitingListJoined({ waiterId: waiter.id }));
    const details = { studentId: student.id, courseId };
    await this.audit.record({ action: 'course.waiting_list_joined', subjectId: waiter.id, details });
    return this.reader.get(actor, waiter.id);
  }
}
