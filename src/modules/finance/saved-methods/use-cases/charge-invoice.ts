import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../../platform/auth/actor.js';
import { inTransaction } from '../../../../platform/database/transaction.js';
import type { Id } from '../../../../platform/values/id.js';
import { OwnStudents } from '../../../students/index.js';
import { InvoiceNotFound } from '../../domain/errors.js';
import { Invoice } from '../../domain/invoice.js';
import type { PaymentState } from '../../domain/payment-state.js';
import { CreateCheckout } from '../../use-cases/create-checkout.js';
import { ChargeSavedMethod } from './charge-saved-method.js';
import type { ChargeWish } from './intend-charge.js';

export interface ChargedInvoice {
  readonly paymentId: Id;
  readonly state: PaymentState;
  /** Where the customer pays himself, when his bank wants to see him. */
  readonly url: string | null;
}

/** Somebody has an invoice paid by the saved card; where the bank wants the customer, there is a page for him. */
@Injectable()
export class ChargeInvoice {
  constructor(
    private readonly em: EntityManager,
    private readonly ownStudents: OwnStudents,
    private readonly chargeSavedMethod: ChargeSavedMethod,
    private readonly createCheckout: CreateCheckout,
  ) {}

  /** @throws InvoiceNotFound, NothingToPay, NoSavedMethod, PaymentUnderWay, GatewayUnclear */
  async execute(actor: Actor, invoiceId: Id, wish: ChargeWish): Promise<ChargedInvoice> {
    const invoice = await inTransaction(this.em, () => this.em.findOne(Invoice, { id: invoiceId }));
    if (!invoice || !(await this.ownStudents.includes(actor, invoice.studentId))) throw new InvoiceNotFound();
    const { paymentId, state, needsCustomer } = await this.chargeSavedMethod.execute(invoiceId, wish);
    if (!needsCustomer) return { paymentId, state, url: null };
    const { url } = await this.createCheckout.execute(actor, invoiceId);
    return { paymentId, state, url };
  }
}
