import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { bin, bins, globalQuery, schoolQuery } from '../../../../platform/database/query.js';
import { currentSchool } from '../../../../platform/tenancy/tenancy.js';
import { Clock } from '../../../../platform/values/clock.js';
import type { Id } from '../../../../platform/values/id.js';
import type { StudentRecord } from '../../../students/index.js';
import { Calendar } from '../../domain/calendar/claims.js';
import { ClassAttendance, comingStates } from '../domain/class-attendance.js';
import { ClassSession } from '../domain/class-session.js';
import type { CourseEnrolment } from '../domain/course-enrolment.js';
import { type MissedSession, StudentBusy } from '../domain/course-problems.js';
import type { Course } from '../domain/course.js';
import { ClaimedTimes } from '../queries/claimed-times.js';
import type { ClassTables } from '../queries/tables.js';

/** Who sits in which session, and whose time is claimed for it: they change together, in the transaction of a caller who holds the course. */
@Injectable()
export class ClassAttendances {
  constructor(
    private readonly em: EntityManager,
    private readonly clock: Clock,
    private readonly calendar: Calendar,
    private readonly claimed: ClaimedTimes,
  ) {}

  /**
   * The student is expected at every session that is still to come. Where he has something else, or guests have the last seats,
   * he is excused if `excuseBusy` says so.
   * @throws StudentBusy naming those sessions | SlotBusy, which must roll the transaction back
   */
  async expect(
    course: Course,
    enrolment: CourseEnrolment,
    { id: studentId, resourceId }: StudentRecord,
    excuseBusy: boolean,
  ): Promise<void> {
    const sessions = await this.ahead(course.id);
    const known = await this.knownOf(studentId, sessions);
    const missed = await this.missed(course, sessions, resourceId);
    if (missed.length > 0 && !excuseBusy) throw new StudentBusy(missed);
    const excused = new Set(missed.map(({ sessionId }) => sessionId));
    for (const session of sessions) {
      const state = excused.has(session.id) ? ('excused' as const) : ('expected' as const);
      const attendance = known.get(session.id) ?? ClassAttendance.of(session, { studentId });
      Object.assign(attendance, { state, enrolmentId: enrolment.id });
      this.em.persist(attendance);
      if (state === 'expected') await this.claim(attendance, session, resourceId);
    }
    await this.em.flush();
  }

  /** His time is his own again in every session that has not begun. What he has missed or been to stays on record. */
  async forget(enrolmentId: Id): Promise<void> {
    const now = this.clock.now();
    const where = { enrolmentId, state: 'expected' as const, startsAt: { $gt: now } };
    await this.remove(await this.em.find(ClassAttendance, where, { orderBy: { startsAt: 'asc' } }));
  }

  /** Nobody has to come to the session any more. @returns the students who were to */
  async clear(sessionId: Id): Promise<Id[]> {
    const coming = await this.em.find(ClassAttendance, { sessionId, state: { $in: [...comingStates] } });
    await this.remove(coming);
    return coming.map(({ studentId }) => studentId);
  }

  /** Takes the attendances away, with what their students had claimed for them. */
  async remove(attendances: readonly ClassAttendance[]): Promise<void> {
    if (attendances.length === 0) return;
    const ids = attendances.map(({ id }) => id);
    for (const id of ids) await this.calendar.release(id);
    await globalQuery<ClassTables>(this.em)
      .updateTable('class_attendances')
      .set({ catches_up_id: null })
      .where('school_id', '=', bin(currentSchool()))
      .where('catches_up_id', 'in', bins(ids))
      .execute();
    await this.em.nativeDelete(ClassAttendance, { id: { $in: ids } });
    for (const attendance of attendances) this.em.getUnitOfWork().unsetIdentity(attendance);
  }

  /** @throws StudentBusy | SlotBusy, which must roll the transaction back */
  async admit(attendance: ClassAttendance, session: ClassSession, resourceId: number): Promise<void> {
    const taken = await this.claimed.of([resourceId], [session.time]);
    if (taken.isBusy(resourceId, session.time)) throw new StudentBusy([missedOf(session, 'busy')]);
    await this.claim(attendance, session, resourceId);
  }

  /** How many are to come to each session, guests among them. */
  async coming(sessionIds: readonly Id[]): Promise<Map<Id, number>> {
    if (sessionIds.length === 0) return new Map();
    const rows = await schoolQuery<ClassTables>(this.em)
      .selectFrom('class_attendances')
      .select(({ fn }) => ['session_id as sessionId', fn.countAll<number>().as('count')])
      .where('session_id', 'in', bins(sessionIds))
      .where('state', 'in', comingStates)
      .groupBy('session_id')
      .execute();
    return new Map(rows.map(({ sessionId, count }) => [sessionId, count]));
  }

  private ahead(courseId: Id): Promise<ClassSession[]> {
    const where = { courseId, state: 'planned' as const, startsAt: { $gt: this.clock.now() } };
    return this.em.find(ClassSession, where, { orderBy: { startsAt: 'asc', id: 'asc' }, refresh: true });
  }

  /** Excused from before he left and came back, or a guest until now. */
  private async knownOf(studentId: Id, sessions: readonly ClassSession[]): Promise<Map<Id, ClassAttendance>> {
    const where = { studentId, sessionId: { $in: sessions.map(({ id }) => id) } };
    const known = await this.em.find(ClassAttendance, where);
    for (const attendance of known) {
      await this.calendar.release(attendance.id);
      attendance.state = 'excused';
    }
    await this.em.flush();
    return new Map(known.map((attendance) => [attendance.sessionId, attendance]));
  }

  private async missed(
    { capacity }: Course,
    sessions: readonly ClassSession[],
    resourceId: number,
  ): Promise<MissedSession[]> {
    const taken = await this.claimed.of(
      [resourceId],
      sessions.map(({ time }) => time),
    );
    const coming = await this.coming(sessions.map(({ id }) => id));
    return sessions.flatMap((session) => {
      if (taken.isBusy(resourceId, session.time)) return [missedOf(session, 'busy')];
      return (coming.get(session.id) ?? 0) >= capacity ? [missedOf(session, 'full')] : [];
    });
  }

  private claim({ id: claimedBy }: ClassAttendance, { time: range }: ClassSession, resourceId: number): Promise<void> {
    return this.calendar.claim({ resources: [{ resourceId, range }], claimedBy });
  }
}

function missedOf({ id: sessionId, number, startsAt }: ClassSession, reason: 'busy' | 'full'): MissedSession {
  return { sessionId, number, startsAt, reason };
}
