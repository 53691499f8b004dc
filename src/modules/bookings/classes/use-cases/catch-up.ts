import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../../../../platform/audit/audit.js';
import type { Actor } from '../../../../platform/auth/actor.js';
import { AnsweringTransaction } from '../../../../platform/http/idempotency/answering-transaction.js';
import { Clock } from '../../../../platform/values/clock.js';
import type { Id } from '../../../../platform/values/id.js';
import { StudentDirectory } from '../../../students/index.js';
import { ClassAttendance } from '../domain/class-attendance.js';
import { ClassSession } from '../domain/class-session.js';
import { ClassFull, ClassNotFound, NotAGuest, NothingToCatchUp } from '../domain/course-problems.js';
import { AttendanceReader, type AttendanceView } from '../queries/attendance-reader.js';
import { againWhenTaken } from './again-when-taken.js';
import { ClassAttendances } from './class-attendances.js';
import { CoursesAtHand } from './courses-at-hand.js';

/** Lets a student who missed a session sit in on one of the same topic of another course, if a seat is left. */
@Injectable()
export class CatchUp {
  constructor(
    readonly em: EntityManager,
    private readonly clock: Clock,
    private readonly students: StudentDirectory,
    private readonly atHand: CoursesAtHand,
    private readonly attendances: ClassAttendances,
    private readonly reader: AttendanceReader,
    private readonly audit: Audit,
  ) {}

  /** @throws AttendanceNotFound | ClassNotFound | ClassIsCancelled | ClassStarted | CourseClosed | NothingToCatchUp | ClassFull | StudentBusy */
  async sitIn(actor: Actor, missedId: Id, sessionId: Id): Promise<AttendanceView> {
    return againWhenTaken(() => this.admit(actor, missedId, sessionId));
  }

  /** @throws AttendanceNotFound | NotAGuest | ClassStarted */
  async leave(actor: Actor, attendanceId: Id): Promise<void> {
    return againWhenTaken(() => this.remove(actor, attendanceId));
  }

  @AnsweringTransaction()
  private async admit(actor: Actor, missedId: Id, sessionId: Id): Promise<AttendanceView> {
    await this.holdBoth(await this.atHand.attendance(actor, missedId), sessionId);
    const missed = await this.atHand.attendance(actor, missedId);
    const { course, session } = await this.atHand.holdSession(actor, sessionId);
    if (course.state === 'draft') throw new ClassNotFound();
    course.do('change');
    session.assertAhead(this.clock.now());
    await this.checkMissed(missed, session);
    const coming = (await this.attendances.coming([sessionId])).get(sessionId) ?? 0;
    if (coming >= course.capacity) throw new ClassFull();
    const { id: studentId, resourceId } = await this.students.get(missed.studentId);
    const guest = ClassAttendance.of(session, { studentId, catchesUpId: missedId });
    await this.attendances.admit(guest, session, resourceId);
    await this.em.persist(guest).flush();
    const details = { studentId, catchesUp: missedId };
    await this.audit.record({ action: 'class.guest_added', subjectId: sessionId, details });
    return this.reader.get(actor, guest.id);
  }

  /** The course that he missed a session of too, in the order of their ids: of two who catch the same up at once the second sees the first. */
  private async holdBoth({ sessionId: missed }: ClassAttendance, sessionId: Id): Promise<void> {
    const sessions = await this.em.find(ClassSession, { id: { $in: [missed, sessionId] } });
    for (const courseId of sessions.map((session) => session.courseId).sort()) await this.atHand.hold(null, courseId);
  }

  @AnsweringTransaction()
  private async remove(actor: Actor, attendanceId: Id): Promise<void> {
    const known = await this.atHand.attendance(actor, attendanceId);
    const { session } = await this.atHand.holdSession(actor, known.sessionId);
    const guest = await this.atHand.attendance(actor, attendanceId);
    if (guest.enrolmentId) throw new NotAGuest();
    session.assertAhead(this.clock.now());
    const { sessionId, studentId } = guest;
    await this.attendances.remove([guest]);
    await this.audit.record({ action: 'class.guest_removed', subjectId: sessionId, details: { studentId } });
  }

  /** Of the same topic in another course, not caught up yet, and not to be attended by him anyway. */
  private async checkMissed(missed: ClassAttendance, session: ClassSession): Promise<void> {
    const { courseId, topic } = await this.em.findOneOrFail(ClassSession, { id: missed.sessionId });
    const isMissed = missed.state === 'absent' || missed.state === 'excused';
    const sameTopic = topic.localeCompare(session.topic, 'da', { sensitivity: 'accent' }) === 0;
    const sits = [{ catchesUpId: missed.id }, { sessionId: session.id, studentId: missed.studentId }];
    const known = await this.em.count(ClassAttendance, { $or: sits });
    if (!isMissed || !sameTopic || courseId === session.courseId || known > 0) throw new NothingToCatchUp();
  }
}
