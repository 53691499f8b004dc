import { defineEntity, p } from '@mikro-orm/core';
import type { AuditDetails } from '../../../platform/audit/audit.entities.js';
import {
  amount,
  code,
  currency,
  id,
  instant,
  int,
  json,
  schoolScoped,
  text,
} from '../../../platform/database/columns.js';
import type { Id } from '../../../platform/values/id.js';
import { Money } from '../../../platform/values/money.js';
import { TimeRange } from '../../../platform/values/time-range.js';
import type { NoticeCalendar } from '../../schools/index.js';
import { cancelByOf, feeMinorAt, isSimple, type AgreedCancellation, agreedFor } from './agreed-cancellation.js';
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
    { name: 'bookings_trailer', properties: ['schoolId', 'trailerId', 'startsAt', 'id'] },
    { name: 'bookings_facility', properties: ['schoolId', 'facilityId', 'startsAt', 'id'] },
    { name: 'bookings_location', properties: ['schoolId', 'locationId', 'startsAt', 'id'] },
    { name: 'bookings_lesson_type', properties: ['schoolId', 'lessonTypeId'] },
    { name: 'bookings_series', properties: ['schoolId', 'seriesId', 'startsAt', 'id'] },
    { name: 'bookings_starting', properties: ['startsAt', 'state'] },
    { name: 'bookings_held_until', properties: ['heldUntil'] },
    { name: 'bookings_prepayment', properties: ['schoolId', 'prepaymentInvoiceId'] },
  ],
  properties: {
    id: id().primary(),
    schoolId: id(),
    studentId: id(),
    teacherId: id(),
    vehicleId: id().nullable(),
    trailerId: id().nullable(),
    facilityId: id().nullable(),
    /** Which of the facility's places, for the whole lesson. */
    facilityPlace: p.smallint().unsigned().nullable(),
    /** Where it begins and ends; null when nobody said. */
    locationId: id().nullable(),
    lessonTypeId: id(),
    /** The series it was booked with, wherever it has been moved since. */
    seriesId: id().nullable(),
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
    /** What cancelling or staying away costs, less what was waived of it. */
    feeMinor: amount(),
    waivedMinor: amount().defaultRaw('0'),
    /** Why; of the last waiver. */
    waiveReason: text(500).nullable(),
    /** The source of the fee's charge when it is not the booking itself: each waiver of a part makes a new one. */
    feeChargeSource: id().nullable(),
    /** Null: notice in hours and one fee, which `cancelBy` and `lateFeeMinor` say. */
    cancellation: json<AgreedCancellation>().nullable(),
    cancelledAt: instant().nullable(),
    cancelledBy: id().nullable(),
    cancelReason: text(500).nullable(),
    /** While it is held: when that ends. */
    heldUntil: instant().nullable(),
    /** How much of the price is asked for before the lesson is booked. */
    prepaymentMinor: amount().defaultRaw('0'),
    prepaymentInvoiceId: id().nullable(),
    /** Why it was booked although a rule was against it. */
    overrideReason: text(500).nullable(),
    version: int().version(),
    createdBy: id(),
    createdAt: instant(),
    /** Of the last change of any column; kept by the database. */
    changedAt: instant().defaultRaw('current_timestamp(3)').extra('on update current_timestamp(3)'),
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
  readonly cancellation: AgreedCancellation;
}

/** With whom, in what and where a lesson takes place. */
export interface BookedPlace {
  readonly teacherId: Id;
  readonly vehicleId: Id | null;
  readonly trailerId: Id | null;
  readonly facilityId: Id | null;
  readonly facilityPlace: number | null;
  readonly locationId: Id | null;
}

export interface NewBooking extends BookedPlace {
  readonly id: Id;
  readonly schoolId: Id;
  readonly studentId: Id;
  readonly startsAt: Date;
  readonly terms: LessonTerms;
  readonly createdBy: Id;
  /** The time is only held, see Hold. */
  readonly hold?: Hold | null;
  readonly overrideReason?: string | null;
}

/** A time that is nobody else's for a while. */
export interface Hold {
  readonly until: Date;
  /** How much is to be paid by then; nothing when staff hold it until they know. */
  readonly prepayment: Money;
}

export interface Cancellation {
  readonly by: Id;
  readonly at: Date;
  readonly reason: string | null;
  /** Zero when the lesson was cancelled in time or by the school, or when all of the fee is waived. */
  readonly fee: Money;
  /** What was waived of the fee that was due, and why. */
  readonly waiver?: FeeWaiver;
}

export interface FeeWaiver {
  readonly waived: Money;
  readonly reason: string;
}

const HOUR = 3_600_000;

/** A lesson in the diary: who, with whom, in which vehicle, when, at which terms. */
export class Booking extends BookingSchema.class {
  static book({ terms, startsAt, hold, overrideReason, ...who }: NewBooking, at: Date): Booking {
    return Object.assign(new Booking(), who, {
      lessonTypeId: terms.lessonTypeId,
      startsAt,
      endsAt: TimeRange.ofMinutes(startsAt, terms.minutes).end,
      setupMinutes: terms.setupMinutes,
      bufferMinutes: terms.bufferMinutes,
      state: hold ? ('held' as const) : ('booked' as const),
      heldUntil: hold?.until ?? null,
      prepaymentMinor: hold?.prepayment.amount ?? 0,
      prepaymentInvoiceId: null,
      overrideReason: overrideReason ?? null,
      priceMinor: terms.price.amount,
      currency: terms.price.currency,
      vatRateBp: terms.vatRateBp,
      ...kept(terms.cancellation, terms.price, startsAt),
      feeMinor: 0,
      waivedMinor: 0,
      waiveReason: null,
      feeChargeSource: null,
      cancelledAt: null,
      cancelledBy: null,
      cancelReason: null,
      version: 1,
      createdAt: at,
    });
  }

  get lesson(): TimeRange {
    return new TimeRange(this.startsAt, this.endsAt);
  }

  get price(): Money {
    return Money.of(this.priceMinor, this.currency);
  }

  get prepayment(): Money {
    return Money.of(this.prepaymentMinor, this.currency);
  }

  get lateFee(): Money {
    return Money.of(this.lateFeeMinor, this.currency);
  }

  /** What cancelling costs when, and staying away. */
  get agreed(): AgreedCancellation {
    if (this.cancellation) return this.cancellation;
    const { cancelBy, lateFeeMinor, priceMinor, startsAt } = this;
    const before = (startsAt.getTime() - cancelBy.getTime()) / HOUR;
    const step = { clock: 'hours_before', before, time: null, feeMinor: lateFeeMinor, until: cancelBy.toISOString() };
    return { steps: [step as AgreedCancellation['steps'][number]], noShowMinor: priceMinor };
  }

  get fee(): Money {
    return Money.of(this.feeMinor, this.currency);
  }

  /** What the audit log says of it. */
  get auditDetails(): AuditDetails {
    const { studentId, teacherId, vehicleId, startsAt } = this;
    return { studentId, teacherId, vehicleId: vehicleId ?? null, startsAt: startsAt.toISOString() };
  }

  /** Same length and terms at another time; the notice for cancelling is counted from there. @throws BookingClosed */
  move({ startsAt, ...place }: BookedPlace & { readonly startsAt: Date }, calendar: NoticeCalendar): void {
    this.state = nextState(this.state, 'move');
    const shift = startsAt.getTime() - this.startsAt.getTime();
    Object.assign(this, kept(agreedFor(this.agreed, startsAt, calendar), this.price, startsAt), place);
    this.endsAt = new Date(this.endsAt.getTime() + shift);
    this.startsAt = startsAt;
  }

  /** @throws BookingClosed */
  cancel({ by, at, reason, fee, waiver }: Cancellation): void {
    this.state = nextState(this.state, 'cancel');
    this.cancelledBy = by;
    this.cancelledAt = at;
    this.cancelReason = reason;
    this.feeMinor = fee.amount;
    this.waivedMinor = waiver?.waived.amount ?? 0;
    this.waiveReason = waiver?.waived.isPositive ? waiver.reason : null;
  }

  /** Paid for, or confirmed by staff: now it is a lesson. @throws BookingClosed */
  confirm(): void {
    this.state = nextState(this.state, 'confirm');
    this.heldUntil = null;
  }

  /** Neither paid nor confirmed: the time is anybody's. @throws BookingClosed */
  expire(): void {
    this.state = nextState(this.state, 'expire');
    this.heldUntil = null;
  }

  /** Given up before it ran out. @throws BookingClosed */
  release({ by, at, reason }: Omit<Cancellation, 'fee'>): void {
    this.state = nextState(this.state, 'release');
    this.heldUntil = null;
    this.cancelledBy = by;
    this.cancelledAt = at;
    this.cancelReason = reason;
  }

  /** Paid for after it ran out, and the time is free still or again. @throws BookingClosed */
  revive(place: BookedPlace): void {
    this.state = nextState(this.state, 'revive');
    Object.assign(this, place);
  }

  /** @throws BookingClosed */
  complete(): void {
    this.state = nextState(this.state, 'complete');
  }

  /** The teacher came, the student did not: that costs what was agreed. @throws BookingClosed */
  noShow(): void {
    this.state = nextState(this.state, 'noShow');
    this.feeMinor = this.agreed.noShowMinor;
  }

  /** Less is owed from now on. @param chargeSource of the charge for what is left */
  waive({ waived, reason }: FeeWaiver, chargeSource: Id): void {
    this.feeMinor -= waived.amount;
    this.waivedMinor += waived.amount;
    this.waiveReason = reason;
    this.feeChargeSource = chargeSource;
  }
}
BookingSchema.setClass(Booking);

/** The agreed terms as columns: those that every list shows, and the rest only where they say more. */
function kept(agreed: AgreedCancellation, price: Money, startsAt: Date) {
  const cancelBy = cancelByOf(agreed, startsAt);
  const lateFeeMinor = feeMinorAt(agreed, new Date(cancelBy.getTime() + 1));
  return { cancelBy, lateFeeMinor, cancellation: isSimple(agreed, price) ? null : agreed };
}
