import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../platform/auth/actor.js';
import type { Id } from '../../../platform/values/id.js';
import { OwnStudents, StudentDirectory, type StudentRecord } from '../../students/index.js';
import { Booking } from '../domain/booking.js';
import { BookingNotFound } from '../domain/errors.js';

/** A booking that somebody wants to change, with its student. */
export interface BookingAtHand {
  readonly booking: Booking;
  readonly student: StudentRecord;
}

/** Loads what is to be changed, for those who may know of it. */
@Injectable()
export class BookingsAtHand {
  constructor(
    private readonly em: EntityManager,
    private readonly students: StudentDirectory,
    private readonly ownStudents: OwnStudents,
  ) {}

  /** @throws BookingNotFound also when it is another student's: to him it does not exist */
  async load(actor: Actor, bookingId: Id): Promise<BookingAtHand> {
    const booking = await this.em.findOne(Booking, { id: bookingId });
    if (!booking || !(await this.ownStudents.includes(actor, booking.studentId))) throw new BookingNotFound();
    return { booking, student: await this.students.get(booking.studentId) };
  }

  /** All of them, in the order of the ids. @throws BookingNotFound when one is not there, or another student's */
  async loadAll(actor: Actor, bookingIds: readonly Id[]): Promise<BookingAtHand[]> {
    const bookings = await this.withStudents(actor, await this.em.find(Booking, { id: { $in: [...bookingIds] } }));
    const byId = new Map(bookings.map((each) => [each.booking.id, each]));
    return bookingIds.map((id) => {
      const booking = byId.get(id);
      if (!booking) throw new BookingNotFound();
      return booking;
    });
  }

  /** The lessons of a series in order of time, cancelled ones too; none when it is another student's. */
  async ofSeries(actor: Actor, seriesId: Id): Promise<BookingAtHand[]> {
    const order = { startsAt: 'asc', id: 'asc' } as const;
    return this.withStudents(actor, await this.em.find(Booking, { seriesId }, { orderBy: order }));
  }

  private async withStudents(actor: Actor, bookings: readonly Booking[]): Promise<BookingAtHand[]> {
    const studentIds = [...new Set(bookings.map(({ studentId }) => studentId))];
    const [students, reach] = await Promise.all([this.students.several(studentIds), this.ownStudents.of(actor)]);
    const byId = new Map(students.map((student) => [student.id, student]));
    return bookings
      .filter(({ studentId }) => reach === 'all' || reach.includes(studentId))
      .map((booking) => ({ booking, student: byId.get(booking.studentId)! }));
  }
}
