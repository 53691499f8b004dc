import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { inTransaction } from '../../../platform/database/transaction.js';
import type { Rejected, Unknown } from '../../../platform/ports/outcome.js';
import type { Id } from '../../../platform/values/id.js';
import { Invoice } from '../domain/invoice.js';
import { Payment } from '../domain/payment.js';
import { paymentRequest } from '../domain/payment-request.js';
import type { PaymentIntentOpened, PaymentIntentRequest } from '../ports/payment-gateway.js';
import { PaymentGateways } from '../ports/payment-gateways.js';
import { RecordPaymentOutcome } from './record-payment-outcome.js';

/** Asks the gateway for a committed payment's intent and notes the answer. May be repeated: the payment's id makes it one. */
@Injectable()
export class OpenIntent {
  constructor(
    private readonly em: EntityManager,
    private readonly gateways: PaymentGateways,
    private readonly outcomes: RecordPaymentOutcome,
  ) {}

  async execute(paymentId: Id): Promise<PaymentIntentOpened | Rejected | Unknown> {
    const { provider, request } = await inTransaction(this.em, () => this.read(paymentId));
    const answer = await this.gateways.for(provider).createPaymentIntent(request);
    await this.outcomes.opened(paymentId, answer);
    return answer;
  }

  private async read(paymentId: Id): Promise<{ provider: string; request: PaymentIntentRequest }> {
    const payment = await this.em.findOneOrFail(Payment, { id: paymentId });
    const invoice = await this.em.findOneOrFail(Invoice, { id: payment.invoiceId });
    return { provider: payment.provider, request: paymentRequest(payment, invoice) };
  }
}
