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
}
