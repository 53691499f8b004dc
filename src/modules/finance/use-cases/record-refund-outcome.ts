import { LockMode } from '@mikro-orm/core';
import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../../../platform/audit/audit.js';
import { Transaction } from '../../../platform/database/transaction.js';
import { Outbox } from '../../../platform/outbox/outbox.js';
import type { Rejected, Unknown } from '../../../platform/ports/outcome.js';
import { Clock } from '../../../platform/values/clock.js';
import type { Id } from '../../../platform/values/id.js';
import { Money } from '../../../platform/values/money.js';
import { localDate } from '../../../platform/values/zone.js';
import { receivables } from '../domain/account-plan.js';
import { PaymentNotFound } from '../domain/errors.js';
import { RefundCompleted } from '../domain/events.js';
import type { TransferSource } from '../domain/ledger.js';
import { accountOf } from '../domain/payment-method.js';
import { Payment } from '../domain/payment.js';
import { Refund } from '../domain/refund.js';
import type { Known, RefundStatus } from '../ports/payment-gateway.js';
import { SellerReader } from '../queries/seller-reader.js';
import { AllocatePayment } from './allocate-payment.js';
import { MoneyCounters } from './money-counters.js';
import { isFrom, type Teller } from './record-payment-outcome.js';
import { PostTransfers } from './post-transfers.js';

/** Notes what became of a refund, once, whoever tells it and however often. */
@Injectable()
export class RecordRefundOutcome {
  constructor(
    readonly em: EntityManager,
    private readonly clock: Clock,
    private readonly outbox: Outbox,
    private readonly sellers: SellerReader,
    private readonly postTransfers: PostTransfers,
    private readonly allocatePayment: AllocatePayment,
    private readonly audit: Audit,
    private readonly counters: MoneyCounters,
  ) {}

  /** The gateway's answer to our own question. */
  @Transaction()
  async answered(refundId: Id, answer: Known<RefundStatus> | Rejected | Unknown): Promise<void> {
    if (answer.outcome === 'accepted') return this.execute(refundId, answer.status);
    const { refund, payment } = await this.lock(refundId);
    if (answer.outcome === 'unknown') refund.wait('unknown', null, this.clock.now());
    else await this.undo(refund, payment, null, answer.reason);
  }

  /** What a webhook tells. One that does not come from where the payment was made says nothing about it. @throws PaymentNotFound */
  @Transaction()
  async told(refundId: Id, by: Teller, status: RefundStatus): Promise<void> {
    const { payment } = await this.lock(refundId);
    if (!isFrom(payment, by)) throw new PaymentNotFound();
    await this.execute(refundId, status);
  }

  /** How a refund stands, by a verified webhook or by asking. @throws PaymentNotFound */
  @Transaction()
  async execute(refundId: Id, status: RefundStatus): Promise<void> {
    const { refund, payment } = await this.lock(refundId);
    if (status.state === 'failed') await this.undo(refund, payment, status.ref, status.reason);
    else if (status.state === 'pending') refund.wait('pending', status.ref, this.clock.now());
    else await this.succeed(refund, payment, status.ref);
  }

  private async succeed(refund: Refund, payment: Payment, ref: string): Promise<void> {
    const before = await this.refundedBefore(refund, payment);
    if (!refund.finish('succeeded', { ref }, this.clock.now())) return;
    this.counters.refundSettled(refund, payment);
    await this.post('refund', refund, payment, refund.amount);
    await this.allocatePayment.takeBack(payment, refund.amount, before, { source: 'refund', sourceId: refund.id });
    await this.outbox.record(new RefundCompleted({ refundId: refund.id }));
    const action = refund.method ? 'refund.paid_out' : 'refund.succeeded';
    await this.audit.record({ action, subjectId: refund.id, details: refund.auditDetails });
  }

  /** A refund that had succeeded may still come back from the student's bank: then the money is his credit. */
  private async undo(refund: Refund, payment: Payment, ref: string | null, failure: string): Promise<void> {
    const hadSucceeded = refund.state === 'succeeded';
    if (!refund.finish('failed', { ref, failure }, this.clock.now())) return;
    this.counters.refundSettled(refund, payment);
    payment.releaseRefund(refund.amount);
    if (hadSucceeded) await this.post('refund_failure', refund, payment, refund.amount.negate());
    await this.audit.record({ action: 'refund.failed', subjectId: refund.id, details: refund.auditDetails });
  }

  private async post(source: TransferSource, refund: Refund, payment: Payment, amount: Money): Promise<void> {
    const { zone } = await this.sellers.terms();
    await this.postTransfers.execute({ source, sourceId: refund.id, occurredOn: localDate(this.clock.now(), zone) }, [
      { debit: receivables(payment.studentId), credit: accountOf(payment.provider, refund.method), amount },
    ]);
  }

  private async refundedBefore(refund: Refund, payment: Payment): Promise<Money> {
    const others = await this.em.find(Refund, { paymentId: payment.id, state: 'succeeded', id: { $ne: refund.id } });
    const given = Money.sum(
      others.map(({ amount }) => amount),
      payment.currency,
    );
    return given.plus(Money.of(payment.disputedMinor, payment.currency));
  }

  /** The payment's row is the lock of all its refunds. */
  private async lock(refundId: Id): Promise<{ refund: Refund; payment: Payment }> {
    const found = await this.em.findOne(Refund, { id: refundId });
    if (!found) throw new PaymentNotFound();
    const payment = await this.em.findOneOrFail(
      Payment,
      { id: found.paymentId },
      { lockMode: LockMode.PESSIMISTIC_WRITE },
    );
    const refund = await this.em.findOneOrFail(
      Refund,
      { id: refundId },
      { lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true },
    );
    return { refund, payment };
  }
}
