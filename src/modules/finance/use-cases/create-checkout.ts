import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../platform/auth/actor.js';
import { inTransaction, isDuplicateKey } from '../../../platform/database/transaction.js';
import { currentSchool } from '../../../platform/tenancy/tenancy.js';
import { Clock } from '../../../platform/values/clock.js';
import { newId, type Id } from '../../../platform/values/id.js';
import { CheckoutRejected, GatewayUnclear, InvoiceNotFound, NothingToPay } from '../domain/errors.js';
import { Invoice } from '../domain/invoice.js';
import { nextCheck } from '../domain/next-check.js';
import { Payment } from '../domain/payment.js';
import { PaymentGateways } from '../ports/payment-gateways.js';
import { OwnData } from '../queries/own-data.js';
import { CheckPayment } from './check-payment.js';
import { OpenCheckout } from './open-checkout.js';

/** Stripe wants half an hour at least; we stay above it even when the first call is repeated late. */
const minutesToPay = 60;
const rounds = 3;

export interface Checkout {
  readonly paymentId: Id;
  readonly url: string;
}

interface Intent {
  readonly payment: Payment;
  /** A checkout that still asks for what is outstanding, and can still be paid. */
  readonly usable: boolean;
}

/**
 * Where a person pays an invoice. While one checkout is open, asking again answers the same address; one that asks for
 * another amount than is outstanding by now is closed first.
 */
@Injectable()
export class CreateCheckout {
  constructor(
    private readonly em: EntityManager,
    private readonly clock: Clock,
    private readonly gateways: PaymentGateways,
    private readonly ownData: OwnData,
    private readonly openCheckout: OpenCheckout,
    private readonly checkPayment: CheckPayment,
  ) {}

  /** @throws InvoiceNotFound, NothingToPay, CheckoutRejected, GatewayUnclear */
  async execute(actor: Actor, invoiceId: Id): Promise<Checkout> {
    for (let round = 0; round < rounds; round++) {
      const intent = await this.intend(actor, invoiceId);
      if (!intent) continue;
      const { payment, usable } = intent;
      if (usable && payment.checkoutUrl) return { paymentId: payment.id, url: payment.checkoutUrl };
      if (usable) return this.open(payment.id);
      await this.checkPayment.close(payment.id);
    }
    throw new GatewayUnclear();
  }

  /** The open payment of the invoice, or a new one, committed; null when somebody else made one at this moment. */
  private async intend(actor: Actor, invoiceId: Id): Promise<Intent | null> {
    try {
      return await inTransaction(this.em, () => this.findOrCreate(actor, invoiceId));
    } catch (error) {
      if (isDuplicateKey(error, 'payments_open_for')) return null;
      throw error;
    }
  }

  private async findOrCreate(actor: Actor, invoiceId: Id): Promise<Intent> {
    const invoice = await this.em.findOne(Invoice, { id: invoiceId });
    if (!invoice) throw new InvoiceNotFound();
    await this.ownData.check(actor, invoice.studentId);
    if (!invoice.outstanding.isPositive) throw new NothingToPay();
    const payment = await this.em.findOne(Payment, { openFor: invoiceId });
    if (!payment) return { payment: this.create(invoice), usable: true };
    return { payment, usable: payment.amount.equals(invoice.outstanding) && payment.expiresAt > this.clock.now() };
  }

  private create(invoice: Invoice): Payment {
    const now = this.clock.now();
    const payment = Payment.of({
      id: newId(),
      schoolId: currentSchool(),
      invoiceId: invoice.id,
      studentId: invoice.studentId,
      provider: this.gateways.current.provider,
      providerRef: null,
      chargeRef: null,
      state: 'created',
      amountMinor: invoice.outstanding.amount,
      receivedMinor: 0,
      refundedMinor: 0,
      currency: invoice.currency,
      checkoutUrl: null,
      openFor: invoice.id,
      failure: null,
      createdAt: now,
      expiresAt: new Date(now.getTime() + minutesToPay * 60_000),
      nextCheckAt: nextCheck(now, 1),
      checks: 0,
      settledAt: null,
    });
    this.em.persist(payment);
    return payment;
  }

  private async open(paymentId: Id): Promise<Checkout> {
    const answer = await this.openCheckout.execute(paymentId);
    if (answer.outcome === 'rejected') throw new CheckoutRejected();
    if (answer.outcome === 'unknown') throw new GatewayUnclear();
    return { paymentId, url: answer.url };
  }
}
