import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../../../../platform/audit/audit.js';
import type { Actor } from '../../../../platform/auth/actor.js';
import { AnsweringTransaction } from '../../../../platform/http/idempotency/answering-transaction.js';
import { Outbox } from '../../../../platform/outbox/outbox.js';
import { Clock } from '../../../../platform/values/clock.js';
import type { Id } from '../../../../platform/values/id.js';
import { Charges } from '../../../finance/index.js';
import { Calendar } from '../../domain/calendar/claims.js';
import { ClassSession } from '../domain/class-session.js';
import { CourseEnrolment } from '../domain/course-enrolment.js';
import { CourseSeat } from '../domain/course-seat.js';
import type { Course } from '../domain/course.js';
import { CourseCancelled } from '../domain/events.js';
import { CourseReader, type CourseView } from '../queries/course-reader.js';
import { againWhenTaken } from './again-when-taken.js';
import { ClassAttendances } from './class-attendances.js';
import { CourseSeats } from './course-seats.js';
import { CoursesAtHand } from './courses-at-hand.js';

export interface CancelCourseCommand {
  readonly reason?: string;
  /** Left out: what was charged goes until the course begins, and stays after that. */
  readonly keepCharges?: boolean;
}

/** Cancels a course: the sessions still to come, and everybody's enrolment; each student is told once. */
@Injectable()
export class CancelCourse {
  constructor(
    readonly em: EntityManager,
    private readonly clock: Clock,
    private readonly outbox: Outbox,
    private readonly atHand: CoursesAtHand,
    private readonly seats: CourseSeats,
    private readonly attendances: ClassAttendances,
    private readonly calendar: Calendar,
    private readonly charges: Charges,
    private readonly reader: CourseReader,
    private readonly audit: Audit,
  ) {}

  /** @throws CourseNotFound | CourseClosed */
  async execute(actor: Actor, courseId: Id, command: CancelCourseCommand): Promise<CourseView> {
    return againWhenTaken(() => this.cancel(actor, courseId, command));
  }

  @AnsweringTransaction()
  private async cancel(actor: Actor, courseId: Id, command: CancelCourseCommand): Promise<CourseView> {
    const course = await this.atHand.hold(actor, courseId);
    const now = this.clock.now();
    course.do('cancel');
    course.cancelReason = command.reason ?? null;
    const guests = await this.cancelSessions(course, now);
    const students = await this.endEnrolments(course, now, command.keepCharges ?? now >= course.startsAt);
    await this.seats.sendWaitersAway(course);
    await this.em.nativeDelete(CourseSeat, { courseId });
    const studentIds = [...new Set([...students, ...guests])];
    await this.outbox.record(new CourseCancelled({ courseId, studentIds }));
    await this.audit.record({
      action: 'course.cancelled',
      subjectId: courseId,
      details: { students: students.length },
    });
    return this.reader.get(actor, courseId);
  }

  private async cancelSessions({ id: courseId, cancelReason }: Course, now: Date): Promise<Id[]> {
    const ahead = { courseId, state: 'planned' as const, startsAt: { $gt: now } };
    const sessions = await this.em.find(ClassSession, ahead, { orderBy: { startsAt: 'asc' } });
    const students: Id[] = [];
    for (const session of sessions) {
      await this.calendar.release(session.id);
      students.push(...(await this.attendances.clear(session.id)));
      session.cancel(cancelReason ?? null, now);
    }
    await this.em.flush();
    return students;
  }

  private async endEnrolments({ id: courseId }: Course, now: Date, keepCharges: boolean): Promise<Id[]> {
    const enrolments = await this.em.find(CourseEnrolment, { courseId, state: 'enrolled' });
    for (const enrolment of enrolments) {
      enrolment.end('withdrawn', now);
      if (!keepCharges) await this.charges.cancel('course', enrolment.chargedAs);
    }
    await this.em.flush();
    return enrolments.map(({ studentId }) => studentId);
  }
}
