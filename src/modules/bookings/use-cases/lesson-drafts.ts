import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../platform/auth/actor.js';
import { Clock } from '../../../platform/values/clock.js';
import { newId, type Id } from '../../../platform/values/id.js';
import { Money } from '../../../platform/values/money.js';
import { localDate, type LocalDate } from '../../../platform/values/zone.js';
import { Packages, PriceList, type PricesOfProduct } from '../../finance/index.js';
import { Scheduling, type SchedulableLessonType } from '../../schools/index.js';
import { OwnStudents, type StudentRecord } from '../../students/index.js';
import { checkMayBookType, checkStart } from '../domain/booking-policy.js';
import type { Hold } from '../domain/booking.js';
import { InThePast, StaffHoldsTimes, StudentMayNotBook, StudentRequired, UnknownReference } from '../domain/errors.js';
import { BookingRules, type RuledLessons, type RulesAtHand } from '../ports/booking-rules.js';
import { EnrolmentRules } from '../ports/enrolment-rules.js';
import type { AgreedCancellation } from '../domain/agreed-cancellation.js';
import { wantedOf, type WantedResources } from '../queries/lesson-candidates.js';
import type { PlaceWish } from './lesson-place.js';

/** Whatever does and is free, when it is left out; the location: see LessonWish. */
export interface BookLessonCommand extends WantedResources {
  readonly lessonTypeId: Id;
  readonly startsAt: Date;
  /** Left out by students, who book for themselves, and by guardians of one student. */
  readonly studentId?: Id;
  /**
   * The school offered this time, because it became free or instead of a lesson that it cancelled: who may book such lessons, and
   * with what notice, is no question then.
   */
  readonly offered?: 'freed' | 'instead';
  /** Staff alone: against the school's rules, and why. */
  readonly override?: { readonly reason: string };
  /** Staff alone: the time is only held, and for so long. */
  readonly hold?: { readonly minutes: number };
}

/** A lesson that may be booked, and looks for its place. */
export interface LessonDraft {
  readonly wish: PlaceWish;
  readonly type: SchedulableLessonType;
  readonly student: StudentRecord;
  /** What such lessons are sold as; null when they are no product. */
  readonly productId: Id | null;
  /** A package of his has one left for that day. */
  readonly isPackaged: boolean;
  /** The time is only held until it is paid for or confirmed. */
  readonly hold?: Hold;
  /** What was agreed on cancelling before, where the lesson is given instead of another; else what its type says now. */
  readonly agreed?: AgreedCancellation;
}

/** Who wants what kind of lesson, looked up once for any number of times. */
export interface LessonRequest extends Pick<LessonDraft, 'type' | 'student'> {
  readonly actor: Actor;
  /** The school's zone. */
  readonly zone: string;
  readonly rules: RulesAtHand;
  /** Null: the lesson type says what it costs. */
  readonly prices: PricesOfProduct | null;
  /** Until this day a package of his pays for it; null when none does. */
  readonly packagedUntil: LocalDate | null;
  readonly wanted: Omit<BookLessonCommand, 'startsAt'>;
}

/** Everything about a wished lesson that can be refused without locking anything. */
@Injectable()
export class LessonDrafts {
  constructor(
    private readonly clock: Clock,
    private readonly scheduling: Scheduling,
    private readonly students: OwnStudents,
    private readonly enrolment: EnrolmentRules,
    private readonly rules: BookingRules,
    private readonly priceList: PriceList,
    private readonly packages: Packages,
  ) {}

  /** @throws what the policies refuse | LessonTypeNotFound | StudentNotFound | StudentRequired | UnknownReference */
  async draft(actor: Actor, command: BookLessonCommand): Promise<LessonDraft> {
    return this.draftAt(await this.request(actor, command), command.startsAt);
  }

  /** @throws whatever has nothing to do with the time */
  async request(actor: Actor, wanted: LessonRequest['wanted']): Promise<LessonRequest> {
    const [type, student, { zone }] = await Promise.all([
      this.scheduling.lessonType(wanted.lessonTypeId),
      this.students.meant(actor, wanted.studentId),
      this.scheduling.school(),
    ]);
    if (!student) throw new StudentRequired();
    if (!wanted.offered) checkMayBookType(actor, type);
    if (!type.active) throw new UnknownReference('lessonTypeId');
    if (!(await this.enrolment.mayBook(student, type))) throw new StudentMayNotBook();
    if (wanted.hold && !actor.isStaff) throw new StaffHoldsTimes();
    const { override, offered } = wanted;
    const waived = offered ? (['notice', 'opening'] as const) : [];
    const rules = await this.rules.of(actor, lessonsOf({ student, type, zone }), {
      waived,
      moving: offered === 'instead',
      ...(override && { override }),
    });
    const prices = await this.priceList.ofLessons(type.id, student.id);
    const packagedUntil = await this.packages.coverUntil(student.id, type.id);
    return { actor, type, student, zone, rules, prices, packagedUntil, wanted };
  }

  /** @throws what the time alone is refused for */
  draftAt(request: LessonRequest, startsAt: Date): LessonDraft {
    const { actor, student, zone, rules, wanted } = request;
    const type = pricedAt(request, startsAt);
    checkStart(actor, startsAt, this.clock.now());
    const bookingId = newId();
    const isPackaged = request.packagedUntil !== null && localDate(startsAt, zone) <= request.packagedUntil;
    const hold = this.holdOf(request, { price: type.price, isPackaged }, startsAt);
    const { minutes, setupMinutes, bufferMinutes } = type;
    const wish: PlaceWish = {
      bookingId,
      ruling: rules.judge(bookingId, startsAt),
      lessonType: type,
      startsAt,
      minutes,
      setupMinutes,
      bufferMinutes,
      zone,
      studentResourceId: student.resourceId,
      ...wantedOf(wanted),
      ...(!actor.isStaff && { bookable: (window) => this.rules.bookable(lessonsOf(request), window) }),
    };
    const productId = request.prices?.productId ?? null;
    return { wish, type, student, productId, isPackaged, ...(hold && { hold }) };
  }

  /** Who books for himself pays first where the type asks for it; staff hold a time when they say so. @throws InThePast */
  private holdOf(
    { actor, rules, wanted }: LessonRequest,
    { price, isPackaged }: { price: Money; isPackaged: boolean },
    startsAt: Date,
  ): Hold | null {
    const prepayment = actor.isStaff || isPackaged ? Money.of(0, price.currency) : rules.prepaymentOf(price);
    if (!wanted.hold && !prepayment.isPositive) return null;
    const now = this.clock.now();
    if (startsAt <= now) throw new InThePast();
    const minutes = wanted.hold?.minutes ?? rules.holdMinutes;
    return { until: new Date(Math.min(now.getTime() + minutes * 60_000, startsAt.getTime())), prepayment };
  }
}

/** The price list stands before what the lesson type says itself. */
function pricedAt({ type, prices, zone }: LessonRequest, startsAt: Date): SchedulableLessonType {
  const price = prices?.on(localDate(startsAt, zone));
  return price ? { ...type, price: price.gross, vatRateBp: price.vatRateBp } : type;
}

function lessonsOf({ student, type, zone }: Pick<LessonRequest, 'student' | 'type' | 'zone'>): RuledLessons {
  return { studentId: student.id, lessonType: type, zone };
}
