import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../platform/auth/actor.js';
import { AnsweringTransaction } from '../../../platform/http/idempotency/answering-transaction.js';
import type { Id } from '../../../platform/values/id.js';
import { waivedPart, type WaiverAsked } from '../domain/booking-policy.js';
import { NoFeeToWaive } from '../domain/errors.js';
import { Diary, type DiaryEntry } from '../queries/diary.js';
import { againWhenChanged } from './again-when-changed.js';
import { BookingsAtHand } from './bookings-at-hand.js';
import { LessonFees } from './lesson-fees.js';

export interface Waiver extends WaiverAsked {
  readonly reason: string;
}

/** Lets a student off the fee of a cancelled or missed lesson, or off a part of it. */
@Injectable()
export class WaiveFee {
  constructor(
    readonly em: EntityManager,
    private readonly bookings: BookingsAtHand,
    private readonly fees: LessonFees,
    private readonly diary: Diary,
  ) {}

  /** @throws BookingNotFound | NoFeeToWaive | WaiverInvalid */
  async execute(actor: Actor, bookingId: Id, waiver: Waiver): Promise<DiaryEntry> {
    return againWhenChanged(() => this.waive(actor, bookingId, waiver));
  }

  @AnsweringTransaction()
  private async waive(actor: Actor, bookingId: Id, waiver: Waiver): Promise<DiaryEntry> {
    const { booking } = await this.bookings.load(actor, bookingId);
    if (!booking.fee.isPositive) throw new NoFeeToWaive();
    const waived = waivedPart(actor, booking.fee, waiver, 'amount');
    await this.fees.waive(booking, { waived, reason: waiver.reason });
    return this.diary.entry(actor, bookingId);
  }
}
