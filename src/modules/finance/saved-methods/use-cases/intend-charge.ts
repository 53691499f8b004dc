import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../../../../platform/audit/audit.js';
import { Transaction } from '../../../../platform/database/transaction.js';
import { currentSchool } from '../../../../platform/tenancy/tenancy.js';
import { Clock } from '../../../../platform/values/clock.js';
import { newId, type Id } from '../../../../platform/values/id.js';
import { InvoiceNotFound, NothingToPay } from '../../domain/errors.js';
import { NoSavedMethod } from '../../domain/gateway-errors.js';
import { Invoice } from '../../domain/invoice.js';
import { nextCheck } from '../../domain/next-check.js';
import { Payment } from '../../domain/payment.js';
import { SavedMethod } from '../../domain/saved-method.js';
import type { CaptureMethod } from '../../ports/payment-gateway.js';

export interface ChargeWish {
  /** The newest when left out. */
  readonly methodId?: Id;
  readonly capture?: CaptureMethod;
}

const daysToEnd = 7;

/** Notes that an invoice is about to be paid by a saved method, before the gateway is asked. */
@Injectable()
export class IntendCharge {
  constructor(
    readonly em: EntityManager,
    private readonly clock: Clock,
    private readonly audit: Audit,
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
    const payment = this.create(invoice, method, capture);
    await this.em.flush();
    await this.audit.record({ action: 'payment.begun', subjectId: payment.id, details: payment.auditDetails });
    return payment;
  }

  private async method(studentId: Id, id: Id | undefined): Promise<SavedMethod> {
    const wanted = { studentId, state: 'saved' as const, ...(id ? { id } : {}) };
    const method = await this.em.findOne(SavedMethod, wanted, { orderBy: { id: 'desc' } });
    if (!method) throw new NoSavedMethod();
    return method;
  }

  private create(invoice: Invoice, method: SavedMethod, capture: CaptureMethod): Payment {
    const now = this.clock.now();
    const payment = Payment.of({
      id: newId(),
      schoolId: currentSchool(),
      invoiceId: invoice.id,
      studentId: invoice.studentId,
      provider: method.provider,
      accountRef: method.accountRef ?? null,
      flow: 'charge',
      capture,
      methodId: method.id,
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
      expiresAt: new Date(now.getTime() + daysToEnd * 86_400_000),
      nextCheckAt: nextCheck(now, 1),
      checks: 0,
      settledAt: null,
    });
    this.em.persist(payment);
    return payment;
  }
}
