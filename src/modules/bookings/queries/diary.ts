import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import { type Asked, byInstant, is, isIdOf, List } from '../../../platform/database/list.js';
import { bin } from '../../../platform/database/query.js';
import { mapPage, type Page } from '../../../platform/http/paging.js';
import type { Id } from '../../../platform/values/id.js';
import { Money } from '../../../platform/values/money.js';
import type { TimeRange } from '../../../platform/values/time-range.js';
import { ofStudents, type StudentsInReach } from '../../students/index.js';
import type { BookingState } from '../domain/booking-state.js';
import { BookingNotFound } from '../domain/errors.js';
import { bookingsWithParties } from './bookings-with-parties.js';

/** A booking with the names that a diary shows. */
export interface DiaryEntry {
  readonly id: Id;
  readonly state: BookingState;
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly student: Named;
  readonly teacher: Named;
  readonly vehicle: Named | null;
  readonly lessonType: Named;
  readonly price: Money;
  /** Until and including this instant the student cancels for free. */
  readonly cancelBy: Date;
  /** What cancelling later costs. */
  readonly lateFee: Money;
  /** What cancelling did cost. */
  readonly fee: Money;
  readonly cancelledAt: Date | null;
  readonly cancelReason: string | null;
  readonly createdAt: Date;
}

export interface Named {
  readonly id: Id;
  readonly name: string;
}

export const bookingList = new List({
  id: 'bookings.id',
  sorts: { startsAt: byInstant('bookings.starts_at') },
  defaultSort: 'startsAt',
  filters: {
    teacherId: isIdOf('bookings.teacher_id'),
    state: is<BookingState>('bookings.state'),
  },
});

export type BookingsAsked = Asked<typeof bookingList> & { readonly studentId?: Id };

/** Reads of the current school's diary, by index. */
@Injectable()
export class Diary {
  constructor(private readonly em: EntityManager) {}

  /** @throws BookingNotFound */
  async entry(id: Id): Promise<DiaryEntry> {
    const row = await this.entries.where('bookings.id', '=', bin(id)).executeTakeFirst();
    if (!row) throw new BookingNotFound();
    return entryOf(row);
  }

  /** Lessons of these students that start in the range. */
  async list(range: TimeRange, students: StudentsInReach, asked: BookingsAsked): Promise<Page<DiaryEntry>> {
    const starting = this.entries
      .where('bookings.starts_at', '>=', range.start)
      .where('bookings.starts_at', '<', range.end)
      .where(ofStudents(students, 'bookings.student_id'));
    return mapPage(await bookingList.page(starting, asked), entryOf);
  }

  private get entries() {
    return entriesIn(this.em);
  }
}

function entriesIn(em: EntityManager) {
  return (
    bookingsWithParties(em)
      // Bookings first, in the order of their index: starting with the few teachers, the optimizer would sort all that it found.
      .modifyFront(sql`straight_join`)
      .select(['bookings.id', 'bookings.state', 'bookings.starts_at', 'bookings.ends_at', 'bookings.price_minor'])
      .select(['bookings.currency', 'bookings.cancel_by', 'bookings.late_fee_minor', 'bookings.fee_minor'])
      .select(['bookings.cancelled_at', 'bookings.cancel_reason', 'bookings.created_at'])
      .select(['students.id as student_id', 'students.name as student_name'])
      .select(['teachers.id as teacher_id', 'teachers.name as teacher_name'])
      .select(['vehicles.id as vehicle_id', 'vehicles.name as vehicle_name'])
      .select(['lesson_types.id as lesson_type_id', 'lesson_types.name as lesson_type_name'])
  );
}

type Row = Awaited<ReturnType<ReturnType<typeof entriesIn>['execute']>>[number];

function entryOf(row: Row): DiaryEntry {
  return {
    id: row.id,
    state: row.state,
    startsAt: row.starts_at,
    endsAt: row.ends_at,
    student: { id: row.student_id, name: row.student_name },
    teacher: { id: row.teacher_id, name: row.teacher_name },
    vehicle: row.vehicle_id && row.vehicle_name ? { id: row.vehicle_id, name: row.vehicle_name } : null,
    lessonType: { id: row.lesson_type_id, name: row.lesson_type_name },
    price: Money.of(row.price_minor, row.currency),
    cancelBy: row.cancel_by,
    lateFee: Money.of(row.late_fee_minor, row.currency),
    fee: Money.of(row.fee_minor, row.currency),
    cancelledAt: row.cancelled_at,
    cancelReason: row.cancel_reason,
    createdAt: row.created_at,
  };
}
