import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { bin, schoolQuery, type Tables } from '../../../../platform/database/query.js';
import type { EventOf } from '../../../../platform/outbox/event.js';
import { Handles } from '../../../../platform/outbox/handles.js';
import type { Id } from '../../../../platform/values/id.js';
import { TimeRange } from '../../../../platform/values/time-range.js';
import type { BookingSchema } from '../../domain/booking.js';
import { HoldEnded, LessonCancelled, LessonMoved } from '../../domain/events.js';
import type { DayCancellationSchema } from '../../day-cancellations/domain/day-cancellation.js';
import { CloseOffers } from '../use-cases/close-offers.js';
import { OfferFreedTime } from '../use-cases/offer-freed-time.js';

type Db = Tables<typeof BookingSchema | typeof DayCancellationSchema>;

/** The times that cancelled and moved lessons leave behind, and those that were accepted and not paid for. */
@Injectable()
export class FreedTimes {
  constructor(
    private readonly em: EntityManager,
    private readonly offerFreedTime: OfferFreedTime,
    private readonly closing: CloseOffers,
  ) {}

  @Handles(LessonCancelled, { name: 'bookings.offer-cancelled-time' })
  async cancelled({ payload: { bookingId, partOf } }: EventOf<LessonCancelled>): Promise<void> {
    // Nobody can be taught on a day that is cancelled as a whole.
    if (partOf && (await this.isDay(partOf))) return;
    await this.offer(bookingId);
  }

  @Handles(LessonMoved, { name: 'bookings.offer-left-time' })
  async moved({ payload }: EventOf<LessonMoved>): Promise<void> {
    const { bookingId, previousStartsAt, previousTeacherId } = payload;
    await this.offer(bookingId, { startsAt: new Date(previousStartsAt), teacherId: previousTeacherId });
  }

  /** Accepted, but not paid for: others were sent away for it. */
  @Handles(HoldEnded, { name: 'bookings.offer-unpaid-time' })
  async unpaid({ payload: { bookingId, partOf } }: EventOf<HoldEnded>): Promise<void> {
    const isAccepted = await this.closing.waitOn(bookingId);
    if (isAccepted && !(partOf && (await this.isDay(partOf)))) await this.offer(bookingId);
  }

  private async offer(bookingId: Id, was: { startsAt?: Date; teacherId?: Id } = {}): Promise<void> {
    const booking = await schoolQuery<Db>(this.em)
      .selectFrom('bookings')
      .select(['student_id as studentId', 'teacher_id as teacherId', 'starts_at as startsAt', 'ends_at as endsAt'])
      .select(['setup_minutes as setup', 'buffer_minutes as buffer'])
      .where('id', '=', bin(bookingId))
      .executeTakeFirst();
    if (!booking) return;
    const { studentId, setup, buffer } = booking;
    const startsAt = was.startsAt ?? booking.startsAt;
    const lesson = TimeRange.ofMinutes(startsAt, new TimeRange(booking.startsAt, booking.endsAt).minutes);
    const teacherId = was.teacherId ?? booking.teacherId;
    await this.offerFreedTime.execute({
      bookingId,
      studentId,
      teacherId,
      startsAt,
      busy: lesson.widened(setup, buffer),
    });
  }

  private async isDay(id: Id): Promise<boolean> {
    const days = schoolQuery<Db>(this.em).selectFrom('day_cancellations').select('id').where('id', '=', bin(id));
    return (await days.executeTakeFirst()) !== undefined;
  }
}
