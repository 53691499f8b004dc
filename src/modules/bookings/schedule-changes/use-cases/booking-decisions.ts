import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../../../../platform/audit/audit.js';
import type { Actor } from '../../../../platform/auth/actor.js';
import { assertTransaction } from '../../../../platform/database/transaction.js';
import { Problem } from '../../../../platform/http/problem.js';
import { currentSchool } from '../../../../platform/tenancy/tenancy.js';
import { Clock } from '../../../../platform/values/clock.js';
import type { Id } from '../../../../platform/values/id.js';
import { Money } from '../../../../platform/values/money.js';
import { checkStart } from '../../domain/booking-policy.js';
import { nextState } from '../../domain/booking-transitions.js';
import { KeptBooking } from '../../domain/kept-booking.js';
import { BookingNotFound } from '../../domain/errors.js';
import type { Orphan } from '../../queries/orphan-search.js';
import { type BookingAtHand, BookingsAtHand } from '../../use-cases/bookings-at-hand.js';
import { LessonPlacer } from '../../use-cases/lesson-placer.js';
import { LessonWriter } from '../../use-cases/lesson-writer.js';
import { MoveWishes } from '../../use-cases/move-wishes.js';
import type { ListedDecision } from '../domain/decision.js';
import { DecisionRefused, MoveWithoutTime } from '../domain/errors.js';

/** Does what was decided on lessons outside their teachers' hours. Joins the caller's transaction. */
@Injectable()
export class BookingDecisions {
  constructor(
    private readonly em: EntityManager,
    private readonly clock: Clock,
    private readonly bookings: BookingsAtHand,
    private readonly wishes: MoveWishes,
    private readonly placer: LessonPlacer,
    private readonly lessons: LessonWriter,
    private readonly audit: Audit,
  ) {}

  /**
   * In order of the lessons, so that two who decide at once wait for each other.
   * @param orphans what is outside now: only such a lesson can be kept
   * @throws DecisionRefused | MoveWithoutTime
   * @throws SlotBusy, ClaimsChanged and TeacherNotAtWork, which must roll the transaction back
   */
  async carryOut(actor: Actor, decisions: readonly ListedDecision[], orphans: readonly Orphan[]): Promise<void> {
    assertTransaction('BookingDecisions.carryOut()');
    const known = new Map(orphans.map((orphan) => [orphan.bookingId, orphan]));
    for (const decision of inOrder(decisions, known)) {
      if (decision.decision === 'move' && !decision.startsAt) throw new MoveWithoutTime(decision.index);
      try {
        await this.one(actor, decision, known.get(decision.bookingId));
      } catch (error) {
        throw error instanceof Problem ? new DecisionRefused(decision.index, decision.bookingId, error) : error;
      }
    }
  }

  private async one(actor: Actor, decision: ListedDecision, orphan: Orphan | undefined): Promise<void> {
    const atHand = await this.bookings.load(actor, decision.bookingId);
    switch (decision.decision) {
      case 'keep':
        return this.keep(actor, atHand, orphan);
      case 'move':
        return this.move(actor, atHand, decision);
      case 'cancel':
        return this.cancel(actor, atHand, decision.reason ?? null);
    }
  }

  private async move(actor: Actor, atHand: BookingAtHand, { startsAt, teacherId, vehicleId }: ListedDecision) {
    nextState(atHand.booking.state, 'move');
    checkStart(actor, startsAt!, this.clock.now());
    // It is the school that moves it: it may do so at short notice.
    const target = {
      offered: true as const,
      startsAt: startsAt!,
      ...(teacherId && { teacherId }),
      ...(vehicleId && { vehicleId }),
    };
    const wish = await this.wishes.of(actor, atHand, target);
    await this.lessons.move(atHand.booking, wish, await this.placer.find(wish));
  }

  /** It is the school that cancels: nothing is owed. */
  private async cancel(actor: Actor, { booking }: BookingAtHand, reason: string | null): Promise<void> {
    await this.lessons.cancel(actor, booking, { by: 'school', reason, fee: Money.of(0, booking.currency) });
  }

  private async keep(actor: Actor, { booking }: BookingAtHand, orphan: Orphan | undefined): Promise<void> {
    nextState(booking.state, 'move');
    if (!orphan) throw new BookingNotFound();
    const { bookingId, teacherId, startsAt, reason } = orphan;
    await this.em.nativeDelete(KeptBooking, { bookingId });
    await this.em
      .persist(
        Object.assign(new KeptBooking(), {
          bookingId,
          schoolId: currentSchool(),
          teacherId,
          startsAt,
          reason,
          keptBy: actor.id,
          keptAt: this.clock.now(),
        }),
      )
      .flush();
    const details = { studentId: booking.studentId, reason };
    await this.audit.record({ action: 'booking.kept', subjectId: bookingId, details });
  }
}

function inOrder(decisions: readonly ListedDecision[], known: ReadonlyMap<Id, Orphan>): ListedDecision[] {
  const startOf = ({ bookingId }: ListedDecision) => known.get(bookingId)?.startsAt.getTime() ?? Infinity;
  return decisions.toSorted((a, b) => startOf(a) - startOf(b) || (a.bookingId < b.bookingId ? -1 : 1));
}
