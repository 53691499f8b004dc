import { EntityManager, LockMode } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../../../../platform/audit/audit.js';
import { Transaction } from '../../../../platform/database/transaction.js';
import { Outbox } from '../../../../platform/outbox/outbox.js';
import { Clock } from '../../../../platform/values/clock.js';
import { newId } from '../../../../platform/values/id.js';
import { Money } from '../../../../platform/values/money.js';
import { localDate } from '../../../../platform/values/zone.js';
import { clearing, receivables } from '../../domain/account-plan.js';
import { PaymentNotFound } from '../../domain/errors.js';
import { CreditUsed } from '../../domain/events.js';
import { Payment } from '../../domain/payment.js';
import { Refund } from '../../domain/refund.js';
import type { DisputeNews } from '../../ports/gateway-books.js';
import { SellerReader } from '../../queries/seller-reader.js';
import { AllocatePayment } from '../../use-cases/allocate-payment.js';
import { PostTransfers } from '../../use-cases/post-transfers.js';
import { Dispute } from '../domain/dispute.js';
import { DisputeOpened } from '../domain/reconciliation-events.js';

/**
 * Notes a dispute, once, whoever tells it, however often and in whatever order. Opened: the money is gone and the invoice open
 * again. Won: both are as before. Lost: it stays so.
 */
@Injectable()
export class RecordDispute {
  constructor(
    readonly em: EntityManager,
    private readonly clock: Clock,
    private readonly outbox: Outbox,
    private readonly sellers: SellerReader,
    private readonly postTransfers: PostTransfers,
    private readonly allocatePayment: AllocatePayment,
    private readonly audit: Audit,
  ) {}

  /** @throws PaymentNotFound for one that is about nothing of this school */
  @Transaction()
  async execute(provider: string, news: DisputeNews): Promise<void> {
    const payment = await this.lock(provider, news);
    const known = await this.em.findOne(Dispute, { provider, providerRef: news.ref });
    const dispute = known ?? (await this.open(payment, news));
    if (news.state !== 'opened') await this.settle(payment, dispute, news.state);
  }

  private async open(payment: Payment, { ref, amount, reason }: DisputeNews): Promise<Dispute> {
    const dispute = Dispute.of({
      id: newId(),
      schoolId: payment.schoolId,
      paymentId: payment.id,
      studentId: payment.studentId,
      provider: payment.provider,
      providerRef: ref,
      state: 'opened',
      reason: reason.slice(0, 100),
      amountMinor: amount.amount,
      currency: amount.currency,
      openedAt: this.clock.now(),
      settledAt: null,
    });
    this.em.persist(dispute);
    const before = (await this.refunded(payment)).plus(Money.of(payment.disputedMinor, payment.currency));
    payment.disputedMinor += amount.amount;
    await this.post('dispute', payment, dispute, amount);
    await this.allocatePayment.takeBack(payment, amount, before, { source: 'refund', sourceId: dispute.id });
    await this.em.flush();
    await this.outbox.record(new DisputeOpened({ disputeId: dispute.id, paymentId: payment.id }));
    const details = dispute.auditDetails;
    await this.audit.record({ action: 'payment.disputed', subjectId: payment.id, details });
    return dispute;
  }

  private async settle(payment: Payment, dispute: Dispute, state: 'won' | 'lost'): Promise<void> {
    if (!dispute.settle(state, this.clock.now())) return;
    if (state === 'won') {
      payment.disputedMinor -= dispute.amountMinor;
      await this.post('dispute_reversal', payment, dispute, dispute.amount.negate());
      const cause = { source: 'credit', sourceId: dispute.id } as const;
      const unused = await this.allocatePayment.unused(payment);
      if (payment.invoiceId && unused.isPositive) {
        const paid = await this.allocatePayment.spread(payment, unused, [payment.invoiceId], cause);
        // Whoever has begun to pay it once more must not.
        for (const { key } of paid) await this.outbox.record(new CreditUsed({ paymentId: payment.id, invoiceId: key }));
      }
    }
    const details = dispute.auditDetails;
    await this.audit.record({ action: `payment.dispute_${state}`, subjectId: payment.id, details });
  }

  private async post(
    source: 'dispute' | 'dispute_reversal',
    payment: Payment,
    dispute: Dispute,
    amount: Money,
  ): Promise<void> {
    const { zone } = await this.sellers.terms();
    const occurredOn = localDate(this.clock.now(), zone);
    await this.postTransfers.execute({ source, sourceId: dispute.id, occurredOn }, [
      { debit: receivables(payment.studentId), credit: clearing(payment.provider), amount },
    ]);
  }

  private async refunded({ id, currency }: Payment): Promise<Money> {
    const refunds = await this.em.find(Refund, { paymentId: id, state: 'succeeded' });
    return Money.sum(
      refunds.map(({ amount }) => amount),
      currency,
    );
  }

  /** The payment's row is the lock of its disputes and refunds. */
  private async lock(provider: string, { chargeRef, account, amount }: DisputeNews): Promise<Payment> {
    const lockMode = LockMode.PESSIMISTIC_WRITE;
    const wanted = { provider, chargeRef, accountRef: account, state: 'succeeded' as const };
    const payment = await this.em.findOne(Payment, wanted, { lockMode, refresh: true });
    if (!payment || payment.currency !== amount.currency) throw new PaymentNotFound();
    return payment;
  }
}
