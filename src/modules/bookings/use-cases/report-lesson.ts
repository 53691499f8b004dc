import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../../../platform/audit/audit.js';
import type { Actor } from '../../../platform/auth/actor.js';
import { AnsweringTransaction } from '../../../platform/http/idempotency/answering-transaction.js';
import { Outbox } from '../../../platform/outbox/outbox.js';
import { Clock } from '../../../platform/values/clock.js';
import type { Id } from '../../../platform/values/id.js';
import { Scheduling } from '../../schools/index.js';
import { checkMayReport } from '../domain/booking-policy.js';
import type { Booking } from '../domain/booking.js';
import { LessonCompleted, StudentDidNotShow } from '../domain/events.js';
import { Diary, type DiaryEntry } from '../queries/diary.js';
import { againWhenChanged } from './again-when-changed.js';
import { BookingsAtHand } from './bookings-at-hand.js';
import { LessonFees } from './lesson-fees.js';

const outcomes = {
  completed: { report: (booking: Booking) => booking.complete(), Event: LessonCompleted },
  no_show: { report: (booking: Booking) => booking.noShow(), Event: StudentDidNotShow },
};

/** The lesson took place, or the teacher came and the student did not: that costs what was agreed. */
export type LessonOutcome = keyof typeof outcomes;

/** What became of a lesson that has begun, by its teacher or the office. */
@Injectable()
export class ReportLesson {
  constructor(
    readonly em: EntityManager,
    private readonly clock: Clock,
    private readonly outbox: Outbox,
    private readonly bookings: BookingsAtHand,
    private readonly scheduling: Scheduling,
    private readonly fees: LessonFees,
    private readonly diary: Diary,
    private readonly audit: Audit,
  ) {}

  /** @throws BookingNotFound | BookingClosed | NotYourLesson | LessonNotStarted */
  async execute(actor: Actor, bookingId: Id, outcome: LessonOutcome): Promise<DiaryEntry> {
    return againWhenChanged(() => this.report(actor, bookingId, outcome));
  }

  @AnsweringTransaction()
  private async report(actor: Actor, bookingId: Id, outcome: LessonOutcome): Promise<DiaryEntry> {
    const { booking } = await this.bookings.load(actor, bookingId);
    checkMayReport(actor, await this.scheduling.teacher(booking.teacherId), booking.startsAt, this.clock.now());
    const { report, Event } = outcomes[outcome];
    report(booking);
    await this.em.flush();
    if (outcome === 'no_show') await this.fees.settle(booking);
    await this.outbox.record(new Event({ bookingId }));
    const { studentId } = booking;
    await this.audit.record({ action: `booking.${outcome}`, subjectId: bookingId, details: { studentId } });
    return this.diary.entry(actor, bookingId);
  }
}
