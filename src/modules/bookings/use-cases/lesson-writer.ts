import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import type { AuditDetails } from '../../../platform/audit/audit.entities.js';
import { Audit } from '../../../platform/audit/audit.js';
import type { Actor } from '../../../platform/auth/actor.js';
import { insertEntity } from '../../../platform/database/insert-entity.js';
import { assertTransaction } from '../../../platform/database/transaction.js';
import { Outbox } from '../../../platform/outbox/outbox.js';
import { Clock } from '../../../platform/values/clock.js';
import type { Id } from '../../../platform/values/id.js';
import type { Money } from '../../../platform/values/money.js';
import { type ChargeCommand, Charges, Packages } from '../../finance/index.js';
import { Scheduling } from '../../schools/index.js';
import { agree, agreedFor } from '../domain/agreed-cancellation.js';
import type { BookingRule } from '../domain/booking-rule.js';
import { Booking, type FeeWaiver } from '../domain/booking.js';
import { Calendar } from '../domain/calendar/claims.js';
import { LessonBooked, LessonCancelled, LessonHeld, LessonMoved, type LessonMove } from '../domain/events.js';
import { BookingRules } from '../ports/booking-rules.js';
import { HoldWriter } from './hold-writer.js';
import type { LessonDraft } from './lesson-drafts.js';
import { LessonFees } from './lesson-fees.js';
import { bookedPlace, claimsOf, type LessonPlace, type PlaceWish } from './lesson-place.js';
import { PlaceRules } from './place-rules.js';

/** The charges that a lesson's price may be in. */
const pricedAs = ['booking', 'prepayment', 'late_prepayment'] as const;

/** A lesson that changes as one of several. */
export interface LessonDeed {
  /** What tells of all of them in one message, see LessonNews. */
  readonly partOf?: Id;
}

/** A lesson to be booked, and where there is place for it. */
export interface PlacedLesson {
  readonly draft: LessonDraft;
  readonly place: LessonPlace;
}

/** A booked lesson, and where it is to be moved. */
export interface MovedLesson {
  readonly booking: Booking;
  readonly wish: PlaceWish;
  readonly place: LessonPlace;
}

interface MoveEntry extends MovedLesson {
  readonly before: Pick<LessonMove, 'previousStartsAt' | 'previousTeacherId'>;
}

export interface LessonCancellation extends LessonDeed {
  /** Whose doing it is: a school that cancels takes no fee. */
  readonly by: 'student' | 'school';
  readonly reason: string | null;
  /** What is charged, less what is waived. */
  readonly fee: Money;
  /** Of the fee that is due. */
  readonly waiver?: FeeWaiver;
}

/**
 * The one place where lessons are written: claims, the booking, what it costs, its event and the audit log change together.
 * Each verb joins the caller's transaction, whose first locking statement it is; whoever writes several lessons does so in the order of their start.
 */
@Injectable()
export class LessonWriter {
  constructor(
    private readonly em: EntityManager,
    private readonly clock: Clock,
    private readonly outbox: Outbox,
    private readonly placeRules: PlaceRules,
    private readonly calendar: Calendar,
    private readonly scheduling: Scheduling,
    private readonly charges: Charges,
    private readonly packages: Packages,
    private readonly fees: LessonFees,
    private readonly rules: BookingRules,
    private readonly holds: HoldWriter,
    private readonly audit: Audit,
  ) {}

  /** @throws SlotBusy, which must roll the transaction back */
  async book(actor: Actor, draft: LessonDraft, place: LessonPlace, deed: LessonDeed = {}): Promise<Booking> {
    return (await this.bookAll(actor, [{ draft, place }], deed))[0]!;
  }

  /** All claims come first: whoever wants one of these times then waits before he holds anything that we need next. @throws as book() does */
  async bookAll(actor: Actor, lessons: readonly PlacedLesson[], deed: LessonDeed = {}): Promise<Booking[]> {
    assertTransaction('LessonWriter.book()');
    const freed = await this.holds.makeRoom(lessons.map(({ draft, place }) => ({ wish: draft.wish, place })));
    for (const { draft, place } of lessons)
      await this.calendar.claim({ resources: claimsOf(draft.wish, place), claimedBy: draft.wish.bookingId });
    const bookings: Booking[] = [];
    for (const lesson of lessons) bookings.push(await this.enter(actor, lesson, deed));
    await this.holds.expire(freed);
    await this.holds.askPrepayment(bookings);
    return bookings;
  }

  /** @throws SlotBusy and ClaimsChanged, which must roll the transaction back | BookingClosed */
  async move(booking: Booking, wish: PlaceWish, place: LessonPlace, deed: LessonDeed = {}): Promise<void> {
    assertTransaction('LessonWriter.move()');
    const entry = await this.changing({ booking, wish, place });
    const freed = await this.holds.makeRoom([{ wish, place }]);
    await this.calendar.move({ resources: claimsOf(wish, place), claimedBy: booking.id });
    await this.enterMoves([entry], deed);
    await this.holds.expire(freed);
  }

  /** All leave before any arrives, so that one may take another's place. @throws as move() does */
  async moveAll(lessons: readonly MovedLesson[], deed: LessonDeed = {}): Promise<void> {
    assertTransaction('LessonWriter.moveAll()');
    const entries: MoveEntry[] = [];
    for (const lesson of lessons) entries.push(await this.changing(lesson));
    const freed = await this.holds.makeRoom(lessons);
    for (const { booking } of lessons) await this.calendar.release(booking.id);
    for (const { booking, wish, place } of lessons)
      await this.calendar.claim({ resources: claimsOf(wish, place), claimedBy: booking.id });
    await this.enterMoves(entries, deed);
    await this.holds.expire(freed);
  }

  /** The time is free again, the charge gone, the fee due. @throws ClaimsChanged, which must roll the transaction back | BookingClosed */
  async cancel(actor: Actor, booking: Booking, { by, reason, fee, waiver, partOf }: LessonCancellation): Promise<void> {
    assertTransaction('LessonWriter.cancel()');
    booking.cancel({ by: actor.id, at: this.clock.now(), reason, fee, ...(waiver && { waiver }) });
    await this.calendar.release(booking.id);
    await this.em.flush();
    await this.fees.settle(booking);
    await this.outbox.record(new LessonCancelled({ bookingId: booking.id, ...(partOf && { partOf }) }));
    const details = { studentId: booking.studentId, by, fee: fee.amount, currency: fee.currency };
    await this.audit.record({ action: 'booking.cancelled', subjectId: booking.id, details });
    if (waiver?.waived.isPositive) await this.fees.noteWaiver(booking, waiver.waived);
  }

  /** What has its claims already. */
  private async enter(actor: Actor, { draft, place }: PlacedLesson, { partOf }: LessonDeed): Promise<Booking> {
    const { wish, type, student, hold, agreed, productId, isPackaged } = draft;
    await this.placeRules.check(wish, place);
    const overrode = await this.rules.count(wish.ruling);
    const calendar = await this.scheduling.noticeCalendar((agreed ?? type.cancellation).steps);
    const cancellation = agreed
      ? agreedFor(agreed, wish.startsAt, calendar)
      : agree(type.cancellation, type.price, wish.startsAt, calendar);
    const booking = Booking.book(
      {
        id: wish.bookingId,
        schoolId: actor.schoolId,
        studentId: student.id,
        ...bookedPlace(place),
        startsAt: wish.startsAt,
        terms: { ...type, lessonTypeId: type.id, cancellation },
        createdBy: actor.id,
        hold: hold ?? null,
        overrideReason: overrode.length > 0 ? wish.ruling.override!.reason : null,
      },
      this.clock.now(),
    );
    await insertEntity(this.em, booking);
    const news = { bookingId: booking.id, ...(partOf && { partOf }) };
    const isPaidFor = hold || (isPackaged && (await this.packages.use(booking)));
    if (!isPaidFor) await this.charge(booking, { description: type.name, productId });
    await this.outbox.record(hold ? new LessonHeld(news) : new LessonBooked(news));
    await this.audit.record({
      action: hold ? 'booking.held' : 'booking.booked',
      subjectId: booking.id,
      details: { ...booking.auditDetails, ...overridden(overrode) },
    });
    return booking;
  }

  /** What has its claims already. Each is counted when all stand where they go. */
  private async enterMoves(entries: readonly MoveEntry[], { partOf }: LessonDeed): Promise<void> {
    for (const { wish, place } of entries) await this.placeRules.check(wish, place);
    await this.em.flush();
    for (const { booking, wish, before } of entries) {
      const overrode = await this.rules.count(wish.ruling);
      if (overrode.length > 0) booking.overrideReason = wish.ruling.override!.reason;
      await this.charges.deliverAt(pricedAs, [booking.id], booking.endsAt, booking.teacherId);
      await this.movePackage(booking);
      await this.outbox.record(new LessonMoved({ bookingId: booking.id, ...before, ...(partOf && { partOf }) }));
      const details = { ...booking.auditDetails, previousStartsAt: before.previousStartsAt, ...overridden(overrode) };
      await this.audit.record({ action: 'booking.moved', subjectId: booking.id, details });
    }
    await this.em.flush();
  }

  /** Moves the booking and remembers where it was. @throws BookingClosed */
  private async changing({ booking, wish, place }: MovedLesson): Promise<MoveEntry> {
    const before = { previousStartsAt: booking.startsAt.toISOString(), previousTeacherId: booking.teacherId };
    const calendar = await this.scheduling.noticeCalendar(booking.agreed.steps);
    booking.move({ startsAt: wish.startsAt, ...bookedPlace(place) }, calendar);
    return { booking, wish, place, before };
  }

  /** What runs out before its new date pays for another lesson, and this one is charged. */
  private async movePackage(booking: Booking): Promise<void> {
    if ((await this.packages.move(booking)) !== 'uncovered') return;
    const { name: description } = await this.scheduling.lessonType(booking.lessonTypeId);
    await this.charge(booking, { description });
  }

  private async charge(booking: Booking, what: Pick<ChargeCommand, 'description' | 'productId'>): Promise<void> {
    if (!booking.price.isPositive) return;
    const { id: sourceId, studentId, price: gross, vatRateBp, lessonTypeId, endsAt: deliversAt } = booking;
    const { teacherId: earnedById } = booking;
    const sold = { ...what, gross, vatRateBp, lessonTypeId, earnedById, deliversAt };
    await this.charges.record({ studentId, source: 'booking', sourceId, ...sold });
  }
}

/** What the audit log says of rules that were overridden. */
function overridden(rules: readonly BookingRule[]): AuditDetails {
  return rules.length > 0 ? { overrode: rules.join(' ') } : {};
}
