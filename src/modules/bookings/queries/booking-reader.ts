import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { bin, globalQuery } from '../../../platform/database/query.js';
import { acrossSchools } from '../../../platform/tenancy/tenancy.js';
import type { Id } from '../../../platform/values/id.js';
import { Money } from '../../../platform/values/money.js';
import type { BookingState } from '../domain/booking-state.js';
import { bookingsWithParties } from './bookings-with-parties.js';
import type { DiaryTables } from './tables.js';

/** A lesson as it stands now, with the words and the readers that a message about it needs. */
export interface BookingForMessage {
  readonly id: Id;
  readonly state: BookingState;
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly lessonTypeName: string;
  readonly studentName: string;
  readonly studentUserId: Id;
  readonly teacherName: string;
  readonly teacherUserId: Id;
  readonly vehicle: string | null;
  /** What cancelling cost; null when it cost nothing. */
  readonly fee: Money | null;
  readonly cancelReason: string | null;
  readonly cancelledBy: Id | null;
}

export interface StartingLesson {
  readonly schoolId: Id;
  readonly bookingId: Id;
  readonly startsAt: Date;
  readonly studentUserId: Id;
}

/** What other modules read of the diary. */
@Injectable()
export class BookingReader {
  constructor(private readonly em: EntityManager) {}

  /** A booking of the current school, or null. */
  async forMessage(bookingId: Id): Promise<BookingForMessage | null> {
    const row = await bookingsWithParties(this.em)
      .select(['bookings.id', 'bookings.state', 'bookings.starts_at as startsAt', 'bookings.ends_at as endsAt'])
      .select([
        'bookings.fee_minor',
        'bookings.currency',
        'bookings.cancel_reason as cancelReason',
        'bookings.cancelled_by as cancelledBy',
      ])
      .select(['lesson_types.name as lessonTypeName', 'vehicles.name as vehicle'])
      .select(['students.name as studentName', 'students.user_id as studentUserId'])
      .select(['teachers.name as teacherName', 'teachers.user_id as teacherUserId'])
      .where('bookings.id', '=', bin(bookingId))
      .executeTakeFirst();
    if (!row) return null;
    const { fee_minor, currency, ...booking } = row;
    return { ...booking, fee: fee_minor > 0 ? Money.of(fee_minor, currency) : null };
  }

  /** Booked lessons of every school that start in the half-open range, soonest first. Read them in portions: see `limit`. */
  async startingBetween(from: Date, until: Date, limit = 1_000): Promise<StartingLesson[]> {
    return acrossSchools('what starts soon, in every school', () =>
      globalQuery<DiaryTables>(this.em)
        .selectFrom('bookings')
        .innerJoin('students', (on) =>
          on.onRef('students.school_id', '=', 'bookings.school_id').onRef('students.id', '=', 'bookings.student_id'),
        )
        .select(['bookings.school_id as schoolId', 'bookings.id as bookingId', 'bookings.starts_at as startsAt'])
        .select('students.user_id as studentUserId')
        .where('bookings.starts_at', '>=', from)
        .where('bookings.starts_at', '<', until)
        .where('bookings.state', '=', 'booked')
        .orderBy('bookings.starts_at')
        .limit(limit)
        .execute(),
    );
  }
}
