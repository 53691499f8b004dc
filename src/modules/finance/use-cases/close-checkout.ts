import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { inTransaction } from '../../../platform/database/transaction.js';
import type { Id } from '../../../platform/values/id.js';
import { Payment } from '../domain/payment.js';
import { CheckPayment } from './check-payment.js';

/** Lets nobody pay any more for what is no longer sold. One that turns out to be paid has its effect as always. */
@Injectable()
export class CloseCheckout {
  constructor(
    private readonly em: EntityManager,
    private readonly checkPayment: CheckPayment,
  ) {}

  /** Asks the gateway, so outside a transaction. Does nothing where no checkout is open. */
  async execute(invoiceId: Id): Promise<void> {
    const open = await inTransaction(this.em, () => this.em.findOne(Payment, { openFor: invoiceId }));
    if (open) await this.checkPayment.close(open.id);
  }
}
