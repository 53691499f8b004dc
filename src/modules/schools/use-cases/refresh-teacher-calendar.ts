import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../platform/auth/actor.js';
import { Transaction } from '../../../platform/database/transaction.js';
import { Clock } from '../../../platform/values/clock.js';
import type { Id } from '../../../platform/values/id.js';
import { checkMayManageSchedule } from '../domain/schedule-policy.js';
import { TeacherCalendarNotFound } from '../domain/school-problems.js';
import { TeacherCalendar } from '../domain/teacher-calendar.js';
import { Scheduling } from '../queries/scheduling.js';

/** Has a calendar read at the next minute instead of when its turn comes. */
@Injectable()
export class RefreshTeacherCalendar {
  constructor(
    readonly em: EntityManager,
    private readonly scheduling: Scheduling,
    private readonly clock: Clock,
  ) {}

  /** @throws TeacherNotFound, NotYourSchedule, TeacherCalendarNotFound */
  @Transaction()
  async execute(actor: Actor, teacherId: Id, calendarId: Id): Promise<void> {
    checkMayManageSchedule(actor, await this.scheduling.teacher(teacherId));
    const due = { nextFetchAt: this.clock.now() };
    const found = await this.em.nativeUpdate(TeacherCalendar, { id: calendarId, teacherId }, due);
    if (found === 0) throw new TeacherCalendarNotFound();
  }
}
