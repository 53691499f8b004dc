import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { bins } from '../../../platform/database/query.js';
import type { Id } from '../../../platform/values/id.js';
import { Money } from '../../../platform/values/money.js';
import type { BookingState } from '../domain/booking-state.js';
import { bookingsWithParties } from './bookings-with-parties.js';

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
  /** 1, and one more after each change. */
  readonly version: number;
  readonly changedAt: Date;
}

/** What other modules read of the diary. */
@Injectable()
export class BookingReader {
  constructor(private readonly em: EntityManager) {}

  /** A booking of the current school, or null. */
  async forMessage(bookingId: Id): Promise<BookingForMessage | null> {
    return (await this.forMessages([bookingId]))[0] ?? null;
  }

  /** Those of the bookings that the current school has, in order of time. */
  async forMessages(bookingIds: readonly Id[]): Promise<BookingForMessage[]> {
    const rows = await bookingsWithParties(this.em)
      .select(['bookings.id', 'bookings.state', 'bookings.starts_at as startsAt', 'bookings.ends_at as endsAt'])
      .select([
        'bookings.fee_minor',
        'bookings.currency',
        'bookings.cancel_reason as cancelReason',
        'bookings.cancelled_by as cancelledBy',
        'bookings.version',
        'bookings.changed_at as changedAt',
      ])
      .select(['lesson_types.name as lessonTypeName', 'vehicles.name as vehicle'])
      .select(['students.name as studentName', 'students.user_id as studentUserId'])
      .select(['teachers.name as teacherName', 'teachers.user_id as teacherUserId'])
      .where('bookings.id', 'in', bins(bookingIds))
      .orderBy('bookings.starts_at')
      .execute();
    return rows.map(({ fee_minor, currency, ...booking }) => ({
      ...booking,
      fee: fee_minor > 0 ? Money.of(fee_minor, currency) : null,
    }));
  }
}
