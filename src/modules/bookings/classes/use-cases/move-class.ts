import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../../../../platform/audit/audit.js';
import type { Actor } from '../../../../platform/auth/actor.js';
import { AnsweringTransaction } from '../../../../platform/http/idempotency/answering-transaction.js';
import { Outbox } from '../../../../platform/outbox/outbox.js';
import { Clock } from '../../../../platform/values/clock.js';
import type { Id } from '../../../../platform/values/id.js';
import { TimeRange } from '../../../../platform/values/time-range.js';
import { checkStart } from '../../domain/booking-policy.js';
import { Calendar } from '../../domain/calendar/claims.js';
import { ClassAttendance, comingStates } from '../domain/class-attendance.js';
import type { ClassSession } from '../domain/class-session.js';
import { StudentsBusy } from '../domain/course-problems.js';
import { ClassMoved } from '../domain/events.js';
import { ClaimedTimes } from '../queries/claimed-times.js';
import { ClassSessionReader, type ClassSessionView } from '../queries/class-session-reader.js';
import { CoursePlanReader } from '../queries/course-plan-reader.js';
import { StudentResources } from '../queries/student-resources.js';
import { againWhenTaken } from './again-when-taken.js';
import { checkPlaceable, ClassPlacer } from './class-placer.js';
import { CourseDrafts } from './course-drafts.js';
import { CourseSpan } from './course-span.js';
import { CoursesAtHand } from './courses-at-hand.js';

export interface MoveClassCommand {
  readonly startsAt: Date;
  /** The same teacher and room when left out; `null` takes the class out of any room. */
  readonly teacherId?: Id;
  readonly roomId?: Id | null;
  /** Whoever has something else then is excused, instead of the move being refused. */
  readonly excuseBusy?: boolean;
}

/** Moves one session to another time, teacher or room, with the time of everybody who is to come to it. */
@Injectable()
export class MoveClass {
  constructor(
    readonly em: EntityManager,
    private readonly clock: Clock,
    private readonly outbox: Outbox,
    private readonly atHand: CoursesAtHand,
    private readonly plans: CoursePlanReader,
    private readonly drafts: CourseDrafts,
    private readonly placer: ClassPlacer,
    private readonly calendar: Calendar,
    private readonly claimed: ClaimedTimes,
    private readonly students: StudentResources,
    private readonly span: CourseSpan,
    private readonly reader: ClassSessionReader,
    private readonly audit: Audit,
  ) {}

  /** @throws ClassNotFound | ClassIsCancelled | ClassStarted | CourseClosed | SessionsCollide | StudentsBusy | UnknownCourseReference | OffGrid | InThePast | TooFarAhead */
  async execute(actor: Actor, sessionId: Id, command: MoveClassCommand): Promise<ClassSessionView> {
    return againWhenTaken(() => this.move(actor, sessionId, command));
  }

  @AnsweringTransaction()
  private async move(actor: Actor, sessionId: Id, command: MoveClassCommand): Promise<ClassSessionView> {
    const { course, session } = await this.atHand.holdSession(actor, sessionId);
    course.do('change');
    session.assertAhead(this.clock.now());
    checkStart(actor, command.startsAt, this.clock.now());
    const { licenceClass } = await this.plans.get(course.planId);
    const { teacherId = session.teacherId, roomId = session.roomId ?? null } = command;
    const venue = await this.drafts.venue(licenceClass, teacherId, roomId);
    const previousStartsAt = session.startsAt.toISOString();
    const previousTeacherId = session.teacherId;
    const { end: endsAt } = TimeRange.ofMinutes(command.startsAt, session.time.minutes);
    const wish = { number: session.number, startsAt: command.startsAt, endsAt };
    const placements = await this.placer.placements([wish], venue, [sessionId]);
    checkPlaceable(placements, 'startsAt');
    session.move(command.startsAt, placements[0]!.place, this.clock.now());
    await this.placer.reclaim(session, venue);
    await this.moveStudents(actor, session, command.excuseBusy ?? false);
    await this.placer.checkTeacherHere(venue, [session], 'startsAt');
    await this.em.flush();
    await this.span.refresh(course);
    await this.outbox.record(new ClassMoved({ sessionId, previousStartsAt, previousTeacherId }));
    const details = { courseId: course.id, previousStartsAt, startsAt: session.startsAt.toISOString() };
    await this.audit.record({ action: 'class.moved', subjectId: sessionId, details });
    return this.reader.get(actor, sessionId);
  }

  /** In the order of their resources, as all who claim do. */
  private async moveStudents(actor: Actor, session: ClassSession, excuseBusy: boolean): Promise<void> {
    const coming = await this.em.find(ClassAttendance, { sessionId: session.id, state: { $in: [...comingStates] } });
    const resources = await this.students.of(coming.map(({ studentId }) => studentId));
    const resourceOf = ({ studentId }: ClassAttendance) => resources.get(studentId)!;
    const ids = coming.map(({ id }) => id);
    const taken = await this.claimed.of(coming.map(resourceOf), [session.time], ids);
    const busy = coming.filter((attendance) => taken.isBusy(resourceOf(attendance), session.time));
    if (busy.length > 0 && !excuseBusy) throw new StudentsBusy(busy.map(({ studentId }) => studentId));
    for (const attendance of coming.toSorted((a, b) => resourceOf(a) - resourceOf(b))) {
      if (busy.includes(attendance)) {
        attendance.report('excused', actor.id, this.clock.now());
        await this.calendar.release(attendance.id);
      } else {
        const claim = { resourceId: resourceOf(attendance), range: session.time };
        await this.calendar.move({ resources: [claim], claimedBy: attendance.id });
      }
    }
    await this.em.flush();
    await this.em.nativeUpdate(ClassAttendance, { sessionId: session.id }, { startsAt: session.startsAt });
  }
}
