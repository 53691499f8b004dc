import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../../../platform/audit/audit.js';
import type { Actor } from '../../../platform/auth/actor.js';
import { Transaction } from '../../../platform/database/transaction.js';
import { Clock } from '../../../platform/values/clock.js';
import type { Id } from '../../../platform/values/id.js';
import { DayHours } from '../domain/day-hours.js';
import { checkMayManageSchedule } from '../domain/schedule-policy.js';
import { DayHoursNotFound } from '../domain/school-problems.js';
import { OrphanedBookings, type OrphanedBooking } from '../ports/orphaned-bookings.js';
import { Scheduling } from '../queries/scheduling.js';

export interface RemovedDayHours {
  readonly orphanedBookings: readonly OrphanedBooking[];
}

/** Puts a date back to the hours of its weekday, and tells which booked lessons that leaves outside. */
@Injectable()
export class RemoveDayHours {
  constructor(
    readonly em: EntityManager,
    private readonly scheduling: Scheduling,
    private readonly orphanedBookings: OrphanedBookings,
    private readonly clock: Clock,
    private readonly audit: Audit,
  ) {}

  /** @throws TeacherNotFound, NotYourSchedule, DayHoursNotFound */
  @Transaction()
  async execute(actor: Actor, teacherId: Id, dayHoursId: Id): Promise<RemovedDayHours> {
    await this.scheduling.bumpScheduleVersion(teacherId);
    checkMayManageSchedule(actor, await this.scheduling.teacher(teacherId));
    const removed = await this.em.nativeDelete(DayHours, { id: dayHoursId, teacherId });
    if (removed === 0) throw new DayHoursNotFound();
    await this.audit.record({ action: 'teacher.day_hours_removed', subjectId: teacherId, details: { dayHoursId } });
    return { orphanedBookings: await this.orphanedBookings.futureOutside(teacherId, this.clock.now()) };
  }
}
