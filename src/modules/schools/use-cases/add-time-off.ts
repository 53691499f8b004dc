import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../../../platform/audit/audit.js';
import type { Actor } from '../../../platform/auth/actor.js';
import { Transaction } from '../../../platform/database/transaction.js';
import { currentSchool } from '../../../platform/tenancy/tenancy.js';
import { Clock } from '../../../platform/values/clock.js';
import type { Id } from '../../../platform/values/id.js';
import { TimeRange } from '../../../platform/values/time-range.js';
import { checkMayManageSchedule } from '../domain/schedule-policy.js';
import { InvalidTimeOff } from '../domain/school-problems.js';
import { TimeOff } from '../domain/time-off.js';
import { isPersonal, type OwnTimeOffKind } from '../domain/time-off-kind.js';
import { OrphanedBookings, type OrphanedBooking } from '../ports/orphaned-bookings.js';
import type { TimeOffView } from '../queries/schedule-reader.js';
import { Scheduling } from '../queries/scheduling.js';

export interface AddTimeOffInput {
  readonly startsAt: Date;
  readonly endsAt: Date;
  /** A holiday, when missing. */
  readonly kind?: OwnTimeOffKind;
  readonly reason?: string | null;
}

export interface AddedTimeOff {
  readonly timeOff: TimeOffView;
  readonly orphanedBookings: readonly OrphanedBooking[];
}

/** Takes a teacher out of the diary for a while, and tells which booked lessons fall into it. */
@Injectable()
export class AddTimeOff {
  constructor(
    readonly em: EntityManager,
    private readonly scheduling: Scheduling,
    private readonly orphanedBookings: OrphanedBookings,
    private readonly clock: Clock,
    private readonly audit: Audit,
  ) {}

  /** @throws TeacherNotFound, NotYourSchedule, InvalidTimeOff */
  @Transaction()
  async execute(
    actor: Actor,
    teacherId: Id,
    { startsAt, endsAt, kind = 'holiday', reason = null }: AddTimeOffInput,
  ): Promise<AddedTimeOff> {
    if (endsAt <= startsAt) throw new InvalidTimeOff();
    if (isPersonal(kind)) await this.scheduling.bumpPersonsSchedules(teacherId);
    else await this.scheduling.bumpScheduleVersion(teacherId);
    checkMayManageSchedule(actor, await this.scheduling.teacher(teacherId));
    const timeOff = TimeOff.take(currentSchool(), teacherId, new TimeRange(startsAt, endsAt), { kind, reason });
    await this.em.persist(timeOff).flush();
    const details = { timeOffId: timeOff.id, kind, startsAt: startsAt.toISOString(), endsAt: endsAt.toISOString() };
    await this.audit.record({ action: 'teacher.time_off_added', subjectId: teacherId, details });
    return {
      timeOff: { id: timeOff.id, startsAt, endsAt, kind, reason },
      orphanedBookings: await this.orphanedBookings.futureOutside(teacherId, this.clock.now()),
    };
  }
}
