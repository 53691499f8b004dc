import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import { globalQuery, type Tables } from '../../../platform/database/query.js';
import type { Id } from '../../../platform/values/id.js';
import type { BookingSchema } from '../../bookings/index.js';
import type { SchoolSchema } from '../../schools/index.js';
import type { StudentSchema } from '../../students/index.js';
import type { ReminderSchema } from '../domain/reminder.js';

type ReminderTables = Tables<typeof BookingSchema | typeof SchoolSchema | typeof StudentSchema | typeof ReminderSchema>;

export interface DueReminder {
  readonly schoolId: Id;
  readonly bookingId: Id;
  readonly userId: Id;
  readonly startsAt: Date;
  readonly bookedAt: Date;
  readonly leadMinutes: number;
}

const batch = 500;

/** Lessons whose reminder has fallen due and was not decided yet, of every school; nearest first. */
@Injectable()
export class DueReminders {
  constructor(private readonly em: EntityManager) {}

  async at(now: Date): Promise<DueReminder[]> {
    const longestLead = await this.longestLead();
    const rows = await this.db
      .selectFrom('bookings')
      .innerJoin('schools', 'schools.id', 'bookings.school_id')
      .innerJoin('students', (on) =>
        on.onRef('students.school_id', '=', 'bookings.school_id').onRef('students.id', '=', 'bookings.student_id'),
      )
      .leftJoin('reminders', (on) =>
        on
          .onRef('reminders.school_id', '=', 'bookings.school_id')
          .onRef('reminders.booking_id', '=', 'bookings.id')
          .onRef('reminders.starts_at', '=', 'bookings.starts_at')
          .onRef('reminders.lead_minutes', '=', 'schools.reminder_lead_minutes'),
      )
      .select([
        'bookings.school_id as schoolId',
        'bookings.id as bookingId',
        'students.user_id as userId',
        'bookings.starts_at as startsAt',
        'bookings.created_at as bookedAt',
        'schools.reminder_lead_minutes as leadMinutes',
      ])
      .where('bookings.state', '=', 'booked')
      .where('bookings.starts_at', '>', now)
      // The first bound is for the index, the second is each school's own.
      .where('bookings.starts_at', '<=', new Date(now.getTime() + longestLead * 60_000))
      .where('bookings.starts_at', '<=', sql<Date>`${now} + interval schools.reminder_lead_minutes minute`)
      .where('reminders.booking_id', 'is', null)
      .orderBy('bookings.starts_at')
      .limit(batch)
      .execute();
    return rows;
  }

  private async longestLead(): Promise<number> {
    const row = await this.db
      .selectFrom('schools')
      .select(({ fn }) => fn.max('reminder_lead_minutes').as('minutes'))
      .executeTakeFirst();
    return row?.minutes ?? 0;
  }

  private get db() {
    return globalQuery<ReminderTables>(this.em);
  }
}
