import { defineEntity } from '@mikro-orm/core';
import type { AuditDetails } from '../../../platform/audit/audit.entities.js';
import { amount, code, currency, id, instant, int, schoolScoped, text } from '../../../platform/database/columns.js';
import type { Id } from '../../../platform/values/id.js';
import { Money } from '../../../platform/values/money.js';
import { TimeRange } from '../../../platform/values/time-range.js';
import type { BookingState } from './booking-state.js';
import { nextState } from './booking-transitions.js';

export const BookingSchema = defineEntity({
  name: 'Booking',
  tableName: 'bookings',
  ...schoolScoped,
  uniques: [{ name: 'bookings_school_id', properties: ['schoolId', 'id'] }],
  indexes: [
    { name: 'bookings_diary', properties: ['schoolId', 'startsAt', 'id'] },
    { name: 'bookings_teacher', properties: ['schoolId', 'teacherId', 'startsAt', 'id'] },
    { name: 'bookings_student', properties: ['schoolId', 'studentId', 'startsAt', 'id'] },
    { name: 'bookings_vehicle', properties: ['schoolId', 'vehicleId', 'startsAt', 'id'] },
    { name: 'bookings_lesson_type', properties: ['schoolId', 'lessonTypeId'] },
    { name: 'bookings_starting', properties: ['startsAt', 'state'] },
  ],
  properties: {
    id: id().primary(),
    schoolId: id(),
    studentId: id(),
    teacherId: id(),
    vehicleId: id().nullable(),
    lessonTypeId: id(),
    startsAt: instant(),
    endsAt: instant(),
    setupMinutes: int(),
    bufferMinutes: int(),
    state: code<BookingState>(),
    priceMinor: amount(),
    currency: currency(),
    vatRateBp: int(),
    /** Until and including this instant the student cancels for free. */
    cancelBy: instant(),
    lateFeeMinor: amount(),
    feeMinor: amount(),
    cancelledAt: instant().nullable(),
    cancelledBy: id().nullable(),
    cancelReason: text(500).nullable(),
    version: int().version(),
    createdBy: id(),
    createdAt: instant(),
  },
});

/** What is agreed when a lesson is booked, and holds whatever happens to the price list afterwards. */
export interface LessonTerms {
  readonly lessonTypeId: Id;
  readonly minutes: number;
  readonly setupMinutes: number;
  readonly bufferMinutes: number;
  readonly price: Money;
  readonly vatRateBp: number;
  /** Cancelling is free until so many hours before the start. */
  readonly cancelNoticeHours: number;
  readonly lateFeeMinor: number;
}

export interface NewBooking {
  readonly id: Id;
  readonly schoolId: Id;
  readonly studentId: Id;
  readonly teacherId: Id;
  readonly vehicleId: Id | null;
  readonly startsAt: Date;
  readonly terms: LessonTerms;
  readonly createdBy: Id;
}

export interface Cancellation {
  readonly by: Id;
  readonly at: Date;
  readonly reason: string | null;
  /** Zero when the lesson was cancelled in time or by the school. */
  readonly fee: Money;
}

const HOUR = 3_600_000;

/** A lesson in the diary: who, with whom, in which vehicle, when, at which terms. */
export class Booking extends BookingSchema.class {
  static book({ terms, startsAt, ...who }: NewBooking, at: Date): Booking {
    return Object.assign(new Booking(), who, {
      lessonTypeId: terms.lessonTypeId,
      startsAt,
      endsAt: TimeRange.ofMinutes(startsAt, terms.minutes).end,
      setupMinutes: terms.setupMinutes,
      bufferMinutes: terms.bufferMinutes,
      state: 'booked' as const,
      priceMinor: terms.price.amount,
      currency: terms.price.currency,
      vatRateBp: terms.vatRateBp,
      cancelBy: new Date(startsAt.getTime() - terms.cancelNoticeHours * HOUR),
      lateFeeMinor: terms.lateFeeMinor,
      feeMinor: 0,
      cancelledAt: null,
      cancelledBy: null,
      cancelReason: null,
      createdAt: at,
    });
  }

  get lesson(): TimeRange {
    return new TimeRange(this.startsAt, this.endsAt);
  }

  get price(): Money {
    return Money.of(this.priceMinor, this.currency);
  }

  get lateFee(): Money {
    return Money.of(this.lateFeeMinor, this.currency);
  }

  /** What the audit log says of it. */
  get auditDetails(): AuditDetails {
    const { studentId, teacherId, vehicleId, startsAt } = this;
    return { studentId, teacherId, vehicleId: vehicleId ?? null, startsAt: startsAt.toISOString() };
  }

  /** Same length and terms at another time; the notice for cancelling moves along. @throws BookingClosed */
  move(to: { readonly startsAt: Date; readonly teacherId: Id; readonly vehicleId: Id | null }): void {
    this.state = nextState(this.state, 'move');
    const shift = to.startsAt.getTime() - this.startsAt.getTime();
    this.cancelBy = new Date(this.cancelBy.getTime() + shift);
    this.endsAt = new Date(this.endsAt.getTime() + shift);
    this.startsAt = to.startsAt;
    this.teacherId = to.teacherId;
    this.vehicleId = to.vehicleId;
  }

  /** @throws BookingClosed */
  cancel({ by, at, reason, fee }: Cancellation): void {
    this.state = nextState(this.state, 'cancel');
    this.cancelledBy = by;
    this.cancelledAt = at;
    this.cancelReason = reason;
    this.feeMinor = fee.amount;
  }

  /** @throws BookingClosed */
  complete(): void {
    this.state = nextState(this.state, 'complete');
  }

  /** The price stands: the teacher came. @throws BookingClosed */
  noShow(): void {
    this.state = nextState(this.state, 'noShow');
  }
}
BookingSchema.setClass(Booking);
