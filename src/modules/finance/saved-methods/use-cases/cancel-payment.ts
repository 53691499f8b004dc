import { EntityManager, LockMode } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../../../../platform/audit/audit.js';
import { inTransaction, Transaction } from '../../../../platform/database/transaction.js';
import type { Id } from '../../../../platform/values/id.js';
import { GatewayUnclear, PaymentNotFound } from '../../domain/errors.js';
import { PaymentNotOpen } from '../../domain/gateway-errors.js';
import { Payment } from '../../domain/payment.js';
import { CheckPayment } from '../../use-cases/check-payment.js';

/** Lets nobody pay by this payment any more, and lets go of what it has reserved. */
@Injectable()
export class CancelPayment {
  constructor(
    readonly em: EntityManager,
    private readonly checkPayment: CheckPayment,
    private readonly audit: Audit,
  ) {}

  /** One that turns out to be paid stays paid. @throws PaymentNotFound, PaymentNotOpen, GatewayUnclear */
  async execute(paymentId: Id): Promise<void> {
    await this.decide(paymentId);
    await this.checkPayment.close(paymentId);
    const { isOpen } = await inTransaction(this.em, () => this.em.findOneOrFail(Payment, { id: paymentId }));
    if (isOpen) throw new GatewayUnclear();
  }

  @Transaction()
  async decide(id: Id): Promise<void> {
    const payment = await this.em.findOne(Payment, { id }, { lockMode: LockMode.PESSIMISTIC_WRITE });
    if (!payment) throw new PaymentNotFound();
    if (!payment.isOpen) throw new PaymentNotOpen();
    const details = payment.auditDetails;
    await this.audit.record({ action: 'payment.cancel_requested', subjectId: id, details });
  }
}
