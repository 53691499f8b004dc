import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { inTransaction } from '../../../platform/database/transaction.js';
import type { Id } from '../../../platform/values/id.js';
import { GatewayUnclear } from '../domain/errors.js';
import { Invoice } from '../domain/invoice.js';
import { Payment } from '../domain/payment.js';
import { CheckPayment } from './check-payment.js';

/** One round finds a checkout whose opening nobody has answered, the next closes it. */
const rounds = 2;

/** Lets nobody pay an invoice any more of which nothing is left to pay, and lets go of what was reserved for it. May be repeated. */
@Injectable()
export class CloseSettled {
  constructor(
    private readonly em: EntityManager,
    private readonly checkPayment: CheckPayment,
  ) {}

  /** Asks the gateway, so outside a transaction. @throws GatewayUnclear */
  async execute(invoiceId: Id): Promise<void> {
    for (let round = 0; round < rounds; round++) {
      const paymentId = await inTransaction(this.em, () => this.openPayment(invoiceId));
      if (!paymentId) return;
      await this.checkPayment.close(paymentId);
    }
    if (await inTransaction(this.em, () => this.openPayment(invoiceId))) throw new GatewayUnclear();
  }

  private async openPayment(invoiceId: Id): Promise<Id | null> {
    const open = await this.em.findOne(Payment, { openFor: invoiceId });
    if (!open) return null;
    const { outstanding } = await this.em.findOneOrFail(Invoice, { id: invoiceId });
    return outstanding.isPositive ? null : open.id;
  }
}
