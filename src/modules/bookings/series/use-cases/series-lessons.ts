import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../../platform/auth/actor.js';
import { Clock } from '../../../../platform/values/clock.js';
import type { Id } from '../../../../platform/values/id.js';
import { BookingNotFound } from '../../domain/errors.js';
import { BookingsAtHand, type BookingAtHand } from '../../use-cases/bookings-at-hand.js';
import { NothingLeftOfSeries, SeriesLessonRequired, SeriesNotFound } from '../domain/series-problems.js';

export const seriesScopes = ['one', 'following', 'all'] as const;
/** One lesson of a series, it and all after it in time, or all of them. */
export type SeriesScope = (typeof seriesScopes)[number];

/** Which lessons of a series are meant. */
export interface LessonsMeant {
  readonly scope: SeriesScope;
  /** The one, or the first of the following; not needed for all. */
  readonly bookingId?: Id;
}

/** The lessons of a series that can still be changed: booked, and not begun. */
@Injectable()
export class SeriesLessons {
  constructor(
    private readonly clock: Clock,
    private readonly bookings: BookingsAtHand,
  ) {}

  /** In order of time, at least one. @throws SeriesNotFound | SeriesLessonRequired | BookingNotFound | NothingLeftOfSeries */
  async meant(actor: Actor, seriesId: Id, { scope, bookingId }: LessonsMeant): Promise<BookingAtHand[]> {
    const lessons = await this.bookings.ofSeries(actor, seriesId);
    if (lessons.length === 0) throw new SeriesNotFound();
    if (scope !== 'all' && bookingId === undefined) throw new SeriesLessonRequired();
    const named = lessons.find(({ booking }) => booking.id === bookingId)?.booking;
    if (bookingId !== undefined && !named) throw new BookingNotFound();
    const now = this.clock.now();
    const left = lessons.filter(
      ({ booking }) =>
        booking.state === 'booked' &&
        booking.startsAt > now &&
        (scope === 'all' || (scope === 'one' ? booking === named : booking.startsAt >= named!.startsAt)),
    );
    if (left.length === 0) throw new NothingLeftOfSeries();
    return left;
  }
}
