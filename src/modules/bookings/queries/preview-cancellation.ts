import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../platform/auth/actor.js';
import { Transaction } from '../../../platform/database/transaction.js';
import { Clock } from '../../../platform/values/clock.js';
import type { Id } from '../../../platform/values/id.js';
import { Money } from '../../../platform/values/money.js';
import { nextFeeChange } from '../domain/agreed-cancellation.js';
import { cancellationFee, checkMayCancel } from '../domain/booking-policy.js';
import { nextState } from '../domain/booking-transitions.js';
import type { Booking } from '../domain/booking.js';
import { BookingsAtHand } from '../use-cases/bookings-at-hand.js';

export interface CancellationTerms {
  /** What cancelling now would cost the student. */
  readonly fee: Money;
  /** Until and including this instant it is free. */
  readonly cancelBy: Date;
  /** Until and including this instant it costs the fee of now; null when it stays so. */
  readonly changesAt: Date | null;
  readonly nextFee: Money | null;
  readonly steps: readonly { readonly until: Date; readonly fee: Money }[];
  readonly noShowFee: Money;
}

/** What a cancellation would cost, before it is decided. */
@Injectable()
export class PreviewCancellation {
  constructor(
    readonly em: EntityManager,
    private readonly clock: Clock,
    private readonly bookings: BookingsAtHand,
  ) {}

  /** @throws BookingNotFound | BookingClosed | LessonStarted as cancelling would */
  @Transaction()
  async execute(actor: Actor, bookingId: Id, forStudent = false): Promise<CancellationTerms> {
    const { booking } = await this.bookings.load(actor, bookingId);
    const now = this.clock.now();
    checkMayCancel(actor, booking, now);
    nextState(booking.state, 'cancel');
    return termsOf(booking, now, actor.isStaff && !forStudent ? 'school' : 'student');
  }
}

function termsOf(booking: Booking, now: Date, by: 'student' | 'school'): CancellationTerms {
  const { agreed, currency, cancelBy } = booking;
  const next = by === 'school' ? null : nextFeeChange(agreed, now);
  return {
    fee: cancellationFee(booking, now, by),
    cancelBy,
    changesAt: next?.at ?? null,
    nextFee: next && Money.of(next.feeMinor, currency),
    steps: agreed.steps.map(({ until, feeMinor }) => ({ until: new Date(until), fee: Money.of(feeMinor, currency) })),
    noShowFee: Money.of(agreed.noShowMinor, currency),
  };
}
