import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../../../platform/audit/audit.js';
import type { Actor } from '../../../platform/auth/actor.js';
import { Transaction } from '../../../platform/database/transaction.js';
import type { Problem } from '../../../platform/http/problem.js';
import type { Id } from '../../../platform/values/id.js';
import { checkMayManageSchedule } from '../domain/schedule-policy.js';
import { TimeOffFromCalendar, TimeOffNotFound } from '../domain/school-problems.js';
import { TimeOff } from '../domain/time-off.js';
import { Scheduling } from '../queries/scheduling.js';

/** Puts a teacher back into the diary. */
@Injectable()
export class RemoveTimeOff {
  constructor(
    readonly em: EntityManager,
    private readonly scheduling: Scheduling,
    private readonly audit: Audit,
  ) {}

  /** @throws TeacherNotFound, NotYourSchedule, TimeOffNotFound, TimeOffFromCalendar */
  @Transaction()
  async execute(actor: Actor, teacherId: Id, timeOffId: Id): Promise<void> {
    checkMayManageSchedule(actor, await this.scheduling.teacher(teacherId));
    const removed = await this.em.nativeDelete(TimeOff, { id: timeOffId, teacherId, calendarId: null });
    if (removed === 0) throw await this.whyNot(teacherId, timeOffId);
    await this.audit.record({ action: 'teacher.time_off_removed', subjectId: teacherId, details: { timeOffId } });
  }

  private async whyNot(teacherId: Id, timeOffId: Id): Promise<Problem> {
    const isThere = await this.em.count(TimeOff, { id: timeOffId, teacherId });
    return isThere > 0 ? new TimeOffFromCalendar() : new TimeOffNotFound();
  }
}
