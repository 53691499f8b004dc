import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../../../../platform/audit/audit.js';
import type { Actor } from '../../../../platform/auth/actor.js';
import { AnsweringTransaction } from '../../../../platform/http/idempotency/answering-transaction.js';
import { Clock } from '../../../../platform/values/clock.js';
import type { Id } from '../../../../platform/values/id.js';
import { Scheduling } from '../../../schools/index.js';
import { Calendar } from '../../domain/calendar/claims.js';
import { type AttendanceState, ClassAttendance } from '../domain/class-attendance.js';
import { checkMayReport, checkMayTeach } from '../domain/class-policy.js';
import type { ClassSession } from '../domain/class-session.js';
import { AttendanceNotFound, ClassFull, ClassIsCancelled } from '../domain/course-problems.js';
import type { Course } from '../domain/course.js';
import { StudentResources } from '../queries/student-resources.js';
import { againWhenTaken } from './again-when-taken.js';
import { ClassAttendances } from './class-attendances.js';
import { CoursesAtHand } from './courses-at-hand.js';

export interface ReportedAttendance {
  readonly attendanceId: Id;
  readonly state: AttendanceState;
}

/** Who came to a session, who did not, and who is excused: then his time and his seat in it are free. By its teacher or the office. */
@Injectable()
export class ReportAttendance {
  constructor(
    readonly em: EntityManager,
    private readonly clock: Clock,
    private readonly atHand: CoursesAtHand,
    private readonly scheduling: Scheduling,
    private readonly attendances: ClassAttendances,
    private readonly calendar: Calendar,
    private readonly students: StudentResources,
    private readonly audit: Audit,
  ) {}

  /** All of them or none. @throws ClassNotFound | NotYourClass | ClassIsCancelled | ClassNotStarted | AttendanceNotFound | StudentBusy | ClassFull */
  async execute(actor: Actor, sessionId: Id, reports: readonly ReportedAttendance[]): Promise<void> {
    return againWhenTaken(() => this.report(actor, sessionId, reports));
  }

  @AnsweringTransaction()
  private async report(actor: Actor, sessionId: Id, reports: readonly ReportedAttendance[]): Promise<void> {
    const { course, session } = await this.atHand.holdSession(actor, sessionId);
    checkMayTeach(actor, await this.scheduling.teacher(session.teacherId));
    if (session.state === 'cancelled') throw new ClassIsCancelled();
    const known = new Map((await this.em.find(ClassAttendance, { sessionId })).map((each) => [each.id, each]));
    const resources = await this.students.of([...known.values()].map(({ studentId }) => studentId));
    for (const { attendanceId, state } of reports) {
      const attendance = known.get(attendanceId);
      if (!attendance) throw new AttendanceNotFound();
      checkMayReport(state, session, this.clock.now());
      const wasComing = attendance.isComing;
      attendance.report(state, actor.id, this.clock.now());
      if (wasComing && !attendance.isComing) await this.calendar.release(attendanceId);
      if (!wasComing && attendance.isComing)
        await this.expectAgain(course, session, attendance, resources.get(attendance.studentId)!);
      await this.em.flush();
    }
    await this.audit.record({
      action: 'class.attendance_reported',
      subjectId: sessionId,
      details: { reports: reports.length },
    });
  }

  private async expectAgain(
    course: Course,
    session: ClassSession,
    attendance: ClassAttendance,
    resourceId: number,
  ): Promise<void> {
    const coming = (await this.attendances.coming([session.id])).get(session.id) ?? 0;
    if (coming >= course.capacity) throw new ClassFull();
    await this.attendances.admit(attendance, session, resourceId);
  }
}
