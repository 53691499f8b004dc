import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../../../platform/audit/audit.js';
import type { Actor } from '../../../platform/auth/actor.js';
import { Transaction } from '../../../platform/database/transaction.js';
import { AnsweringTransaction } from '../../../platform/http/idempotency/answering-transaction.js';
import { Outbox } from '../../../platform/outbox/outbox.js';
import { Clock } from '../../../platform/values/clock.js';
import type { Id } from '../../../platform/values/id.js';
import { Scheduling } from '../../schools/index.js';
import { checkMayMove, checkStart } from '../domain/booking-policy.js';
import { nextState } from '../domain/booking-transitions.js';
import { Calendar } from '../domain/calendar/claims.js';
import { LessonMoved } from '../domain/events.js';
import { Diary, type DiaryEntry } from '../queries/diary.js';
import { againWhenChanged } from './again-when-changed.js';
import { BookingsAtHand } from './bookings-at-hand.js';
import { LessonPlacer, claimsOf, type LessonPlace, type PlaceWish } from './lesson-placer.js';

export interface RescheduleCommand {
  readonly startsAt: Date;
  /** The same teacher, when left out. */
  readonly teacherId?: Id;
  /** The same vehicle if it is free, when left out. */
  readonly vehicleId?: Id;
}

/** Moves a lesson to another time, teacher or vehicle, at the terms it was booked at. */
@Injectable()
export class RescheduleBooking {
  constructor(
    readonly em: EntityManager,
    private readonly clock: Clock,
    private readonly outbox: Outbox,
    private readonly bookings: BookingsAtHand,
    private readonly scheduling: Scheduling,
    private readonly placer: LessonPlacer,
    private readonly calendar: Calendar,
    private readonly diary: Diary,
    private readonly audit: Audit,
  ) {}

  /** @throws SlotTaken | TeacherUnavailable with alternatives | BookingNotFound | BookingClosed | TooLateToMove */
  async execute(actor: Actor, bookingId: Id, command: RescheduleCommand): Promise<DiaryEntry> {
    return againWhenChanged(async () => {
      const wish = await this.checked(actor, bookingId, command);
      return this.placer.place(wish, (place) => this.moveTo(place, wish, actor));
    });
  }

  /** Everything that can be refused without locking anything. */
  @Transaction()
  private async checked(actor: Actor, bookingId: Id, command: RescheduleCommand): Promise<PlaceWish> {
    const { booking, student } = await this.bookings.load(actor, bookingId);
    const now = this.clock.now();
    nextState(booking.state, 'move');
    checkMayMove(actor, booking, now);
    checkStart(actor, command.startsAt, now);
    const { zone } = await this.scheduling.school();
    return {
      bookingId,
      lessonType: await this.scheduling.lessonType(booking.lessonTypeId),
      startsAt: command.startsAt,
      minutes: booking.lesson.minutes,
      setupMinutes: booking.setupMinutes,
      bufferMinutes: booking.bufferMinutes,
      zone,
      studentResourceId: student.resourceId,
      teacherId: command.teacherId ?? booking.teacherId,
      ...(command.vehicleId && { vehicleId: command.vehicleId }),
      ...(booking.vehicleId && { preferredVehicleId: booking.vehicleId }),
      ownClaims: await this.calendar.heldBy(bookingId),
    };
  }

  @AnsweringTransaction()
  private async moveTo(place: LessonPlace, wish: PlaceWish, actor: Actor): Promise<DiaryEntry> {
    const { bookingId, startsAt } = wish;
    const { booking } = await this.bookings.load(actor, bookingId);
    const previousStartsAt = booking.startsAt.toISOString();
    booking.move({ startsAt, teacherId: place.teacher.id, vehicleId: place.vehicle?.id ?? null });
    await this.calendar.move({ resources: claimsOf(wish, place), claimedBy: bookingId });
    await this.placer.checkAtWork(wish, place);
    await this.em.flush();
    await this.outbox.record(new LessonMoved({ bookingId, previousStartsAt }));
    const details = { ...booking.auditDetails, previousStartsAt };
    await this.audit.record({ action: 'booking.moved', subjectId: bookingId, details });
    return this.diary.entry(bookingId);
  }
}
