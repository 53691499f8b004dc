import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../platform/auth/actor.js';
import type { Id } from '../../../platform/values/id.js';
import { CheckoutRejected, GatewayUnclear } from '../domain/errors.js';
import { OpenCheckout } from './open-checkout.js';
import { StartPayment } from './start-payment.js';

export interface Checkout {
  readonly paymentId: Id;
  readonly url: string;
}

/**
 * Where a person pays an invoice. While one checkout is open, asking again answers the same address; one that asks for
 * another amount than is outstanding by now is closed first.
 */
@Injectable()
export class CreateCheckout {
  constructor(
    private readonly startPayment: StartPayment,
    private readonly openCheckout: OpenCheckout,
  ) {}

  /** @throws InvoiceNotFound, NothingToPay, PaymentUnderWay, CheckoutRejected, GatewayUnclear */
  async execute(actor: Actor, invoiceId: Id): Promise<Checkout> {
    const { id: paymentId, checkoutUrl } = await this.startPayment.execute(actor, invoiceId, 'checkout');
    if (checkoutUrl) return { paymentId, url: checkoutUrl };
    const answer = await this.openCheckout.execute(paymentId);
    if (answer.outcome === 'rejected') throw new CheckoutRejected();
    if (answer.outcome === 'unknown') throw new GatewayUnclear();
    return { paymentId, url: answer.url };
  }
}
