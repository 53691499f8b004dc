import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../../../platform/audit/audit.js';
import type { Actor } from '../../../platform/auth/actor.js';
import { Transaction } from '../../../platform/database/transaction.js';
import type { Id } from '../../../platform/values/id.js';
import { checkMayManageSchedule } from '../domain/schedule-policy.js';
import { TeacherCalendarNotFound } from '../domain/school-problems.js';
import { TeacherCalendar } from '../domain/teacher-calendar.js';
import { TimeOff } from '../domain/time-off.js';
import { Scheduling } from '../queries/scheduling.js';

/** Forgets a teacher's own calendar and every time that came from it. */
@Injectable()
export class RemoveTeacherCalendar {
  constructor(
    readonly em: EntityManager,
    private readonly scheduling: Scheduling,
    private readonly audit: Audit,
  ) {}

  /** @throws TeacherNotFound, NotYourSchedule, TeacherCalendarNotFound */
  @Transaction()
  async execute(actor: Actor, teacherId: Id, calendarId: Id): Promise<void> {
    // As the reading of it begins too: neither brings back what the other has removed.
    await this.scheduling.bumpScheduleVersion(teacherId);
    checkMayManageSchedule(actor, await this.scheduling.teacher(teacherId));
    await this.em.nativeDelete(TimeOff, { teacherId, calendarId });
    const removed = await this.em.nativeDelete(TeacherCalendar, { id: calendarId, teacherId });
    if (removed === 0) throw new TeacherCalendarNotFound();
    await this.audit.record({ action: 'teacher.calendar_removed', subjectId: teacherId, details: { calendarId } });
  }
}
