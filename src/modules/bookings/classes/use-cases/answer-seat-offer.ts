import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../../../../platform/audit/audit.js';
import type { Actor } from '../../../../platform/auth/actor.js';
import { AnsweringTransaction } from '../../../../platform/http/idempotency/answering-transaction.js';
import { Clock } from '../../../../platform/values/clock.js';
import type { Id } from '../../../../platform/values/id.js';
import { StudentDirectory } from '../../../students/index.js';
import { checkMayDecide, checkMayEnrol } from '../domain/class-policy.js';
import type { CourseWaiter } from '../domain/course-waiter.js';
import type { Course } from '../domain/course.js';
import { EnrolmentReader, type EnrolmentView } from '../queries/enrolment-reader.js';
import { WaiterReader, type WaiterView } from '../queries/waiter-reader.js';
import { againWhenTaken } from './again-when-taken.js';
import { CourseEnrolments } from './course-enrolments.js';
import { CourseSeats } from './course-seats.js';
import { CoursesAtHand } from './courses-at-hand.js';

/** Says yes to the seat that is kept for a student, or no more to waiting. */
@Injectable()
export class AnswerSeatOffer {
  constructor(
    readonly em: EntityManager,
    private readonly clock: Clock,
    private readonly students: StudentDirectory,
    private readonly atHand: CoursesAtHand,
    private readonly seats: CourseSeats,
    private readonly enrolments: CourseEnrolments,
    private readonly enrolmentReader: EnrolmentReader,
    private readonly waiters: WaiterReader,
    private readonly audit: Audit,
  ) {}

  /** @throws WaiterNotFound | NoOfferOpen | CourseClosed | StudentMayNotEnrol | StudentBusy | StaffEnrols */
  async accept(actor: Actor, waiterId: Id, excuseBusy: boolean | undefined): Promise<EnrolmentView> {
    return againWhenTaken(() => this.enrol(actor, waiterId, excuseBusy));
  }

  /** @throws WaiterNotFound | NoOfferOpen when he is on the list no longer */
  async leave(actor: Actor, waiterId: Id): Promise<WaiterView> {
    return againWhenTaken(() => this.giveUp(actor, waiterId));
  }

  @AnsweringTransaction()
  private async enrol(actor: Actor, waiterId: Id, excuseBusy: boolean | undefined): Promise<EnrolmentView> {
    const { course, waiter } = await this.held(actor, waiterId);
    checkMayDecide(actor, excuseBusy);
    waiter.accept(this.clock.now());
    course.do('change');
    const student = await this.students.get(waiter.studentId);
    // He was asked, so that whether students enrol themselves is no question any more.
    checkMayEnrol(actor, { selfEnrolment: true }, student);
    const { id } = await this.enrolments.start(actor, course, student, { excuseBusy: excuseBusy ?? false });
    return this.enrolmentReader.get(actor, id);
  }

  @AnsweringTransaction()
  private async giveUp(actor: Actor, waiterId: Id): Promise<WaiterView> {
    const { course, waiter } = await this.held(actor, waiterId);
    const hadSeat = waiter.state === 'offered';
    waiter.close('left');
    await this.em.flush();
    if (hadSeat) await this.seats.free(course, waiter.studentId);
    const details = { studentId: waiter.studentId, courseId: course.id };
    await this.audit.record({ action: 'course.waiting_list_left', subjectId: waiterId, details });
    return this.waiters.get(actor, waiterId);
  }

  private async held(actor: Actor, waiterId: Id): Promise<{ course: Course; waiter: CourseWaiter }> {
    const { courseId } = await this.atHand.waiter(actor, waiterId);
    const course = await this.atHand.hold(null, courseId);
    return { course, waiter: await this.atHand.waiter(actor, waiterId) };
  }
}
