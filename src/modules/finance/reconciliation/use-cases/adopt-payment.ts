import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { inTransaction } from '../../../../platform/database/transaction.js';
import type { Id } from '../../../../platform/values/id.js';
import { Payment } from '../../domain/payment.js';
import { PaymentGateways } from '../../ports/payment-gateways.js';
import { RecordPaymentOutcome } from '../../use-cases/record-payment-outcome.js';

/** Asks the gateway about a payment that we had given up, and takes its word: nothing is paid without its evidence. */
@Injectable()
export class AdoptPayment {
  constructor(
    private readonly em: EntityManager,
    private readonly gateways: PaymentGateways,
    private readonly outcomes: RecordPaymentOutcome,
  ) {}

  /** @param chargeRef the gateway's name for the money, where we never learned its name for the payment */
  async execute(paymentId: Id, chargeRef: string | null): Promise<void> {
    const payment = await inTransaction(this.em, () => this.em.findOne(Payment, { id: paymentId }));
    if (!payment || payment.isManual || payment.state === 'succeeded') return;
    const ref = payment.providerRef ?? chargeRef;
    if (!ref) return;
    const at = { ref, account: payment.accountRef ?? null };
    const answer = await this.gateways.for(payment.provider).fetchPayment(at);
    if (answer.outcome === 'accepted') await this.outcomes.execute(paymentId, answer.status);
  }
}
