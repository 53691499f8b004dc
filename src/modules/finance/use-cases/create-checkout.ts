import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../platform/auth/actor.js';
import { isDuplicateKey } from '../../../platform/database/transaction.js';
import type { Id } from '../../../platform/values/id.js';
import { CheckoutRejected, GatewayUnclear } from '../domain/errors.js';
import { PaymentUnderWay } from '../domain/gateway-errors.js';
import { CheckPayment } from './check-payment.js';
import { IntendPayment, type IntendedPayment } from './intend-payment.js';
import { OpenCheckout } from './open-checkout.js';

const rounds = 3;

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
    private readonly intendPayment: IntendPayment,
    private readonly openCheckout: OpenCheckout,
    private readonly checkPayment: CheckPayment,
  ) {}

  /** @throws InvoiceNotFound, NothingToPay, PaymentUnderWay, CheckoutRejected, GatewayUnclear */
  async execute(actor: Actor, invoiceId: Id): Promise<Checkout> {
    for (let round = 0; round < rounds; round++) {
      const intent = await this.intend(actor, invoiceId);
      if (!intent) continue;
      const { payment, usable } = intent;
      if (payment.flow !== 'checkout' || payment.state === 'authorized') throw new PaymentUnderWay();
      if (usable && payment.checkoutUrl) return { paymentId: payment.id, url: payment.checkoutUrl };
      if (usable) return this.open(payment.id);
      await this.checkPayment.close(payment.id);
    }
    throw new GatewayUnclear();
  }

  /** The open payment of the invoice, or a new one, committed; null when somebody else made one at this moment. */
  private async intend(actor: Actor, invoiceId: Id): Promise<IntendedPayment | null> {
    try {
      return await this.intendPayment.execute(actor, invoiceId);
    } catch (error) {
      if (isDuplicateKey(error, 'payments_open_for')) return null;
      throw error;
    }
  }

  private async open(paymentId: Id): Promise<Checkout> {
    const answer = await this.openCheckout.execute(paymentId);
    if (answer.outcome === 'rejected') throw new CheckoutRejected();
    if (answer.outcome === 'unknown') throw new GatewayUnclear();
    return { paymentId, url: answer.url };
  }
}
