import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../../../platform/audit/audit.js';
import type { Actor } from '../../../platform/auth/actor.js';
import { Transaction } from '../../../platform/database/transaction.js';
import { currentSchool } from '../../../platform/tenancy/tenancy.js';
import { Clock } from '../../../platform/values/clock.js';
import type { Id } from '../../../platform/values/id.js';
import { localDate, type LocalDate } from '../../../platform/values/zone.js';
import { DayHours, type Stretch } from '../domain/day-hours.js';
import { checkMayManageSchedule } from '../domain/schedule-policy.js';
import { HoursInThePast } from '../domain/school-problems.js';
import { checkDay } from '../domain/week.js';
import { OrphanedBookings, type OrphanedBooking } from '../ports/orphaned-bookings.js';
import type { DayHoursView } from '../queries/schedule-reader.js';
import { Scheduling } from '../queries/scheduling.js';

export interface SetDayHoursInput {
  readonly date: LocalDate;
  /** Empty when he does not work on that date. */
  readonly hours: readonly Stretch[];
}

export interface ChangedDayHours {
  readonly dayHours: DayHoursView;
  readonly orphanedBookings: readonly OrphanedBooking[];
}

/** Gives a teacher other hours on one date than on other such weekdays, or none, and tells which booked lessons that leaves outside. */
@Injectable()
export class SetDayHours {
  constructor(
    readonly em: EntityManager,
    private readonly scheduling: Scheduling,
    private readonly orphanedBookings: OrphanedBookings,
    private readonly clock: Clock,
    private readonly audit: Audit,
  ) {}

  /** @throws InvalidWorkingHours, TeacherNotFound, NotYourSchedule, HoursInThePast */
  @Transaction()
  async execute(actor: Actor, teacherId: Id, { date, hours }: SetDayHoursInput): Promise<ChangedDayHours> {
    checkDay(hours);
    await this.scheduling.bumpScheduleVersion(teacherId);
    checkMayManageSchedule(actor, await this.scheduling.teacher(teacherId));
    const { zone } = await this.scheduling.school();
    const now = this.clock.now();
    if (date < localDate(now, zone)) throw new HoursInThePast('date');
    await this.em.nativeDelete(DayHours, { teacherId, date });
    const day = DayHours.on(date, currentSchool(), teacherId, hours);
    await this.em.persist(day).flush();
    await this.audit.record({ action: 'teacher.day_hours_set', subjectId: teacherId, details: { date } });
    return {
      dayHours: { id: day.id, date, hours },
      orphanedBookings: await this.orphanedBookings.futureOutside(teacherId, now),
    };
  }
}
