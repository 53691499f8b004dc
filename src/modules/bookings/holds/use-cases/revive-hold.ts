import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { personActor } from '../../../../platform/auth/actor.js';
import { inTransaction } from '../../../../platform/database/transaction.js';
import { Problem } from '../../../../platform/http/problem.js';
import { Clock } from '../../../../platform/values/clock.js';
import type { Id } from '../../../../platform/values/id.js';
import { Prepayments } from '../../../finance/index.js';
import { Scheduling } from '../../../schools/index.js';
import { StudentDirectory } from '../../../students/index.js';
import { Booking } from '../../domain/booking.js';
import { Calendar } from '../../domain/calendar/claims.js';
import { EnrolmentRules } from '../../ports/enrolment-rules.js';
import { BookingRules } from '../../ports/booking-rules.js';
import { againWhenChanged } from '../../use-cases/again-when-changed.js';
import type { BookingAtHand } from '../../use-cases/bookings-at-hand.js';
import { HoldWriter } from '../../use-cases/hold-writer.js';
import { bookedPlace, claimsOf, type LessonPlace, type PlaceWish } from '../../use-cases/lesson-place.js';
import { LessonPlacer } from '../../use-cases/lesson-placer.js';
import { MoveWishes } from '../../use-cases/move-wishes.js';
import { PlaceRules } from '../../use-cases/place-rules.js';

/** Books the time of a hold that ran out before its money came, with the same teacher or whoever else is free then. */
@Injectable()
export class ReviveHold {
  constructor(
    private readonly em: EntityManager,
    private readonly clock: Clock,
    private readonly students: StudentDirectory,
    private readonly scheduling: Scheduling,
    private readonly enrolment: EnrolmentRules,
    private readonly wishes: MoveWishes,
    private readonly placer: LessonPlacer,
    private readonly calendar: Calendar,
    private readonly placeRules: PlaceRules,
    private readonly rules: BookingRules,
    private readonly holds: HoldWriter,
    private readonly prepayments: Prepayments,
  ) {}

  /** @returns whether it is a lesson now, or was one already */
  async execute(bookingId: Id, paymentId: Id): Promise<boolean> {
    const atHand = await inTransaction(this.em, () => this.load(bookingId, paymentId));
    if (atHand === null) return false;
    if (atHand.booking.state === 'booked') return true;
    const { teacherId } = atHand.booking;
    return (await this.at(atHand, paymentId, teacherId)) || (await this.at(atHand, paymentId));
  }

  /** The booking with its student; null when it cannot be a lesson whatever is free. */
  private async load(bookingId: Id, paymentId: Id): Promise<BookingAtHand | null> {
    const booking = await this.em.findOneOrFail(Booking, { id: bookingId });
    const student = await this.students.get(booking.studentId);
    if (booking.state === 'booked') return { booking, student };
    if (booking.state !== 'expired' || booking.startsAt <= this.clock.now()) return null;
    const pays = (await this.prepayments.unused(paymentId)).compare(booking.prepayment) >= 0;
    return pays ? { booking, student } : null;
  }

  private async at(atHand: BookingAtHand, paymentId: Id, teacherId?: Id): Promise<boolean> {
    const { booking, student } = atHand;
    const { createdBy, schoolId, startsAt } = booking;
    try {
      await againWhenChanged(async () => {
        const target = { startsAt, offered: true as const, ...(teacherId && { teacherId }) };
        const wish = await this.wishes.of(personActor(createdBy, schoolId, 'student'), atHand, target);
        const lessonType = await this.scheduling.lessonType(booking.lessonTypeId);
        if (!(await this.enrolment.mayBook(student, lessonType))) return;
        await this.placer.place(wish, (place, placed) =>
          inTransaction(this.em, () => this.revive(placed, place, paymentId)),
        );
      });
    } catch (error) {
      // Whatever a booking can be refused for: taken, not at work, too many lessons by now.
      if (!(error instanceof Problem)) throw error;
    }
    return this.isBooked(booking.id);
  }

  private async revive(wish: PlaceWish, place: LessonPlace, paymentId: Id): Promise<void> {
    const freed = await this.holds.makeRoom([{ wish, place }]);
    await this.calendar.claim({ resources: claimsOf(wish, place), claimedBy: wish.bookingId });
    await this.placeRules.check(wish, place);
    await this.rules.count(wish.ruling);
    const booking = await this.em.findOneOrFail(Booking, { id: wish.bookingId });
    booking.revive(bookedPlace(place));
    await this.em.flush();
    await this.holds.expire(freed);
    await this.holds.becomeLesson(booking, 'booking.revived');
    await this.holds.askPrepayment([booking], 'late_prepayment');
    await this.prepayments.settle(paymentId, booking.prepaymentInvoiceId!);
  }

  private async isBooked(id: Id): Promise<boolean> {
    return inTransaction(this.em, async () => (await this.em.findOneOrFail(Booking, { id })).state === 'booked');
  }
}
