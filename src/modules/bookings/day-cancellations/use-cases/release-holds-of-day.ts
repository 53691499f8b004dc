import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { personActor } from '../../../../platform/auth/actor.js';
import { inTransaction } from '../../../../platform/database/transaction.js';
import { currentSchool } from '../../../../platform/tenancy/tenancy.js';
import { Clock } from '../../../../platform/values/clock.js';
import type { Id } from '../../../../platform/values/id.js';
import type { TimeRange } from '../../../../platform/values/time-range.js';
import { Prepayments } from '../../../finance/index.js';
import { Scheduling } from '../../../schools/index.js';
import { Booking } from '../../domain/booking.js';
import { againWhenChanged } from '../../use-cases/again-when-changed.js';
import { HoldWriter } from '../../use-cases/hold-writer.js';
import { reasonOf, restOfDay } from '../domain/day-cancellation.js';
import { AffectedLessons, isAffected } from '../queries/affected-lessons.js';
import type { DaySummary } from '../queries/day-cancellation-reader.js';

/** Gives up the times that are held on a cancelled day: nobody shall pay for a lesson that cannot be. */
@Injectable()
export class ReleaseHoldsOfDay {
  constructor(
    private readonly em: EntityManager,
    private readonly clock: Clock,
    private readonly scheduling: Scheduling,
    private readonly affected: AffectedLessons,
    private readonly prepayments: Prepayments,
    private readonly holds: HoldWriter,
  ) {}

  /** Each in a transaction of its own; repeating it does nothing. */
  async execute(day: DaySummary): Promise<void> {
    const { zone } = await this.scheduling.school();
    const range = restOfDay(day.date, zone, this.clock.now());
    if (!range) return;
    for (const bookingId of await this.affected.held(day, range))
      await againWhenChanged(() => inTransaction(this.em, () => this.release(day, range, bookingId)));
  }

  private async release(day: DaySummary, range: TimeRange, bookingId: Id): Promise<void> {
    const booking = await this.em.findOneOrFail(Booking, { id: bookingId });
    if (!isAffected(booking, day, range, 'held')) return;
    // Its money has come in: it is about to be a lesson, and is cancelled as one.
    if (booking.prepaymentInvoiceId && (await this.prepayments.isPaid(booking.prepaymentInvoiceId))) return;
    const { locale } = await this.scheduling.school();
    const actor = personActor(day.createdBy, currentSchool(), 'office');
    await this.holds.release(actor, booking, reasonOf(day, locale), { partOf: day.id });
  }
}
