import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../platform/auth/actor.js';
import { sql } from 'kysely';
import { type Asked, byInstant, is, isIdOf, List } from '../../../platform/database/list.js';
import { bin, bins } from '../../../platform/database/query.js';
import { mapPage, type Page } from '../../../platform/http/paging.js';
import type { Id } from '../../../platform/values/id.js';
import { Money } from '../../../platform/values/money.js';
import type { TimeRange } from '../../../platform/values/time-range.js';
import { ofStudents, type StudentsInReach } from '../../students/index.js';
import type { BookingState } from '../domain/booking-state.js';
import { namedIfAny, type Named } from '../domain/diary-item.js';
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
  readonly trailer: Named | null;
  readonly facility: Named | null;
  readonly location: Named | null;
  readonly lessonType: Named;
  /** The series it was booked with. */
  readonly seriesId: Id | null;
  readonly price: Money;
  /** Until and including this instant the student cancels for free. */
  readonly cancelBy: Date;
  /** What cancelling later costs. */
  readonly lateFee: Money;
  /** What cancelling it late or staying away costs, less what was waived. */
  readonly fee: Money;
  readonly waived: Money;
  readonly cancelledAt: Date | null;
  readonly cancelReason: string | null;
  /** For staff: why it was booked although a rule was against it, and why its fee was waived; null: neither. */
  readonly overrideReason: string | null;
  readonly waiveReason: string | null;
  readonly createdAt: Date;
  /** What a held time waits for; null when it is not held. */
  readonly hold: HeldTime | null;
}

export interface HeldTime {
  readonly until: Date;
  readonly prepayment: Money;
  /** The invoice that asks for it; null when staff hold the time. */
  readonly invoiceId: Id | null;
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

export type DiaryReader = Pick<Actor, 'isStaff'>;

/** Reads of the current school's diary, by index. */
@Injectable()
export class Diary {
  constructor(private readonly em: EntityManager) {}

  /** @throws BookingNotFound */
  async entry(reader: DiaryReader, id: Id): Promise<DiaryEntry> {
    const row = await this.entries.where('bookings.id', '=', bin(id)).executeTakeFirst();
    if (!row) throw new BookingNotFound();
    return entryFor(reader, row);
  }

  /** Those of the bookings that there are, in order of time. */
  async entriesOf(reader: DiaryReader, ids: readonly Id[]): Promise<DiaryEntry[]> {
    if (ids.length === 0) return [];
    const rows = await this.entries.where('bookings.id', 'in', bins(ids)).orderBy('bookings.starts_at').execute();
    return rows.map((row) => entryFor(reader, row));
  }

  /** All lessons that were booked with the series, in order of time, cancelled ones too. */
  async ofSeries(reader: DiaryReader, seriesId: Id): Promise<DiaryEntry[]> {
    const rows = await this.entries
      .where('bookings.series_id', '=', bin(seriesId))
      .orderBy('bookings.starts_at')
      .orderBy('bookings.id')
      .execute();
    return rows.map((row) => entryFor(reader, row));
  }

  /** Lessons of these students that start in the range. */
  async list(
    reader: DiaryReader,
    range: TimeRange,
    students: StudentsInReach,
    asked: BookingsAsked,
  ): Promise<Page<DiaryEntry>> {
    const starting = this.entries
      .where('bookings.starts_at', '>=', range.start)
      .where('bookings.starts_at', '<', range.end)
      .where(ofStudents(students, 'bookings.student_id'));
    return mapPage(await bookingList.page(starting, asked), (row) => entryFor(reader, row));
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
      .select(['bookings.id', 'bookings.series_id', 'bookings.state', 'bookings.starts_at', 'bookings.ends_at'])
      .select(['bookings.price_minor', 'bookings.currency', 'bookings.cancel_by', 'bookings.late_fee_minor'])
      .select(['bookings.fee_minor', 'bookings.waived_minor'])
      .select(['bookings.cancelled_at', 'bookings.cancel_reason', 'bookings.created_at'])
      .select(['bookings.override_reason', 'bookings.waive_reason'])
      .select(['bookings.held_until', 'bookings.prepayment_minor', 'bookings.prepayment_invoice_id'])
      .select(['students.id as student_id', 'students.name as student_name'])
      .select(['teachers.id as teacher_id', 'teachers.name as teacher_name'])
      .select(['vehicles.id as vehicle_id', 'vehicles.name as vehicle_name'])
      .select(['trailers.id as trailer_id', 'trailers.name as trailer_name'])
      .select(['facilities.id as facility_id', 'facilities.name as facility_name'])
      .select(['locations.id as location_id', 'locations.name as location_name'])
      .select(['lesson_types.id as lesson_type_id', 'lesson_types.name as lesson_type_name'])
  );
}

type Row = Awaited<ReturnType<ReturnType<typeof entriesIn>['execute']>>[number];

/** Why staff went against a rule, or let a fee go, is theirs to know. */
function entryFor({ isStaff }: DiaryReader, row: Row): DiaryEntry {
  return {
    id: row.id,
    state: row.state,
    startsAt: row.starts_at,
    endsAt: row.ends_at,
    student: { id: row.student_id, name: row.student_name },
    teacher: { id: row.teacher_id, name: row.teacher_name },
    vehicle: namedIfAny(row.vehicle_id, row.vehicle_name),
    trailer: namedIfAny(row.trailer_id, row.trailer_name),
    facility: namedIfAny(row.facility_id, row.facility_name),
    location: namedIfAny(row.location_id, row.location_name),
    lessonType: { id: row.lesson_type_id, name: row.lesson_type_name },
    seriesId: row.series_id,
    price: Money.of(row.price_minor, row.currency),
    cancelBy: row.cancel_by,
    lateFee: Money.of(row.late_fee_minor, row.currency),
    fee: Money.of(row.fee_minor, row.currency),
    waived: Money.of(row.waived_minor, row.currency),
    cancelledAt: row.cancelled_at,
    cancelReason: row.cancel_reason,
    overrideReason: isStaff ? row.override_reason : null,
    waiveReason: isStaff ? row.waive_reason : null,
    createdAt: row.created_at,
    hold: row.held_until && {
      until: row.held_until,
      prepayment: Money.of(row.prepayment_minor, row.currency),
      invoiceId: row.prepayment_invoice_id,
    },
  };
}
