import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../platform/auth/actor.js';
import { AnsweringTransaction } from '../../../platform/http/idempotency/answering-transaction.js';
import { Clock } from '../../../platform/values/clock.js';
import type { Id } from '../../../platform/values/id.js';
import { Money } from '../../../platform/values/money.js';
import { cancellationFee, checkMayCancel, waivedPart } from '../domain/booking-policy.js';
import { FeeChanged } from '../domain/errors.js';
import { Diary, type DiaryEntry } from '../queries/diary.js';
import { againWhenChanged } from './again-when-changed.js';
import { BookingsAtHand } from './bookings-at-hand.js';
import { LessonWriter } from './lesson-writer.js';
import type { Waiver } from './waive-fee.js';

export interface CancelBookingCommand {
  readonly reason?: string;
  /** Staff only: the student asked for it, so that his notice counts. Otherwise it is the school that cancels, and no fee is due. */
  readonly forStudent?: boolean;
  /** What the caller was told that it costs: refused when it costs something else by now. */
  readonly expectedFee?: { readonly amount: number; readonly currency: string };
  /** Staff only: all of the fee that is due, or a part of it. */
  readonly waiver?: Waiver;
}

/** Cancels a lesson: its time is free again, its charge gone, and the fee due when the notice was too short. */
@Injectable()
export class CancelBooking {
  constructor(
    readonly em: EntityManager,
    private readonly clock: Clock,
    private readonly bookings: BookingsAtHand,
    private readonly lessons: LessonWriter,
    private readonly diary: Diary,
  ) {}

  /** @throws BookingNotFound | BookingClosed | LessonStarted | FeeChanged | WaiverNotYours | WaiverInvalid */
  async execute(actor: Actor, bookingId: Id, command: CancelBookingCommand): Promise<DiaryEntry> {
    return againWhenChanged(() => this.cancel(actor, bookingId, command));
  }

  @AnsweringTransaction()
  private async cancel(
    actor: Actor,
    bookingId: Id,
    { reason, forStudent = false, expectedFee, waiver }: CancelBookingCommand,
  ): Promise<DiaryEntry> {
    const { booking } = await this.bookings.load(actor, bookingId);
    const now = this.clock.now();
    checkMayCancel(actor, booking, now);
    const by = actor.isStaff && !forStudent ? 'school' : 'student';
    const due = cancellationFee(booking, now, by);
    if (expectedFee && !due.equals(Money.of(expectedFee.amount, expectedFee.currency))) throw new FeeChanged(due);
    const waived = waiver ? waivedPart(actor, due, waiver, 'waiver.amount') : Money.of(0, due.currency);
    await this.lessons.cancel(actor, booking, {
      by,
      reason: reason ?? null,
      fee: due.minus(waived),
      ...(waiver && { waiver: { waived, reason: waiver.reason } }),
    });
    return this.diary.entry(actor, bookingId);
  }
}
