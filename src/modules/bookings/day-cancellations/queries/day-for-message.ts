import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { bin, schoolQuery } from '../../../../platform/database/query.js';
import type { Id } from '../../../../platform/values/id.js';
import type { LocalDate } from '../../../../platform/values/zone.js';
import { bookingsWithParties } from '../../queries/bookings-with-parties.js';
import { OfferLinks, type OfferForMessage } from '../../waiting-list/queries/offer-links.js';
import type { DayTables } from '../day-cancellations.tables.js';
import type { DayReason } from '../domain/day-cancellation.js';
import { DayCancellationReader } from './day-cancellation-reader.js';

export interface CancelledLesson {
  readonly bookingId: Id;
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly lessonTypeName: string;
  readonly studentName: string;
  readonly teacherName: string;
}

/** A cancelled day as one person's message tells it. */
export interface DayForMessage {
  readonly date: LocalDate;
  readonly reason: DayReason;
  readonly note: string | null;
  /** In order of time. */
  readonly lessons: readonly CancelledLesson[];
}

export interface StudentsDayForMessage extends DayForMessage {
  /** What the student can still answer, in the order of the lessons. */
  readonly offers: readonly OfferForMessage[];
}

/** What students and teachers are told of a cancelled day. */
@Injectable()
export class DaysForMessages {
  constructor(
    private readonly em: EntityManager,
    private readonly days: DayCancellationReader,
    private readonly links: OfferLinks,
  ) {}

  async ofStudent(cancellationId: Id, userId: Id): Promise<StudentsDayForMessage> {
    const rows = await this.lessons(cancellationId)
      .select('students.id as studentId')
      .where('students.user_id', '=', bin(userId))
      .execute();
    const [first] = rows;
    const offers = first ? await this.links.ofDay(cancellationId, first.studentId) : [];
    return { ...(await this.days.summary(cancellationId)), lessons: rows, offers };
  }

  async ofTeacher(cancellationId: Id, userId: Id): Promise<DayForMessage> {
    const lessons = await this.lessons(cancellationId).where('teachers.user_id', '=', bin(userId)).execute();
    return { ...(await this.days.summary(cancellationId)), lessons };
  }

  /** The logins of the teachers whose lessons were cancelled. */
  async teachersOf(cancellationId: Id): Promise<Id[]> {
    const rows = await this.cancelled(cancellationId).select('teachers.user_id as userId').distinct().execute();
    return rows.map(({ userId }) => userId);
  }

  private lessons(cancellationId: Id) {
    return this.cancelled(cancellationId)
      .select(['bookings.id as bookingId', 'bookings.starts_at as startsAt', 'bookings.ends_at as endsAt'])
      .select(['lesson_types.name as lessonTypeName', 'students.name as studentName', 'teachers.name as teacherName'])
      .orderBy('bookings.starts_at');
  }

  private cancelled(cancellationId: Id) {
    return bookingsWithParties(this.em).where('bookings.id', 'in', this.bookings(cancellationId));
  }

  private bookings(cancellationId: Id) {
    return schoolQuery<DayTables>(this.em)
      .selectFrom('day_cancellation_lessons')
      .select('booking_id')
      .where('cancellation_id', '=', bin(cancellationId))
      .where('state', '=', 'cancelled');
  }
}
