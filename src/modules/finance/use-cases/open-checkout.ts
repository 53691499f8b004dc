import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { AppConfig } from '../../../platform/config/app.config.js';
import { inTransaction } from '../../../platform/database/transaction.js';
import type { Rejected, Unknown } from '../../../platform/ports/outcome.js';
import type { Id } from '../../../platform/values/id.js';
import { Invoice } from '../domain/invoice.js';
import { Payment } from '../domain/payment.js';
import { paymentRequest } from '../domain/payment-request.js';
import type { CheckoutIntent, CheckoutOpened } from '../ports/payment-gateway.js';
import { PaymentGateways } from '../ports/payment-gateways.js';
import { RecordPaymentOutcome } from './record-payment-outcome.js';

/** Asks the gateway for a committed payment's checkout and notes the answer. May be repeated: the payment's id makes it one. */
@Injectable()
export class OpenCheckout {
  constructor(
    private readonly em: EntityManager,
    private readonly app: AppConfig,
    private readonly gateways: PaymentGateways,
    private readonly outcomes: RecordPaymentOutcome,
  ) {}

  async execute(paymentId: Id): Promise<CheckoutOpened | Rejected | Unknown> {
    const { provider, intent } = await inTransaction(this.em, () => this.read(paymentId));
    const answer = await this.gateways.for(provider).createCheckout(intent);
    await this.outcomes.opened(paymentId, answer);
    return answer;
  }

  /** Everything in it stays as it was at the first call: the gateway refuses the same key with another request. */
  private async read(paymentId: Id): Promise<{ provider: string; intent: CheckoutIntent }> {
    const payment = await this.em.findOneOrFail(Payment, { id: paymentId });
    const invoice = await this.em.findOneOrFail(Invoice, { id: payment.invoiceId });
    const back = `lang=${invoice.locale}&payment=${paymentId}`;
    const page = (name: string) => new URL(`/pay/${name}?${back}`, this.app.publicUrl).href;
    return {
      provider: payment.provider,
      intent: {
        ...paymentRequest(payment, invoice),
        payee: invoice.seller.name,
        locale: invoice.locale,
        successUrl: page('done'),
        cancelUrl: page('cancelled'),
        expiresAt: payment.expiresAt,
      },
    };
  }
}
