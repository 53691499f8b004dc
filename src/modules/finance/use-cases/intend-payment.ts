import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../platform/auth/actor.js';
import { Transaction } from '../../../platform/database/transaction.js';
import { Clock } from '../../../platform/values/clock.js';
import type { Id } from '../../../platform/values/id.js';
import { OwnStudents } from '../../students/index.js';
import { GatewayUnclear, InvoiceNotFound, NothingToPay } from '../domain/errors.js';
import { IntentsNotSupported } from '../domain/gateway-errors.js';
import { Invoice } from '../domain/invoice.js';
import { Payment, type PaymentFlow } from '../domain/payment.js';
import { PaymentGateways } from '../ports/payment-gateways.js';
import { BeginPayment } from './begin-payment.js';
import { ChooseGateway } from './choose-gateway.js';

/** Stripe wants half an hour at least; we stay above it even when the first call is repeated late. */
const minutesToPay = 60;

/** The customer pays himself: on the gateway's page, or in the school's own app. */
export type OwnFlow = Exclude<PaymentFlow, 'charge'>;

export interface IntendedPayment {
  readonly payment: Payment;
  /** One that still asks for what is outstanding, and can still be paid. */
  readonly usable: boolean;
}

/** Notes that somebody is about to pay an invoice, before any gateway is asked. */
@Injectable()
export class IntendPayment {
  constructor(
    readonly em: EntityManager,
    private readonly clock: Clock,
    private readonly gateways: PaymentGateways,
    private readonly chooseGateway: ChooseGateway,
    private readonly ownStudents: OwnStudents,
    private readonly beginPayment: BeginPayment,
  ) {}

  /**
   * The open payment of the invoice, or a new one. A duplicate key `payments_open_for` says that somebody made one at this moment.
   * @throws InvoiceNotFound, NothingToPay, IntentsNotSupported, GatewayUnclear
   */
  @Transaction()
  async execute(actor: Actor, invoiceId: Id, flow: OwnFlow): Promise<IntendedPayment> {
    const invoice = await this.em.findOne(Invoice, { id: invoiceId });
    if (!invoice || !(await this.ownStudents.includes(actor, invoice.studentId))) throw new InvoiceNotFound();
    if (!invoice.outstanding.isPositive) throw new NothingToPay();
    const payment = await this.em.findOne(Payment, { openFor: invoiceId });
    if (!payment) return { payment: await this.begin(invoice, flow), usable: true };
    return { payment, usable: payment.amount.equals(invoice.outstanding) && payment.expiresAt > this.clock.now() };
  }

  private async begin(invoice: Invoice, flow: OwnFlow): Promise<Payment> {
    const { provider, accountRef } = await this.chooseGateway.read();
    const gateway = this.gateways.find(provider);
    if (!gateway) throw new GatewayUnclear();
    if (flow === 'intent' && !gateway.supports.paymentIntents) throw new IntentsNotSupported();
    const how = { provider, accountRef, flow, capture: 'automatic', methodId: null } as const;
    return this.beginPayment.execute(invoice, how, minutesToPay);
  }
}
