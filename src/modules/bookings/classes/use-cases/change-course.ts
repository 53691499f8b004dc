import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../../../../platform/audit/audit.js';
import { changedFields } from '../../../../platform/audit/changed-fields.js';
import type { Actor } from '../../../../platform/auth/actor.js';
import { Transaction } from '../../../../platform/database/transaction.js';
import { assertAsSeen } from '../../../../platform/http/conditional/precondition.js';
import { Clock } from '../../../../platform/values/clock.js';
import { given } from '../../../../platform/values/given.js';
import type { Id } from '../../../../platform/values/id.js';
import { ClassSession } from '../domain/class-session.js';
import { CapacityTaken, CourseNotOver } from '../domain/course-problems.js';
import type { Course } from '../domain/course.js';
import { CourseReader, type CourseView } from '../queries/course-reader.js';
import { ClassAttendances } from './class-attendances.js';
import { CourseSeats } from './course-seats.js';
import { CoursesAtHand } from './courses-at-hand.js';

export interface CourseChange {
  readonly name?: string;
  readonly capacity?: number;
  readonly selfEnrolment?: boolean;
  readonly offerHours?: number;
}

/** Changes a course, opens it for students, closes it or says that it is over. */
@Injectable()
export class ChangeCourse {
  constructor(
    readonly em: EntityManager,
    private readonly clock: Clock,
    private readonly atHand: CoursesAtHand,
    private readonly seats: CourseSeats,
    private readonly attendances: ClassAttendances,
    private readonly reader: CourseReader,
    private readonly audit: Audit,
  ) {}

  /** More seats go to those who wait. @throws CourseNotFound | CourseClosed | CapacityTaken */
  @Transaction()
  async execute(actor: Actor, courseId: Id, change: CourseChange): Promise<CourseView> {
    const course = await this.atHand.hold(actor, courseId);
    await assertAsSeen(() => this.reader.get(actor, courseId));
    course.do('change');
    if (change.capacity !== undefined) await this.checkCapacity(course, change.capacity);
    const fields = changedFields(course, change);
    Object.assign(course, given(change));
    await this.em.flush();
    await this.seats.closeUp(course);
    await this.seats.offerFree(course);
    await this.audit.record({ action: 'course.updated', subjectId: courseId, details: { fields } });
    return this.reader.get(actor, courseId);
  }

  /** @throws CourseNotFound | CourseClosed | CourseNotOver */
  @Transaction()
  async turn(actor: Actor, courseId: Id, verb: 'open' | 'close' | 'complete'): Promise<CourseView> {
    const course = await this.atHand.hold(actor, courseId);
    course.do(verb);
    if (verb === 'complete') await this.end(course);
    await this.em.flush();
    if (verb === 'open') await this.seats.offerFree(course);
    await this.audit.record({ action: `course.${pastOf[verb]}`, subjectId: courseId });
    return this.reader.get(actor, courseId);
  }

  private async end(course: Course): Promise<void> {
    const ahead = { courseId: course.id, state: 'planned' as const, endsAt: { $gt: this.clock.now() } };
    if ((await this.em.count(ClassSession, ahead)) > 0) throw new CourseNotOver();
    await this.seats.sendWaitersAway(course);
  }

  private async checkCapacity(course: Course, capacity: number): Promise<void> {
    const taken = (await this.seats.taken(course.id)).length;
    const ahead = { courseId: course.id, state: 'planned' as const, startsAt: { $gt: this.clock.now() } };
    const sessions = await this.em.find(ClassSession, ahead);
    const coming = await this.attendances.coming(sessions.map(({ id }) => id));
    const most = Math.max(taken, ...coming.values());
    if (capacity < most) throw new CapacityTaken(most);
  }
}

const pastOf = { open: 'opened', close: 'closed', complete: 'completed' } as const;
