import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../../platform/auth/actor.js';
import { AnsweringTransaction } from '../../../../platform/http/idempotency/answering-transaction.js';
import { Clock } from '../../../../platform/values/clock.js';
import type { Id } from '../../../../platform/values/id.js';
import { Charges } from '../../../finance/index.js';
import { checkMayDecide, checkMayLeave } from '../domain/class-policy.js';
import { EnrolmentReader, type EnrolmentView } from '../queries/enrolment-reader.js';
import { againWhenTaken } from './again-when-taken.js';
import { CourseEnrolments } from './course-enrolments.js';
import { CourseSeats } from './course-seats.js';
import { CoursesAtHand } from './courses-at-hand.js';

export interface WithdrawCommand {
  /** Staff only. Left out: what was charged goes until the course begins, and stays after that. */
  readonly keepCharge?: boolean;
}

/** A student leaves a course: his time and his seat are free again, and the next one on the waiting list is asked. */
@Injectable()
export class WithdrawFromCourse {
  constructor(
    readonly em: EntityManager,
    private readonly clock: Clock,
    private readonly atHand: CoursesAtHand,
    private readonly seats: CourseSeats,
    private readonly enrolments: CourseEnrolments,
    private readonly charges: Charges,
    private readonly reader: EnrolmentReader,
  ) {}

  /** @throws EnrolmentNotFound | EnrolmentEnded | CourseBegun | StaffEnrols */
  async execute(actor: Actor, enrolmentId: Id, { keepCharge }: WithdrawCommand): Promise<EnrolmentView> {
    return againWhenTaken(() => this.withdraw(actor, enrolmentId, keepCharge));
  }

  @AnsweringTransaction()
  private async withdraw(actor: Actor, enrolmentId: Id, keepCharge: boolean | undefined): Promise<EnrolmentView> {
    const { courseId } = await this.atHand.enrolment(actor, enrolmentId);
    checkMayDecide(actor, keepCharge);
    const course = await this.atHand.hold(null, courseId);
    const enrolment = await this.atHand.enrolment(actor, enrolmentId);
    const now = this.clock.now();
    await this.enrolments.end(enrolment, 'withdrawn');
    checkMayLeave(actor, course, now);
    if (!(keepCharge ?? now >= course.startsAt)) await this.charges.cancel('course', enrolment.chargedAs);
    await this.seats.free(course, enrolment.studentId);
    return this.reader.get(actor, enrolmentId);
  }
}
