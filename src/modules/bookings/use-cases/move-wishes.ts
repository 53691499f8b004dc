import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../platform/auth/actor.js';
import { Scheduling, type SchedulableLessonType } from '../../schools/index.js';
import type { ClaimedSlot } from '../domain/calendar/claimed-slots.js';
import { Calendar } from '../domain/calendar/claims.js';
import { BookingRules, type RuledLessons, type RulesAtHand } from '../ports/booking-rules.js';
import { wantedOf, type WantedResources } from '../queries/lesson-candidates.js';
import type { BookingAtHand } from './bookings-at-hand.js';
import type { PlaceWish } from './lesson-place.js';

/** What is left out: whichever teacher is free, the same vehicle, trailer and facility if they are, the same location. */
export interface MoveTarget extends WantedResources {
  readonly startsAt: Date;
  /** The school offered this time: with what notice is no question then. */
  readonly offered?: true;
  /** Staff alone: against the school's rules, and why. */
  readonly override?: { readonly reason: string };
}

/** Whose lessons of which type are to be moved, looked up once for any number of them. */
export interface MoveRequest {
  readonly actor: Actor;
  readonly lessonType: SchedulableLessonType;
  readonly lessons: RuledLessons;
  readonly rules: RulesAtHand;
}

/** What a booked lesson looks for when it is to be moved: its own length and terms, at another place. */
@Injectable()
export class MoveWishes {
  constructor(
    private readonly scheduling: Scheduling,
    private readonly calendar: Calendar,
    private readonly rules: BookingRules,
  ) {}

  /** What the lesson itself has claimed counts as free. @throws LessonTypeNotFound | NoticeTooShort | BeyondHorizon | OverrideNotAllowed */
  async of(actor: Actor, atHand: BookingAtHand, target: MoveTarget): Promise<PlaceWish> {
    const request = await this.request(actor, atHand, target);
    return this.wish(request, atHand, target, await this.calendar.heldBy(atHand.booking.id));
  }

  /** The same for all lessons of the student and type. @throws LessonTypeNotFound | OverrideNotAllowed */
  async request(
    actor: Actor,
    { booking, student }: BookingAtHand,
    { offered, override }: Pick<MoveTarget, 'offered' | 'override'>,
  ): Promise<MoveRequest> {
    const { zone } = await this.scheduling.school();
    const lessonType = await this.scheduling.lessonType(booking.lessonTypeId);
    const lessons = { studentId: student.id, lessonType, zone };
    const waived = offered ? (['notice'] as const) : [];
    const rules = await this.rules.of(actor, lessons, { moving: true, waived, ...(override && { override }) });
    return { actor, lessonType, lessons, rules };
  }

  /** @throws NoticeTooShort | BeyondHorizon */
  wish(
    { actor, lessonType, lessons, rules }: MoveRequest,
    { booking, student }: BookingAtHand,
    target: MoveTarget,
    ownClaims: readonly ClaimedSlot[],
  ): PlaceWish {
    const { startsAt } = target;
    const { vehicleId, trailerId, facilityId, locationId } = booking;
    return {
      bookingId: booking.id,
      ruling: rules.judge(booking.id, startsAt),
      lessonType,
      startsAt,
      minutes: booking.lesson.minutes,
      setupMinutes: booking.setupMinutes,
      bufferMinutes: booking.bufferMinutes,
      zone: lessons.zone,
      studentResourceId: student.resourceId,
      ...wantedOf(target),
      ...(facilityId === null && { locationId: target.locationId ?? locationId }),
      preferred: wantedOf({ vehicleId, trailerId, facilityId }),
      ownClaims,
      ...(!actor.isStaff && { bookable: (window) => this.rules.bookable(lessons, window) }),
    };
  }
}
