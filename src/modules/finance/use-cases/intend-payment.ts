import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../../../platform/audit/audit.js';
import type { Actor } from '../../../platform/auth/actor.js';
import { Transaction } from '../../../platform/database/transaction.js';
import { currentSchool } from '../../../platform/tenancy/tenancy.js';
import { Clock } from '../../../platform/values/clock.js';
import { newId, type Id } from '../../../platform/values/id.js';
import { OwnStudents } from '../../students/index.js';
import { InvoiceNotFound, NothingToPay } from '../domain/errors.js';
import { Invoice } from '../domain/invoice.js';
import { nextCheck } from '../domain/next-check.js';
import { Payment } from '../domain/payment.js';
import { ChooseGateway, type GatewayChoice } from './choose-gateway.js';

/** Stripe wants half an hour at least; we stay above it even when the first call is repeated late. */
const minutesToPay = 60;

export interface IntendedPayment {
  readonly payment: Payment;
  /** A checkout that still asks for what is outstanding, and can still be paid. */
  readonly usable: boolean;
}

/** Notes that somebody is about to pay an invoice, before any gateway is asked. */
@Injectable()
export class IntendPayment {
  constructor(
    readonly em: EntityManager,
    private readonly clock: Clock,
    private readonly chooseGateway: ChooseGateway,
    private readonly ownStudents: OwnStudents,
    private readonly audit: Audit,
  ) {}

  /**
   * The open payment of the invoice, or a new one. A duplicate key `payments_open_for` says that somebody made one at this moment.
   * @throws InvoiceNotFound, NothingToPay
   */
  @Transaction()
  async execute(actor: Actor, invoiceId: Id): Promise<IntendedPayment> {
    const invoice = await this.em.findOne(Invoice, { id: invoiceId });
    if (!invoice || !(await this.ownStudents.includes(actor, invoice.studentId))) throw new InvoiceNotFound();
    if (!invoice.outstanding.isPositive) throw new NothingToPay();
    const payment = await this.em.findOne(Payment, { openFor: invoiceId });
    if (!payment) return { payment: await this.begin(invoice), usable: true };
    return { payment, usable: payment.amount.equals(invoice.outstanding) && payment.expiresAt > this.clock.now() };
  }

  private async begin(invoice: Invoice): Promise<Payment> {
    const payment = this.create(invoice, await this.chooseGateway.read());
    await this.audit.record({ action: 'payment.begun', subjectId: payment.id, details: payment.auditDetails });
    return payment;
  }

  private create(invoice: Invoice, { provider, accountRef }: GatewayChoice): Payment {
    const now = this.clock.now();
    const payment = Payment.of({
      id: newId(),
      schoolId: currentSchool(),
      invoiceId: invoice.id,
      studentId: invoice.studentId,
      provider,
      accountRef,
      flow: 'checkout',
      capture: 'automatic',
      methodId: null,
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
}
