import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../platform/auth/actor.js';
import { Transaction } from '../../../platform/database/transaction.js';
import { AnsweringTransaction } from '../../../platform/http/idempotency/answering-transaction.js';
import { Clock } from '../../../platform/values/clock.js';
import type { Id } from '../../../platform/values/id.js';
import { checkMayMove, checkStart } from '../domain/booking-policy.js';
import { nextState } from '../domain/booking-transitions.js';
import { Diary, type DiaryEntry } from '../queries/diary.js';
import type { WantedResources } from '../queries/lesson-candidates.js';
import { againWhenChanged } from './again-when-changed.js';
import { BookingsAtHand } from './bookings-at-hand.js';
import type { LessonPlace, PlaceWish } from './lesson-place.js';
import { LessonPlacer } from './lesson-placer.js';
import { LessonWriter } from './lesson-writer.js';
import { MoveWishes } from './move-wishes.js';

/** The same teacher, when left out. */
export interface RescheduleCommand extends WantedResources {
  readonly startsAt: Date;
  /** Staff alone: against the school's rules, and why. */
  readonly override?: { readonly reason: string };
}

/** Moves a lesson to another time, teacher or vehicle, at the terms it was booked at. */
@Injectable()
export class RescheduleBooking {
  constructor(
    readonly em: EntityManager,
    private readonly clock: Clock,
    private readonly bookings: BookingsAtHand,
    private readonly wishes: MoveWishes,
    private readonly placer: LessonPlacer,
    private readonly lessons: LessonWriter,
    private readonly diary: Diary,
  ) {}

  /** @throws SlotTaken | TeacherUnavailable with alternatives | BookingNotFound | BookingClosed | TooLateToMove */
  async execute(actor: Actor, bookingId: Id, command: RescheduleCommand): Promise<DiaryEntry> {
    return againWhenChanged(async () => {
      const wish = await this.checked(actor, bookingId, command);
      return this.placer.place(wish, (place, placed) => this.moveTo(place, placed, actor));
    });
  }

  /** Everything that can be refused without locking anything. */
  @Transaction()
  private async checked(actor: Actor, bookingId: Id, command: RescheduleCommand): Promise<PlaceWish> {
    const atHand = await this.bookings.load(actor, bookingId);
    const now = this.clock.now();
    nextState(atHand.booking.state, 'move');
    checkMayMove(actor, atHand.booking, now);
    checkStart(actor, command.startsAt, now);
    return this.wishes.of(actor, atHand, { ...command, teacherId: command.teacherId ?? atHand.booking.teacherId });
  }

  @AnsweringTransaction()
  private async moveTo(place: LessonPlace, wish: PlaceWish, actor: Actor): Promise<DiaryEntry> {
    const { bookingId } = wish;
    const { booking } = await this.bookings.load(actor, bookingId);
    await this.lessons.move(booking, wish, place);
    return this.diary.entry(actor, bookingId);
  }
}
