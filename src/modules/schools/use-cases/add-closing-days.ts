import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../../../platform/audit/audit.js';
import type { Actor } from '../../../platform/auth/actor.js';
import { Transaction } from '../../../platform/database/transaction.js';
import { currentSchool } from '../../../platform/tenancy/tenancy.js';
import { Clock } from '../../../platform/values/clock.js';
import { addDays, atLocal, localDate, type LocalDate } from '../../../platform/values/zone.js';
import { checkClosingDays, ClosingDay, type NewClosingDay } from '../domain/closing-day.js';
import { checkMayClose } from '../domain/schedule-policy.js';
import { OrphanedBookings, type OrphanedBooking } from '../ports/orphaned-bookings.js';
import type { ClosingDayView } from '../queries/closing-day-reader.js';
import { Scheduling } from '../queries/scheduling.js';

export interface AddedClosingDays {
  readonly closingDays: readonly ClosingDayView[];
  readonly orphanedBookings: readonly OrphanedBooking[];
}

/** Closes the school on some dates, and tells which booked lessons fall on them. A date that is closed already gets the new name. */
@Injectable()
export class AddClosingDays {
  constructor(
    readonly em: EntityManager,
    private readonly scheduling: Scheduling,
    private readonly orphanedBookings: OrphanedBookings,
    private readonly clock: Clock,
    private readonly audit: Audit,
  ) {}

  /** @param days at least one. @throws NotYourSchedule, ClosingDayTwice, HoursInThePast */
  @Transaction()
  async execute(actor: Actor, days: readonly NewClosingDay[]): Promise<AddedClosingDays> {
    checkMayClose(actor);
    const { zone } = await this.scheduling.school();
    const now = this.clock.now();
    checkClosingDays(days, localDate(now, zone));
    await this.scheduling.bumpEverySchedule();
    const dates = days.map(({ date }) => date).sort();
    await this.em.nativeDelete(ClosingDay, { date: { $in: dates } });
    const closing = days.map(({ date, name }) => ClosingDay.on(date, currentSchool(), name));
    await this.em.persist(closing).flush();
    await this.audit.record({
      action: 'school.closing_days_added',
      subjectId: currentSchool(),
      details: { dates: dates.join() },
    });
    const until = atLocal(addDays(dates.at(-1)!, 1), '00:00', zone);
    return {
      closingDays: closing.map(({ id, date, name }) => ({ id, date, name })),
      orphanedBookings: await this.orphanedBookings.futureOutside(null, later(now, dates[0]!, zone), until),
    };
  }
}

function later(now: Date, date: LocalDate, zone: string): Date {
  return new Date(Math.max(now.getTime(), atLocal(date, '00:00', zone).getTime()));
}
