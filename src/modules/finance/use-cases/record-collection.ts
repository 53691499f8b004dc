import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { Transaction } from '../../../platform/database/transaction.js';
import { Clock } from '../../../platform/values/clock.js';
import type { Id } from '../../../platform/values/id.js';
import type { Money } from '../../../platform/values/money.js';
import { InvoiceNotFound } from '../domain/errors.js';
import { Invoice } from '../domain/invoice.js';
import { Payment } from '../domain/payment.js';
import { RecordPaymentOutcome } from './record-payment-outcome.js';

export interface Collection {
  readonly invoiceId: Id;
  readonly provider: string;
  /** The gateway's name for the payment. */
  readonly ref: string;
  /** The gateway's name for the money. */
  readonly chargeRef: string | null;
  readonly received: Money;
}

/** Money that a gateway has collected by itself, of which it shows the evidence: nobody here asked it for this payment. */
@Injectable()
export class RecordCollection {
  constructor(
    readonly em: EntityManager,
    private readonly clock: Clock,
    private readonly outcomes: RecordPaymentOutcome,
  ) {}

  /** Once a payment of the gateway: a repeat does nothing. @returns the payment's id @throws InvoiceNotFound */
  @Transaction()
  async execute({ invoiceId, provider, ref, chargeRef, received }: Collection): Promise<Id> {
    const known = await this.em.findOne(Payment, { provider, providerRef: ref });
    if (known) return known.id;
    const invoice = await this.em.findOne(Invoice, { id: invoiceId });
    if (!invoice) throw new InvoiceNotFound();
    const now = this.clock.now();
    const how = { provider, accountRef: null, flow: 'charge', capture: 'automatic', methodId: null } as const;
    const payment = Payment.begin(invoice, how, { now, expiresAt: now });
    // A checkout that the customer has open beside it stays what it is.
    Object.assign(payment, { providerRef: ref, amountMinor: received.amount, openFor: null });
    await this.em.persist(payment).flush();
    await this.outcomes.execute(payment.id, { state: 'paid', ref, chargeRef, received });
    return payment.id;
  }
}
