import type { InferEntity } from '@mikro-orm/core';
import { EntityManager, LockMode } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../../../platform/audit/audit.js';
import { assertTransaction } from '../../../platform/database/transaction.js';
import { Clock } from '../../../platform/values/clock.js';
import { NothingToPay } from '../domain/errors.js';
import { Invoice } from '../domain/invoice.js';
import { Payment, type PaymentSchema } from '../domain/payment.js';

type How = Pick<InferEntity<typeof PaymentSchema>, 'provider' | 'accountRef' | 'flow' | 'capture' | 'methodId'>;

/** Notes that what is outstanding of an invoice is about to be paid, before any gateway is asked. */
@Injectable()
export class BeginPayment {
  constructor(
    private readonly em: EntityManager,
    private readonly clock: Clock,
    private readonly audit: Audit,
  ) {}

  /** A duplicate key `payments_open_for` says that somebody made one at this moment. @throws NothingToPay */
  async execute(invoice: Invoice, how: How, minutesToPay: number): Promise<Payment> {
    assertTransaction('BeginPayment.execute()');
    const now = this.clock.now();
    const expiresAt = new Date(now.getTime() + minutesToPay * 60_000);
    const payment = Payment.begin(invoice, how, { now, expiresAt });
    await this.em.persist(payment).flush();
    // Locked after the payment is there: whoever settles the invoice at this moment is seen here, or sees the payment and closes it.
    const lock = { lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true } as const;
    const { outstanding } = await this.em.findOneOrFail(Invoice, { id: invoice.id }, lock);
    if (!outstanding.isPositive) throw new NothingToPay();
    payment.amountMinor = outstanding.amount;
    await this.audit.record({ action: 'payment.begun', subjectId: payment.id, details: payment.auditDetails });
    return payment;
  }
}
