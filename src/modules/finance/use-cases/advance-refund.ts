import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { inTransaction } from '../../../platform/database/transaction.js';
import type { Id } from '../../../platform/values/id.js';
import { Payment } from '../domain/payment.js';
import { Refund } from '../domain/refund.js';
import type { PaymentGateway, RefundIntent } from '../ports/payment-gateway.js';
import { PaymentGateways } from '../ports/payment-gateways.js';
import { RecordRefundOutcome } from './record-refund-outcome.js';

interface Standing {
  readonly provider: string;
  readonly intent: RefundIntent;
  readonly ref: string | null;
  readonly asked: boolean;
}

/** Drives an open refund on: asks for it, or asks what became of it. May be repeated: the refund's id makes it one. */
@Injectable()
export class AdvanceRefund {
  constructor(
    private readonly em: EntityManager,
    private readonly gateways: PaymentGateways,
    private readonly outcomes: RecordRefundOutcome,
  ) {}

  async execute(refundId: Id): Promise<void> {
    const standing = await inTransaction(this.em, () => this.read(refundId));
    if (!standing) return;
    const answer = await this.ask(this.gateways.for(standing.provider), standing);
    await this.outcomes.answered(refundId, answer);
  }

  private async ask(gateway: PaymentGateway, { intent, ref, asked }: Standing): ReturnType<PaymentGateway['refund']> {
    if (!asked) return gateway.refund(intent);
    const found = await gateway.fetchRefund(intent, ref);
    return found.outcome === 'rejected' && !ref ? gateway.refund(intent) : found;
  }

  private async read(refundId: Id): Promise<Standing | null> {
    const refund = await this.em.findOneOrFail(Refund, { id: refundId });
    if (!refund.isOpen) return null;
    const payment = await this.em.findOneOrFail(Payment, { id: refund.paymentId });
    if (!payment.chargeRef) throw new Error(`payment ${payment.id} has no reference to refund by`);
    return {
      provider: payment.provider,
      intent: {
        refundId,
        schoolId: refund.schoolId,
        account: payment.accountRef ?? null,
        chargeRef: payment.chargeRef,
        amount: refund.amount,
      },
      ref: refund.providerRef ?? null,
      asked: refund.state !== 'requested' || refund.checks > 0,
    };
  }
}
