import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../../../../platform/audit/audit.js';
import type { Actor } from '../../../../platform/auth/actor.js';
import { assertTransaction } from '../../../../platform/database/transaction.js';
import { Outbox } from '../../../../platform/outbox/outbox.js';
import { Clock } from '../../../../platform/values/clock.js';
import { Charges } from '../../../finance/index.js';
import type { StudentRecord } from '../../../students/index.js';
import { CourseEnrolment } from '../domain/course-enrolment.js';
import type { Course } from '../domain/course.js';
import { StudentJoinedCourse, StudentLeftCourse } from '../domain/events.js';
import { ClassAttendances } from './class-attendances.js';

export interface Enrolling {
  /** Where the student has something else he is excused, instead of being refused. */
  readonly excuseBusy: boolean;
  /** The enrolment that this one goes on from, ended already: at the same price nothing is charged anew. */
  readonly movedFrom?: CourseEnrolment;
}

/**
 * The one place where a student comes to a course and leaves it: attendance, claims, what it costs, its event and the audit log
 * change together. Each verb joins the transaction of a caller who holds the course and has seen to the seat.
 */
@Injectable()
export class CourseEnrolments {
  constructor(
    private readonly em: EntityManager,
    private readonly clock: Clock,
    private readonly outbox: Outbox,
    private readonly attendances: ClassAttendances,
    private readonly charges: Charges,
    private readonly audit: Audit,
  ) {}

  /** @throws StudentBusy | SlotBusy, which must roll the transaction back */
  async start(
    actor: Actor,
    course: Course,
    student: StudentRecord,
    { excuseBusy, movedFrom }: Enrolling,
  ): Promise<CourseEnrolment> {
    assertTransaction('CourseEnrolments.start()');
    const { id: courseId, schoolId, price } = course;
    const who = { schoolId, courseId, studentId: student.id, price, createdBy: actor.id };
    const enrolment = CourseEnrolment.of(who, this.clock.now());
    const isPaid = movedFrom?.price.equals(price) ?? false;
    if (movedFrom && isPaid) enrolment.chargedAs = movedFrom.chargedAs;
    this.em.persist(enrolment);
    await this.em.flush();
    await this.attendances.expect(course, enrolment, student, excuseBusy);
    if (movedFrom && !isPaid) await this.charges.cancel('course', movedFrom.chargedAs);
    if (isPaid) await this.charges.deliverAt(['course'], [enrolment.chargedAs], course.startsAt);
    else await this.charge(course, enrolment);
    await this.outbox.record(new StudentJoinedCourse({ enrolmentId: enrolment.id }));
    const details = { studentId: student.id, courseId };
    await this.audit.record({ action: 'course.student_enrolled', subjectId: enrolment.id, details });
    return enrolment;
  }

  /** @throws EnrolmentEnded */
  async end(enrolment: CourseEnrolment, how: 'withdrawn' | 'moved'): Promise<void> {
    assertTransaction('CourseEnrolments.end()');
    enrolment.end(how, this.clock.now());
    await this.em.flush();
    await this.attendances.forget(enrolment.id);
    await this.outbox.record(new StudentLeftCourse({ enrolmentId: enrolment.id }));
    const { id: subjectId, studentId, courseId } = enrolment;
    await this.audit.record({ action: `course.student_${how}`, subjectId, details: { studentId, courseId } });
  }

  private async charge(
    { name, price, vatRateBp, startsAt }: Course,
    { chargedAs, studentId }: CourseEnrolment,
  ): Promise<void> {
    if (!price.isPositive) return;
    const what = { source: 'course' as const, sourceId: chargedAs, description: name, deliversAt: startsAt };
    await this.charges.record({ studentId, ...what, gross: price, vatRateBp });
  }
}
