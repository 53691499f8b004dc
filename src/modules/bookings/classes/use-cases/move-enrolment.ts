import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../../platform/auth/actor.js';
import { AnsweringTransaction } from '../../../../platform/http/idempotency/answering-transaction.js';
import { Clock } from '../../../../platform/values/clock.js';
import type { Id } from '../../../../platform/values/id.js';
import { StudentDirectory } from '../../../students/index.js';
import { checkMayDecide, checkMayEnrol, checkMayLeave } from '../domain/class-policy.js';
import { SameCourse } from '../domain/course-problems.js';
import type { Course } from '../domain/course.js';
import { EnrolmentReader, type EnrolmentView } from '../queries/enrolment-reader.js';
import { againWhenTaken } from './again-when-taken.js';
import { CourseEnrolments } from './course-enrolments.js';
import { CourseSeats } from './course-seats.js';
import { CoursesAtHand, unknownCourse } from './courses-at-hand.js';

export interface MoveEnrolmentCommand {
  readonly courseId: Id;
  /** Staff only. */
  readonly excuseBusy?: boolean;
}

/** Moves a student to another course: both seats change hands at once or neither. At the same price nothing is charged anew. */
@Injectable()
export class MoveEnrolment {
  constructor(
    readonly em: EntityManager,
    private readonly clock: Clock,
    private readonly students: StudentDirectory,
    private readonly atHand: CoursesAtHand,
    private readonly seats: CourseSeats,
    private readonly enrolments: CourseEnrolments,
    private readonly reader: EnrolmentReader,
  ) {}

  /** @throws EnrolmentNotFound | EnrolmentEnded | SameCourse | UnknownCourseReference | CourseClosed | CourseFull | StudentBusy | CourseBegun | StaffEnrols */
  async execute(actor: Actor, enrolmentId: Id, command: MoveEnrolmentCommand): Promise<EnrolmentView> {
    return againWhenTaken(() => this.move(actor, enrolmentId, command));
  }

  @AnsweringTransaction()
  private async move(
    actor: Actor,
    enrolmentId: Id,
    { courseId, excuseBusy }: MoveEnrolmentCommand,
  ): Promise<EnrolmentView> {
    const known = await this.atHand.enrolment(actor, enrolmentId);
    checkMayDecide(actor, excuseBusy);
    if (known.courseId === courseId) throw new SameCourse();
    const [from, to] = await this.holdBoth(actor, known.courseId, courseId);
    const enrolment = await this.atHand.enrolment(actor, enrolmentId);
    const student = await this.students.get(enrolment.studentId);
    await this.enrolments.end(enrolment, 'moved');
    checkMayLeave(actor, from, this.clock.now());
    to.do('enrol');
    checkMayEnrol(actor, to, student);
    await this.seats.take(to, student.id);
    const moved = await this.enrolments.start(actor, to, student, {
      excuseBusy: excuseBusy ?? false,
      movedFrom: enrolment,
    });
    await this.seats.free(from, student.id);
    return this.reader.get(actor, moved.id);
  }

  /** Always in the order of their ids, so that two who swap courses wait for each other instead of deadlocking. */
  private async holdBoth(actor: Actor, from: Id, to: Id): Promise<[Course, Course]> {
    const held = new Map<Id, Course>();
    for (const id of [from, to].sort())
      held.set(id, await this.atHand.hold(id === to ? actor : null, id).catch(unknownCourse));
    return [held.get(from)!, held.get(to)!];
  }
}
