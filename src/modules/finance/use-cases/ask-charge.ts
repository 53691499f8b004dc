import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { inTransaction } from '../../../platform/database/transaction.js';
import { Clock } from '../../../platform/values/clock.js';
import type { Id } from '../../../platform/values/id.js';
import { Invoice } from '../domain/invoice.js';
import { Payment } from '../domain/payment.js';
import { paymentRequest } from '../domain/payment-request.js';
import { SavedMethod } from '../domain/saved-method.js';
import type { Answer, CustomerCharge, PaymentGateway, PaymentStatus } from '../ports/payment-gateway.js';
import { PaymentGateways } from '../ports/payment-gateways.js';
import { RecordPaymentOutcome } from './record-payment-outcome.js';

/** Gateways forget an idempotency key after a day: later, asking again might take the money twice. */
const repeatableForMs = 20 * 3_600_000;

const noLongerWanted = 'no_longer_wanted';

interface Wish {
  readonly gateway: PaymentGateway;
  readonly charge: CustomerCharge;
  /** The card has not been removed, nothing else has paid meanwhile, and the gateway still knows our first request. */
  readonly mayAskAgain: boolean;
}

/** Asks the gateway to charge a saved method for a committed payment, once, and notes the answer. */
@Injectable()
export class AskCharge {
  constructor(
    private readonly em: EntityManager,
    private readonly clock: Clock,
    private readonly gateways: PaymentGateways,
    private readonly outcomes: RecordPaymentOutcome,
  ) {}

  /** The payment's id makes it one. Not asked for when the card was removed, or the invoice settled, since it was decided. */
  async execute(paymentId: Id): Promise<void> {
    const wish = await inTransaction(this.em, () => this.read(paymentId));
    if (wish && !wish.mayAskAgain)
      await this.outcomes.charged(paymentId, { outcome: 'rejected', reason: noLongerWanted });
    else if (wish) await this.outcomes.charged(paymentId, await wish.gateway.chargeCustomer(wish.charge));
  }

  /** Its answer was lost: looks for what was taken, and asks again only where that is wanted and cannot take it twice. */
  async again(paymentId: Id, wanted = true): Promise<void> {
    const wish = await inTransaction(this.em, () => this.read(paymentId));
    if (!wish) return;
    const found = await wish.gateway.findCharge(wish.charge);
    if (found.outcome === 'rejected' && !wanted && wish.mayAskAgain) return this.outcomes.unclear(paymentId);
    const asked = found.outcome === 'rejected' && wish.mayAskAgain;
    const answer: Answer<PaymentStatus> = asked ? await wish.gateway.chargeCustomer(wish.charge) : found;
    await this.outcomes.charged(paymentId, answer);
  }

  private async read(paymentId: Id): Promise<Wish | null> {
    const payment = await this.em.findOneOrFail(Payment, { id: paymentId });
    if (!payment.isOpen || payment.providerRef) return null;
    const method = await this.em.findOneOrFail(SavedMethod, { id: payment.methodId! });
    const invoice = await this.em.findOneOrFail(Invoice, { id: payment.invoiceId });
    const isOwed = invoice.outstanding.compare(payment.amount) >= 0;
    const age = this.clock.now().getTime() - payment.createdAt.getTime();
    return {
      gateway: this.gateways.for(payment.provider),
      mayAskAgain: method.state === 'saved' && isOwed && age < repeatableForMs,
      charge: {
        ...paymentRequest(payment, invoice),
        customerRef: method.customerRef!,
        methodRef: method.methodRef!,
      },
    };
  }
}
