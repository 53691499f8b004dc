import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../platform/auth/actor.js';
import { Clock } from '../../../platform/values/clock.js';
import type { Id } from '../../../platform/values/id.js';
import type { Money } from '../../../platform/values/money.js';
import { cancellationFee, checkMayCancel } from '../domain/booking-policy.js';
import { nextState } from '../domain/booking-transitions.js';
import { OwnDiary } from './own-diary.js';

export interface CancellationTerms {
  /** What cancelling now would cost the student. */
  readonly fee: Money;
  /** Until and including this instant it is free. */
  readonly cancelBy: Date;
}

/** What a cancellation would cost, before it is decided. */
@Injectable()
export class PreviewCancellation {
  constructor(
    private readonly clock: Clock,
    private readonly diary: OwnDiary,
  ) {}

  /** @throws BookingNotFound | BookingClosed | LessonStarted as cancelling would */
  async execute(actor: Actor, bookingId: Id, forStudent = false): Promise<CancellationTerms> {
    const booking = await this.diary.entry(actor, bookingId);
    const now = this.clock.now();
    checkMayCancel(actor, booking, now);
    nextState(booking.state, 'cancel');
    const fee = cancellationFee(booking, now, actor.isStaff && !forStudent ? 'school' : 'student');
    return { fee, cancelBy: booking.cancelBy };
  }
}
