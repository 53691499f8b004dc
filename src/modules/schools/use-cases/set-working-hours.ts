import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../../../platform/audit/audit.js';
import type { Actor } from '../../../platform/auth/actor.js';
import { Transaction } from '../../../platform/database/transaction.js';
import { assertAsSeen } from '../../../platform/http/conditional/precondition.js';
import { currentSchool } from '../../../platform/tenancy/tenancy.js';
import { Clock } from '../../../platform/values/clock.js';
import type { Id } from '../../../platform/values/id.js';
import { localDate, type LocalDate } from '../../../platform/values/zone.js';
import { checkMayManageSchedule } from '../domain/schedule-policy.js';
import { HoursInThePast } from '../domain/school-problems.js';
import { checkWeek } from '../domain/week.js';
import { WorkingHours, type WeeklyHours } from '../domain/working-hours.js';
import { OrphanedBookings, type OrphanedBooking } from '../ports/orphaned-bookings.js';
import { ScheduleReader, type WorkingHoursView } from '../queries/schedule-reader.js';
import { Scheduling } from '../queries/scheduling.js';

export interface SetWorkingHoursInput {
  /** The first date of the new week; today when missing. */
  readonly validFrom?: LocalDate;
  readonly workingHours: readonly WeeklyHours[];
}

export interface ChangedWorkingHours {
  readonly workingHours: readonly WorkingHoursView[];
  readonly orphanedBookings: readonly OrphanedBooking[];
}

/** Replaces a teacher's week from a date on, and tells which booked lessons that leaves outside of it. */
@Injectable()
export class SetWorkingHours {
  constructor(
    readonly em: EntityManager,
    private readonly scheduling: Scheduling,
    private readonly reader: ScheduleReader,
    private readonly orphanedBookings: OrphanedBookings,
    private readonly clock: Clock,
    private readonly audit: Audit,
  ) {}

  /** @throws InvalidWorkingHours, TeacherNotFound, NotYourSchedule, HoursInThePast */
  @Transaction()
  async execute(actor: Actor, teacherId: Id, input: SetWorkingHoursInput): Promise<ChangedWorkingHours> {
    checkWeek(input.workingHours);
    // First of all: a booking that races this waits here, or has committed and is seen below.
    await this.scheduling.bumpScheduleVersion(teacherId);
    checkMayManageSchedule(actor, await this.scheduling.teacher(teacherId));
    await assertAsSeen(() => this.reader.workingHours(actor, teacherId));
    const validFrom = await this.firstDate(input);
    await this.replace(teacherId, validFrom, input.workingHours);
    await this.audit.record({ action: 'teacher.working_hours_set', subjectId: teacherId, details: { validFrom } });
    return {
      workingHours: await this.reader.workingHours(actor, teacherId),
      orphanedBookings: await this.orphanedBookings.futureOutside(teacherId, this.clock.now()),
    };
  }

  private async firstDate({ validFrom }: SetWorkingHoursInput): Promise<LocalDate> {
    const { zone } = await this.scheduling.school();
    const today = localDate(this.clock.now(), zone);
    if (validFrom && validFrom < today) throw new HoursInThePast();
    return validFrom ?? today;
  }

  private async replace(teacherId: Id, from: LocalDate, week: readonly WeeklyHours[]): Promise<void> {
    await this.em.nativeDelete(WorkingHours, { teacherId, validFrom: { $gte: from } });
    const stillValid = { $or: [{ validUntil: null }, { validUntil: { $gt: from } }] };
    await this.em.nativeUpdate(WorkingHours, { teacherId, ...stillValid }, { validUntil: from });
    this.em.persist(week.map((hours) => WorkingHours.from(from, currentSchool(), teacherId, hours)));
    await this.em.flush();
  }
}
