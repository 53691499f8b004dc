import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { inTransaction } from '../../../platform/database/transaction.js';
import { Clock } from '../../../platform/values/clock.js';
import type { Id } from '../../../platform/values/id.js';
import { Payment } from '../domain/payment.js';
import type { PaymentAt, PaymentGateway } from '../ports/payment-gateway.js';
import { PaymentGateways } from '../ports/payment-gateways.js';
import { AskCharge } from './ask-charge.js';
import { OpenCheckout } from './open-checkout.js';
import { OpenIntent } from './open-intent.js';
import { RecordPaymentOutcome } from './record-payment-outcome.js';

type Question = (
  gateway: PaymentGateway,
  at: PaymentAt,
  payment: Payment,
) => ReturnType<PaymentGateway['fetchPayment']>;

/** Asks the gateway how an open payment stands, where no webhook has told. */
@Injectable()
export class CheckPayment {
  constructor(
    private readonly em: EntityManager,
    private readonly gateways: PaymentGateways,
    private readonly clock: Clock,
    private readonly openCheckout: OpenCheckout,
    private readonly openIntent: OpenIntent,
    private readonly askCharge: AskCharge,
    private readonly outcomes: RecordPaymentOutcome,
  ) {}

  execute(paymentId: Id): Promise<void> {
    return this.ask(paymentId, (gateway, at, payment) =>
      this.isOver(payment) ? gateway.cancel(at) : gateway.fetchPayment(at),
    );
  }

  /** Asks because somebody waits for the answer. No news changes nothing, so that asking often puts no check off. */
  async look(paymentId: Id): Promise<void> {
    const payment = await inTransaction(this.em, () => this.em.findOneOrFail(Payment, { id: paymentId }));
    if (!payment.isOpen || !payment.providerRef) return;
    const at = { ref: payment.providerRef, account: payment.accountRef ?? null };
    const answer = await this.gateways.for(payment.provider).fetchPayment(at);
    if (answer.outcome !== 'accepted' || answer.status.state === 'open') return;
    await this.outcomes.execute(paymentId, answer.status);
  }

  /** Closes the checkout, unless it turns out to be paid. */
  close(paymentId: Id): Promise<void> {
    return this.ask(paymentId, (gateway, at) => gateway.cancel(at), true);
  }

  /** A page ends by itself; an intent has to be ended, as the app that began it may never come back. */
  private isOver({ flow, expiresAt }: Payment): boolean {
    return flow === 'intent' && expiresAt <= this.clock.now();
  }

  private async ask(paymentId: Id, question: Question, closing = false): Promise<void> {
    const payment = await inTransaction(this.em, () => this.em.findOneOrFail(Payment, { id: paymentId }));
    if (!payment.isOpen) return;
    if (!payment.providerRef) {
      // Its answer was lost: the same request again finds the checkout that it opened, or opens it.
      if (payment.flow === 'charge') await this.askCharge.again(paymentId, !closing);
      else if (payment.flow === 'intent') await this.openIntent.execute(paymentId);
      else await this.openCheckout.execute(paymentId);
      return;
    }
    const at = { ref: payment.providerRef, account: payment.accountRef ?? null };
    const answer = await question(this.gateways.for(payment.provider), at, payment);
    if (answer.outcome === 'accepted') await this.outcomes.execute(paymentId, answer.status);
    else await this.outcomes.unclear(paymentId);
  }
}
