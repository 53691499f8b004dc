import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { inTransaction } from '../../../../platform/database/transaction.js';
import { Clock } from '../../../../platform/values/clock.js';
import type { Id } from '../../../../platform/values/id.js';
import { Prepayments } from '../../../finance/index.js';
import { Scheduling } from '../../../schools/index.js';
import { Booking } from '../../domain/booking.js';
import { againWhenChanged } from '../../use-cases/again-when-changed.js';
import { HoldWriter } from '../../use-cases/hold-writer.js';
import { ReviveHold } from './revive-hold.js';

// What the student reads on his refund.
const reasons = {
  da: 'Tiden var ikke længere ledig, da betalingen kom',
  en: 'The time was no longer free when the payment came',
};

/** What money for held times does: they become lessons; those that are over do so again where there is place, and else the money goes back. */
@Injectable()
export class SettlePrepayment {
  constructor(
    private readonly em: EntityManager,
    private readonly clock: Clock,
    private readonly prepayments: Prepayments,
    private readonly scheduling: Scheduling,
    private readonly holds: HoldWriter,
    private readonly reviveHold: ReviveHold,
  ) {}

  /** Stands a repeat at any point: each step looks whether it has been done. */
  async execute(paymentId: Id, invoiceId: Id): Promise<void> {
    for (const { sourceId, stands } of await this.askedBy(invoiceId))
      if (stands) await againWhenChanged(() => inTransaction(this.em, () => this.confirm(sourceId, invoiceId)));
    for (const { sourceId, stands } of await this.askedBy(invoiceId))
      if (!stands) await this.reviveOrGiveBack(sourceId, paymentId);
  }

  private askedBy(invoiceId: Id) {
    return inTransaction(this.em, () => this.prepayments.askedBy(invoiceId));
  }

  private async confirm(bookingId: Id, invoiceId: Id): Promise<void> {
    if (!(await this.prepayments.isPaid(invoiceId))) return;
    const booking = await this.em.findOneOrFail(Booking, { id: bookingId });
    if (booking.state === 'held') await this.holds.confirm(booking);
  }

  private async reviveOrGiveBack(bookingId: Id, paymentId: Id): Promise<void> {
    if (await this.reviveHold.execute(bookingId, paymentId)) return;
    await inTransaction(this.em, () => this.giveBack(bookingId, paymentId));
  }

  /** A lesson that was paid in time and cancelled afterwards has left credit, which nobody asked to have back. */
  private async giveBack(bookingId: Id, paymentId: Id): Promise<void> {
    const { state, cancelledAt, createdBy } = await this.em.findOneOrFail(Booking, { id: bookingId });
    const paidAt = (await this.prepayments.receivedAt(paymentId)) ?? this.clock.now();
    const isOver = state === 'expired' || (state === 'cancelled' && cancelledAt !== null && cancelledAt! <= paidAt);
    if (!isOver) return;
    const { locale } = await this.scheduling.school();
    await this.prepayments.giveBack(createdBy, paymentId, reasons[locale]);
  }
}
