import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../../../../platform/audit/audit.js';
import type { Actor } from '../../../../platform/auth/actor.js';
import { AnsweringTransaction } from '../../../../platform/http/idempotency/answering-transaction.js';
import { Outbox } from '../../../../platform/outbox/outbox.js';
import { Clock } from '../../../../platform/values/clock.js';
import { ClassSession } from '../domain/class-session.js';
import { Course } from '../domain/course.js';
import { CoursePlanned } from '../domain/events.js';
import { CourseReader, type CourseView } from '../queries/course-reader.js';
import { againWhenTaken } from './again-when-taken.js';
import { checkPlaceable, ClassPlacer } from './class-placer.js';
import { CourseDrafts, type CourseDraft, type PlanCourseCommand } from './course-drafts.js';

const DEFAULT_OFFER_HOURS = 24;

/** Makes a course of a plan: its sessions on their dates, with teacher and room claimed for all of them or none. */
@Injectable()
export class PlanCourse {
  constructor(
    readonly em: EntityManager,
    private readonly clock: Clock,
    private readonly outbox: Outbox,
    private readonly drafts: CourseDrafts,
    private readonly placer: ClassPlacer,
    private readonly reader: CourseReader,
    private readonly audit: Audit,
  ) {}

  /** @throws InvalidCourse | UnknownCourseReference | SessionsCollide naming each date that is refused, and why */
  async execute(actor: Actor, command: PlanCourseCommand): Promise<CourseView> {
    return againWhenTaken(() => this.plan(actor, command));
  }

  @AnsweringTransaction()
  private async plan(actor: Actor, command: PlanCourseCommand): Promise<CourseView> {
    const draft = await this.drafts.of(command);
    const course = this.course(actor, command, draft);
    const placements = await this.placer.placements(draft.sessions, draft.venue);
    checkPlaceable(placements, 'startsOn');
    const sessions = draft.sessions.map((dated, index) => ClassSession.of(course, dated, placements[index]!.place));
    for (const session of sessions) await this.placer.claim(session, draft.venue);
    await this.placer.checkTeacherHere(draft.venue, sessions, 'startsOn');
    await this.em.persist(course).flush();
    await this.em.persist(sessions).flush();
    await this.outbox.record(new CoursePlanned({ courseId: course.id }));
    const details = { planId: course.planId, teacherId: course.teacherId, sessions: sessions.length };
    await this.audit.record({ action: 'course.planned', subjectId: course.id, details });
    return this.reader.get(actor, course.id);
  }

  private course(actor: Actor, command: PlanCourseCommand, { plan, sessions, venue }: CourseDraft): Course {
    const details = {
      schoolId: actor.schoolId,
      planId: plan.id,
      name: command.name ?? plan.name,
      teacherId: venue.teacher.id,
      roomId: venue.room?.id ?? null,
      capacity: command.capacity ?? plan.capacity,
      priceMinor: command.price?.amount ?? plan.price.amount,
      currency: plan.price.currency,
      vatRateBp: plan.vatRateBp,
      selfEnrolment: command.selfEnrolment ?? true,
      offerHours: command.offerHours ?? DEFAULT_OFFER_HOURS,
      startsAt: sessions[0]!.startsAt,
      endsAt: sessions.at(-1)!.endsAt,
      createdBy: actor.id,
    };
    return Course.plan(details, this.clock.now());
  }
}
