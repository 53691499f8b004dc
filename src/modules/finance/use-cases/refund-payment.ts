import { LockMode } from '@mikro-orm/core';
import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../../../platform/audit/audit.js';
import type { Actor } from '../../../platform/auth/actor.js';
import { Transaction } from '../../../platform/database/transaction.js';
import { Outbox } from '../../../platform/outbox/outbox.js';
import { Clock } from '../../../platform/values/clock.js';
import type { Id } from '../../../platform/values/id.js';
import type { Money } from '../../../platform/values/money.js';
import { AmountNotPositive, PaymentNotFound, RefundByHand, WrongCurrency } from '../domain/errors.js';
import { RefundRequested } from '../domain/events.js';
import { Payment } from '../domain/payment.js';
import type { PaymentMethod } from '../domain/payment-method.js';
import { Refund } from '../domain/refund.js';
import { RecordRefundOutcome } from './record-refund-outcome.js';

export interface RefundCommand {
  readonly paymentId: Id;
  /** All that is left of the payment when absent. */
  readonly amount?: Money;
  /** How staff has paid it out; the gateway gives it back when absent. */
  readonly method?: PaymentMethod;
  readonly reason: string;
}

/** Decides to give money back, and sets it aside so that no two refunds give the same money. A job asks the gateway. */
@Injectable()
export class RefundPayment {
  constructor(
    readonly em: EntityManager,
    private readonly clock: Clock,
    private readonly outbox: Outbox,
    private readonly outcomes: RecordRefundOutcome,
    private readonly audit: Audit,
  ) {}

  /**
   * @returns the refund's id
   * @throws PaymentNotFound, RefundByHand, WrongCurrency, AmountNotPositive, RefundAboveReceived
   */
  @Transaction()
  async execute(actor: Pick<Actor, 'id'>, { paymentId, amount, method, reason }: RefundCommand): Promise<Id> {
    const payment = await this.em.findOne(Payment, { id: paymentId }, { lockMode: LockMode.PESSIMISTIC_WRITE });
    if (!payment) throw new PaymentNotFound();
    if (payment.isManual && !method) throw new RefundByHand();
    const part = amount ?? payment.refundable;
    if (part.currency !== payment.currency) throw new WrongCurrency(payment.currency);
    if (!part.isPositive) throw new AmountNotPositive('amount');
    const refund = Refund.begin(payment, part, { by: actor.id, reason }, this.clock.now());
    this.em.persist(refund);
    if (method) await this.paidOut(refund, method);
    else await this.ask(refund);
    return refund.id;
  }

  /** Nobody else will tell: whoever pays it out says so by asking. */
  private async paidOut(refund: Refund, method: PaymentMethod): Promise<void> {
    refund.byHand(method);
    await this.em.flush();
    await this.outcomes.execute(refund.id, { state: 'succeeded', ref: refund.id });
  }

  private async ask(refund: Refund): Promise<void> {
    await this.em.flush();
    await this.outbox.record(new RefundRequested({ refundId: refund.id }));
    await this.audit.record({ action: 'refund.requested', subjectId: refund.id, details: refund.auditDetails });
  }
}
