import { EntityManager, LockMode } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { Transaction } from '../../../../platform/database/transaction.js';
import type { Id } from '../../../../platform/values/id.js';
import { InvoiceNotFound, NothingToPay } from '../../domain/errors.js';
import { NoSavedMethod } from '../../domain/gateway-errors.js';
import { Invoice } from '../../domain/invoice.js';
import { Payment } from '../../domain/payment.js';
import { SavedMethod } from '../../domain/saved-method.js';
import type { CaptureMethod } from '../../ports/payment-gateway.js';
import { BeginPayment } from '../../use-cases/begin-payment.js';

export interface ChargeWish {
  /** The newest when left out. */
  readonly methodId?: Id;
  readonly capture?: CaptureMethod;
}

const minutesToEnd = 7 * 24 * 60;

/** Notes that an invoice is about to be paid by a saved method, before the gateway is asked. */
@Injectable()
export class IntendCharge {
  constructor(
    readonly em: EntityManager,
    private readonly beginPayment: BeginPayment,
  ) {}

  /**
   * The open payment of the invoice, whichever way it is paid, or a new one. A duplicate key `payments_open_for` says that somebody made
   * one at this moment. @throws InvoiceNotFound, NothingToPay, NoSavedMethod
   */
  @Transaction()
  async execute(invoiceId: Id, { methodId, capture = 'automatic' }: ChargeWish): Promise<Payment> {
    const invoice = await this.em.findOne(Invoice, { id: invoiceId });
    if (!invoice) throw new InvoiceNotFound();
    if (!invoice.outstanding.isPositive) throw new NothingToPay();
    const open = await this.em.findOne(Payment, { openFor: invoiceId });
    if (open) return open;
    const method = await this.method(invoice.studentId, methodId);
    const { id, provider, accountRef = null } = method;
    const how = { provider, accountRef, flow: 'charge', capture, methodId: id } as const;
    return this.beginPayment.execute(invoice, how, minutesToEnd);
  }

  /** Locked before the payment is made, so that none begins once the consent has been taken back. */
  private async method(studentId: Id, id: Id | undefined): Promise<SavedMethod> {
    const lockMode = LockMode.PESSIMISTIC_WRITE;
    const wanted = { studentId, state: 'saved' as const, ...(id ? { id } : {}) };
    const method = await this.em.findOne(SavedMethod, wanted, { orderBy: { id: 'desc' }, lockMode, refresh: true });
    if (!method) throw new NoSavedMethod();
    return method;
  }
}
