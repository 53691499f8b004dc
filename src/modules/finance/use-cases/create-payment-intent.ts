import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../platform/auth/actor.js';
import type { Id } from '../../../platform/values/id.js';
import { CheckoutRejected, GatewayUnclear } from '../domain/errors.js';
import { OpenIntent } from './open-intent.js';
import { StartPayment } from './start-payment.js';

/** What the school's own app needs for letting a person pay in it. */
export interface PayableIntent {
  readonly paymentId: Id;
  readonly provider: string;
  /** The school's own account at the gateway; null for the platform's. */
  readonly accountRef: string | null;
  /** Whoever has it may pay. It is asked for each time, and kept nowhere. */
  readonly clientSecret: string;
}

/** Lets an invoice be paid in the school's own app. While one intent is open, asking again answers the same. */
@Injectable()
export class CreatePaymentIntent {
  constructor(
    private readonly startPayment: StartPayment,
    private readonly openIntent: OpenIntent,
  ) {}

  /** @throws InvoiceNotFound, NothingToPay, PaymentUnderWay, IntentsNotSupported, CheckoutRejected, GatewayUnclear */
  async execute(actor: Actor, invoiceId: Id): Promise<PayableIntent> {
    const { id: paymentId, provider, accountRef = null } = await this.startPayment.execute(actor, invoiceId, 'intent');
    const answer = await this.openIntent.execute(paymentId);
    if (answer.outcome === 'rejected') throw new CheckoutRejected();
    if (answer.outcome === 'unknown') throw new GatewayUnclear();
    return { paymentId, provider, accountRef, clientSecret: answer.clientSecret };
  }
}
