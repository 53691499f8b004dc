import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../../platform/auth/actor.js';
import { Problem } from '../../../../platform/http/problem.js';
import { Clock } from '../../../../platform/values/clock.js';
import type { Id } from '../../../../platform/values/id.js';
import { Money } from '../../../../platform/values/money.js';
import { cancellationFee, checkMayCancel } from '../../domain/booking-policy.js';
import { nextState } from '../../domain/booking-transitions.js';
import type { Booking } from '../../domain/booking.js';
import { BookingsAtHand, type BookingAtHand } from '../../use-cases/bookings-at-hand.js';
import type { Refused } from '../domain/lessons-plan.js';
import { checkEachOnce } from './move-targets.js';
import { SeriesLessons, type LessonsMeant } from './series-lessons.js';

/** Which lessons shall be cancelled, and whose doing it is. */
export interface CancellationAsked {
  readonly lessons: { readonly seriesId: Id; readonly meant: LessonsMeant } | { readonly bookingIds: readonly Id[] };
  /** Staff only: the student asked for it, so that his notice counts. */
  readonly forStudent?: boolean;
}

/** A lesson that may be cancelled, and what that costs now. */
export interface LessonToCancel {
  readonly booking: Booking;
  readonly by: 'student' | 'school';
  readonly fee: Money;
}

export interface CancellationCost {
  /** In order of their start. */
  readonly placed: readonly LessonToCancel[];
  readonly refused: readonly Refused[];
  /** All fees together. */
  readonly fee: Money;
}

/** What cancelling several lessons costs, each by its own terms. */
@Injectable()
export class CancellationCosts {
  constructor(
    private readonly clock: Clock,
    private readonly bookings: BookingsAtHand,
    private readonly series: SeriesLessons,
  ) {}

  /** In the caller's transaction. @throws what says which lessons are meant */
  async of(actor: Actor, { lessons, forStudent = false }: CancellationAsked): Promise<CancellationCost> {
    const by = actor.isStaff && !forStudent ? 'school' : 'student';
    const now = this.clock.now();
    const placed: LessonToCancel[] = [];
    const refused: Refused[] = [];
    for (const { booking } of await this.meant(actor, lessons)) {
      try {
        nextState(booking.state, 'cancel');
        checkMayCancel(actor, booking, now);
        placed.push({ booking, by, fee: cancellationFee(booking, now, by) });
      } catch (problem) {
        if (!(problem instanceof Problem)) throw problem;
        refused.push({ bookingId: booking.id, startsAt: booking.startsAt, problem });
      }
    }
    placed.sort((a, b) => a.booking.startsAt.getTime() - b.booking.startsAt.getTime());
    return { placed, refused, fee: Money.sum(placed.map(({ fee }) => fee)) };
  }

  private async meant(actor: Actor, lessons: CancellationAsked['lessons']): Promise<BookingAtHand[]> {
    if ('seriesId' in lessons) return this.series.meant(actor, lessons.seriesId, lessons.meant);
    checkEachOnce(lessons.bookingIds, (index) => `bookingIds.${index}`);
    return this.bookings.loadAll(actor, lessons.bookingIds);
  }
}
