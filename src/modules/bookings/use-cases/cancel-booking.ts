import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../../../platform/audit/audit.js';
import type { Actor } from '../../../platform/auth/actor.js';
import { AnsweringTransaction } from '../../../platform/http/idempotency/answering-transaction.js';
import { Outbox } from '../../../platform/outbox/outbox.js';
import { Clock } from '../../../platform/values/clock.js';
import type { Id } from '../../../platform/values/id.js';
import type { Money } from '../../../platform/values/money.js';
import { Charges } from '../../finance/index.js';
import { Scheduling } from '../../schools/index.js';
import { cancellationFee, checkMayCancel } from '../domain/booking-policy.js';
import type { Booking } from '../domain/booking.js';
import { Calendar } from '../domain/calendar/claims.js';
import { LessonCancelled } from '../domain/events.js';
import { Diary, type DiaryEntry } from '../queries/diary.js';
import { againWhenChanged } from './again-when-changed.js';
import { BookingsAtHand } from './bookings-at-hand.js';

export interface CancelBookingCommand {
  readonly reason?: string;
  /** Staff only: the student asked for it, so that his notice counts. Otherwise it is the school that cancels, and no fee is due. */
  readonly forStudent?: boolean;
}

// As it stands on the invoice.
const feeTexts = { da: 'Sen aflysning', en: 'Late cancellation' };

/** Cancels a lesson: its time is free again, its charge gone, and the fee due when the notice was too short. */
@Injectable()
export class CancelBooking {
  constructor(
    readonly em: EntityManager,
    private readonly clock: Clock,
    private readonly outbox: Outbox,
    private readonly bookings: BookingsAtHand,
    private readonly calendar: Calendar,
    private readonly scheduling: Scheduling,
    private readonly charges: Charges,
    private readonly diary: Diary,
    private readonly audit: Audit,
  ) {}

  /** @throws BookingNotFound | BookingClosed | LessonStarted */
  async execute(actor: Actor, bookingId: Id, command: CancelBookingCommand): Promise<DiaryEntry> {
    return againWhenChanged(() => this.cancel(actor, bookingId, command));
  }

  @AnsweringTransaction()
  private async cancel(
    actor: Actor,
    bookingId: Id,
    { reason, forStudent = false }: CancelBookingCommand,
  ): Promise<DiaryEntry> {
    const { booking } = await this.bookings.load(actor, bookingId);
    const now = this.clock.now();
    checkMayCancel(actor, booking, now);
    const by = actor.isStaff && !forStudent ? 'school' : 'student';
    const fee = cancellationFee(booking, now, by);
    booking.cancel({ by: actor.id, at: now, reason: reason ?? null, fee });
    await this.calendar.release(bookingId);
    await this.em.flush();
    await this.settle(booking, fee);
    await this.outbox.record(new LessonCancelled({ bookingId }));
    const details = { studentId: booking.studentId, by, fee: fee.amount, currency: fee.currency };
    await this.audit.record({ action: 'booking.cancelled', subjectId: bookingId, details });
    return this.diary.entry(bookingId);
  }

  private async settle({ id, studentId, vatRateBp }: Booking, fee: Money): Promise<void> {
    await this.charges.cancel('booking', id);
    if (!fee.isPositive) return;
    const { locale } = await this.scheduling.school();
    await this.charges.record({
      studentId,
      source: 'cancellation_fee',
      sourceId: id,
      description: feeTexts[locale],
      gross: fee,
      vatRateBp,
    });
  }
}
