import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../../../platform/audit/audit.js';
import type { Actor } from '../../../platform/auth/actor.js';
import { assertTransaction } from '../../../platform/database/transaction.js';
import { Outbox } from '../../../platform/outbox/outbox.js';
import { Clock } from '../../../platform/values/clock.js';
import type { Id } from '../../../platform/values/id.js';
import type { Money } from '../../../platform/values/money.js';
import { Charges, Packages, Prepayments, type PrepaymentSource } from '../../finance/index.js';
import { Scheduling } from '../../schools/index.js';
import { Booking } from '../domain/booking.js';
import { SlotBusy } from '../domain/calendar/calendar-errors.js';
import { Calendar } from '../domain/calendar/claims.js';
import { sameSlot, slotsClaimed } from '../domain/calendar/claimed-slots.js';
import { HoldEnded, LessonBooked } from '../domain/events.js';
import { claimsOf, type LessonPlace, type PlaceWish } from './lesson-place.js';

// As they stand on the invoice.
const prepaymentTexts = { da: 'Forudbetaling', en: 'Prepayment' };

/** A lesson about to be written. */
export interface LessonAtPlace {
  readonly wish: PlaceWish;
  readonly place: LessonPlace;
}

/** What becomes of a time that is held: its claims, its money, its events and the audit log change together. Each verb joins the caller's transaction. */
@Injectable()
export class HoldWriter {
  constructor(
    private readonly em: EntityManager,
    private readonly clock: Clock,
    private readonly outbox: Outbox,
    private readonly calendar: Calendar,
    private readonly scheduling: Scheduling,
    private readonly charges: Charges,
    private readonly packages: Packages,
    private readonly prepayments: Prepayments,
    private readonly audit: Audit,
  ) {}

  /** One invoice for what several held lessons of a student ask for; the last thing of a transaction, as it takes a number. */
  async askPrepayment(bookings: readonly Booking[], source: PrepaymentSource = 'prepayment'): Promise<void> {
    const asking = bookings.filter(({ prepayment }) => prepayment.isPositive);
    const [first] = asking;
    if (!first) return;
    const { locale } = await this.scheduling.school();
    const commands = await Promise.all(
      asking.map(async ({ id, prepayment, vatRateBp, lessonTypeId, teacherId: earnedById, endsAt: deliversAt }) => {
        const { name } = await this.scheduling.lessonType(lessonTypeId);
        const description = `${prepaymentTexts[locale]}: ${name}`;
        const sold = { description, gross: prepayment, vatRateBp, lessonTypeId, earnedById, deliversAt };
        return { source, sourceId: id, ...sold };
      }),
    );
    const invoiceId = await this.prepayments.ask(first.studentId, commands);
    for (const booking of asking) booking.prepaymentInvoiceId = invoiceId;
    await this.em.flush();
  }

  /** Now it is a lesson, and what the prepayment left of its price is charged. @throws BookingClosed */
  async confirm(booking: Booking): Promise<void> {
    assertTransaction('HoldWriter.confirm()');
    booking.confirm();
    await this.em.flush();
    await this.becomeLesson(booking, 'booking.confirmed');
  }

  /** After its claims: what it leaves of the price is charged, and everybody told. */
  async becomeLesson(booking: Booking, action: string): Promise<void> {
    await this.chargeRest(booking);
    await this.outbox.record(new LessonBooked({ bookingId: booking.id }));
    await this.audit.record({ action, subjectId: booking.id, details: booking.auditDetails });
  }

  /** Ends the claims of expired holds whose time the lessons take; finish with expire(). */
  makeRoom(lessons: readonly LessonAtPlace[]): Promise<Booking[]> {
    return this.free(inTheWay(lessons));
  }

  /** Its claims go at once, so that they can be claimed anew; the rest follows by expire(). @returns those that are held still */
  async free(bookingIds: readonly Id[]): Promise<Booking[]> {
    assertTransaction('HoldWriter.free()');
    const freed: Booking[] = [];
    for (const id of [...bookingIds].sort()) {
      const booking = await this.em.findOne(Booking, { id });
      if (!booking?.heldUntil || booking.heldUntil > this.clock.now()) continue;
      await this.calendar.release(id);
      freed.push(booking);
    }
    return freed;
  }

  /** @throws SlotBusy when money has just come in for one, which must roll the transaction back: it is no longer anybody's to take */
  async expire(freed: readonly Booking[]): Promise<void> {
    for (const booking of freed) {
      booking.expire();
      await this.em.flush();
      if (!(await this.prepayments.withdrawUnpaid(booking.id))) throw new SlotBusy(undefined);
      await this.outbox.record(new HoldEnded({ bookingId: booking.id, how: 'expired' }));
      const details = { studentId: booking.studentId };
      await this.audit.record({ action: 'booking.hold_expired', subjectId: booking.id, details });
    }
  }

  /** Given up before it ran out: nobody owes anything. @throws BookingClosed | ClaimsChanged, which must roll the transaction back */
  async release(
    actor: Actor,
    booking: Booking,
    reason: string | null,
    deed: { readonly partOf?: Id } = {},
  ): Promise<void> {
    assertTransaction('HoldWriter.release()');
    booking.release({ by: actor.id, at: this.clock.now(), reason });
    await this.calendar.release(booking.id);
    await this.em.flush();
    await this.charges.cancel('prepayment', booking.id);
    await this.outbox.record(new HoldEnded({ bookingId: booking.id, how: 'released', ...deed }));
    const details = { studentId: booking.studentId };
    await this.audit.record({ action: 'booking.hold_released', subjectId: booking.id, details });
  }

  private async chargeRest(booking: Booking): Promise<void> {
    const { id, studentId, lessonTypeId, price, prepayment, vatRateBp, endsAt: deliversAt } = booking;
    const { teacherId: earnedById } = booking;
    const gross: Money = price.minus(prepayment);
    if (prepayment.isZero && (await this.packages.use(booking))) return;
    if (!gross.isPositive) return;
    const { name: description } = await this.scheduling.lessonType(lessonTypeId);
    const sold = { description, gross, vatRateBp, lessonTypeId, earnedById, deliversAt };
    await this.charges.record({ studentId, source: 'booking', sourceId: id, ...sold });
  }
}

/** The expired holds whose time the places take. */
function inTheWay(lessons: readonly LessonAtPlace[]): Id[] {
  const ids = lessons.flatMap(({ wish, place }) => {
    const wanted = slotsClaimed(claimsOf(wish, place));
    const holds = wish.expiredHolds ?? [];
    return holds.filter(({ claims }) => claims.some((one) => wanted.some((other) => sameSlot(one, other))));
  });
  return [...new Set(ids.map(({ bookingId }) => bookingId))];
}
