import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../platform/auth/actor.js';
import { AnsweringTransaction } from '../../../platform/http/idempotency/answering-transaction.js';
import { Outbox } from '../../../platform/outbox/outbox.js';
import { Clock } from '../../../platform/values/clock.js';
import type { Id } from '../../../platform/values/id.js';
import { Scheduling } from '../../schools/index.js';
import { checkMayReport } from '../domain/booking-policy.js';
import { LessonCompleted } from '../domain/events.js';
import { Diary, type DiaryEntry } from '../queries/diary.js';
import { againWhenChanged } from './again-when-changed.js';
import { BookingsAtHand } from './bookings-at-hand.js';

/** The lesson took place. */
@Injectable()
export class CompleteBooking {
  constructor(
    readonly em: EntityManager,
    private readonly clock: Clock,
    private readonly outbox: Outbox,
    private readonly bookings: BookingsAtHand,
    private readonly scheduling: Scheduling,
    private readonly diary: Diary,
  ) {}

  /** @throws BookingNotFound | BookingClosed | NotYourLesson | LessonNotStarted */
  async execute(actor: Actor, bookingId: Id): Promise<DiaryEntry> {
    return againWhenChanged(() => this.complete(actor, bookingId));
  }

  @AnsweringTransaction()
  private async complete(actor: Actor, bookingId: Id): Promise<DiaryEntry> {
    const { booking } = await this.bookings.load(actor, bookingId);
    checkMayReport(actor, await this.scheduling.teacher(booking.teacherId), booking.startsAt, this.clock.now());
    booking.complete();
    await this.em.flush();
    await this.outbox.record(new LessonCompleted({ bookingId }));
    return this.diary.entry(bookingId);
  }
}
