import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../../platform/auth/actor.js';
import { Problem } from '../../../../platform/http/problem.js';
import { Outbox } from '../../../../platform/outbox/outbox.js';
import { Clock } from '../../../../platform/values/clock.js';
import { newId, type Id } from '../../../../platform/values/id.js';
import { checkMayMove, checkStart } from '../../domain/booking-policy.js';
import { nextState } from '../../domain/booking-transitions.js';
import { Booking } from '../../domain/booking.js';
import { Calendar } from '../../domain/calendar/claims.js';
import type { BookingAtHand } from '../../use-cases/bookings-at-hand.js';
import type { PlaceWish } from '../../use-cases/lesson-place.js';
import { MoveWishes, type MoveTarget } from '../../use-cases/move-wishes.js';
import { LessonWriter } from '../../use-cases/lesson-writer.js';
import type { ConflictMode, Refused } from '../domain/lessons-plan.js';
import { LessonsMovedTogether } from '../domain/series-events.js';
import type { ClockChange } from '../domain/weekly-pattern.js';
import { LessonsPlanner, type LessonsPlan } from './lessons-planner.js';

/** A lesson, and where it shall be instead. */
export interface LessonTarget extends BookingAtHand, MoveTarget {
  readonly teacherId: Id;
  readonly clockChange?: ClockChange | null;
}

/** Moves several lessons at once, at the terms they were booked at: planned outside of any transaction, done in the caller's. */
@Injectable()
export class LessonsMover {
  constructor(
    private readonly em: EntityManager,
    private readonly clock: Clock,
    private readonly calendar: Calendar,
    private readonly moveWishes: MoveWishes,
    private readonly planner: LessonsPlanner,
    private readonly lessons: LessonWriter,
    private readonly outbox: Outbox,
  ) {}

  /** Where each would be. A lesson that cannot move stays, and is in the way of those that want its time. @throws UnknownReference */
  async plan(actor: Actor, targets: readonly LessonTarget[], onConflict: ConflictMode): Promise<LessonsPlan> {
    const refused: Refused[] = [];
    let wishes = await this.wishes(actor, targets, refused);
    for (;;) {
      const plan = await this.planner.plan(wishes);
      refused.push(...plan.refused);
      if (plan.refused.length === 0 || onConflict === 'refuse') return { placed: plan.placed, refused };
      const stay = new Set(plan.refused.map(({ bookingId }) => bookingId));
      wishes = await this.leavingOnlyThese(wishes.filter(({ bookingId }) => !stay.has(bookingId)));
    }
  }

  /** @throws SlotBusy and ClaimsChanged, which must roll the transaction back | BookingClosed */
  async move({ placed }: LessonsPlan): Promise<void> {
    const found = await this.em.find(Booking, { id: { $in: placed.map(({ wish }) => wish.bookingId) } });
    const byId = new Map(found.map((booking) => [booking.id, booking]));
    const lessons = placed.map(({ wish, place }) => ({
      booking: byId.get(wish.bookingId)!,
      // By then the others are where they go, and their ways count.
      wish: { ...wish, leaving: [] },
      place,
    }));
    if (lessons.length === 1) return this.lessons.moveAll(lessons);
    const moves = lessons.map(({ booking }) => ({
      bookingId: booking.id,
      previousStartsAt: booking.startsAt.toISOString(),
      previousTeacherId: booking.teacherId,
    }));
    const partOf = newId();
    await this.lessons.moveAll(lessons, { partOf });
    await this.outbox.record(new LessonsMovedTogether({ partOf, moves }));
  }

  /** Those that the policies let move; the others are put to the refused. */
  private async wishes(actor: Actor, targets: readonly LessonTarget[], refused: Refused[]): Promise<PlaceWish[]> {
    const wishes: PlaceWish[] = [];
    for (const same of Map.groupBy(targets, requestOf).values()) {
      const request = await this.moveWishes.request(actor, same[0]!, same[0]!);
      for (const target of same) {
        try {
          this.checkMove(actor, target);
          wishes.push(this.moveWishes.wish(request, target, target, []));
        } catch (problem) {
          if (!(problem instanceof Problem)) throw problem;
          refused.push({ bookingId: target.booking.id, startsAt: target.startsAt, problem });
        }
      }
    }
    return this.leavingOnlyThese(wishes);
  }

  private checkMove(actor: Actor, { booking, startsAt }: LessonTarget): void {
    const now = this.clock.now();
    nextState(booking.state, 'move');
    checkMayMove(actor, booking, now);
    checkStart(actor, startsAt, now);
  }

  /** What they have claimed is no hindrance to any of them. */
  private async leavingOnlyThese(wishes: readonly PlaceWish[]): Promise<PlaceWish[]> {
    const held = await this.calendar.heldByAll(wishes.map(({ bookingId }) => bookingId));
    const ownClaims = [...held.values()].flat();
    const leaving = [...held.keys()];
    return wishes.map((wish) => ({ ...wish, ownClaims, leaving }));
  }
}

/** Lessons of one student and type are looked up together. */
function requestOf({ booking: { studentId, lessonTypeId } }: LessonTarget): string {
  return `${studentId} ${lessonTypeId}`;
}
