import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { Transaction } from '../../../platform/database/transaction.js';
import { currentSchool } from '../../../platform/tenancy/tenancy.js';
import { Clock } from '../../../platform/values/clock.js';
import type { Id } from '../../../platform/values/id.js';
import type { TimeRange } from '../../../platform/values/time-range.js';
import { nextFetch, TeacherCalendar } from '../domain/teacher-calendar.js';
import { TimeOff } from '../domain/time-off.js';
import type { CalendarAnswer } from '../ports/private-calendars.js';
import { Scheduling } from '../queries/scheduling.js';

/** Keeps what a calendar answered: its busy times replace the former ones all at once, and a failure leaves them as they were. */
@Injectable()
export class RecordBusyTimes {
  constructor(
    readonly em: EntityManager,
    private readonly scheduling: Scheduling,
    private readonly clock: Clock,
  ) {}

  /** Nothing, when the calendar was removed meanwhile. */
  @Transaction()
  async execute(calendarId: Id, teacherId: Id, answer: CalendarAnswer): Promise<void> {
    // A booking that races this waits, or is seen as orphaned afterwards: at every school he teaches at.
    if (answer.outcome === 'read') await this.scheduling.bumpPersonsSchedules(teacherId);
    const calendar = await this.em.findOne(TeacherCalendar, { id: calendarId });
    if (!calendar) return;
    const now = this.clock.now();
    if (answer.outcome === 'failed') {
      calendar.failures += 1;
      calendar.problem = answer.problem;
    } else {
      Object.assign(calendar, { failures: 0, problem: null, fetchedAt: now });
    }
    if (answer.outcome === 'read') {
      Object.assign(calendar, answer.copy, { busyBlocks: answer.busy.length });
      await this.replace(calendar, answer.busy);
    }
    calendar.nextFetchAt = nextFetch(now, calendar.failures);
    await this.em.flush();
  }

  private async replace({ id, teacherId }: TeacherCalendar, busy: readonly TimeRange[]): Promise<void> {
    await this.em.nativeDelete(TimeOff, { teacherId, calendarId: id });
    const blocks = busy.map((range) => TimeOff.external(currentSchool(), teacherId, range, id));
    if (blocks.length > 0) await this.em.insertMany(blocks);
  }
}
