import { LockMode } from '@mikro-orm/core';
import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { assertTransaction } from '../../platform/database/transaction.js';
import type { Id } from '../../platform/values/id.js';
import type { Money } from '../../platform/values/money.js';
import { Charge } from './domain/charge.js';
import { Invoice } from './domain/invoice.js';
import { Payment } from './domain/payment.js';
import { AllocatePayment } from './use-cases/allocate-payment.js';
import { CancelCharge } from './use-cases/cancel-charge.js';
import { IssueInvoice } from './use-cases/issue-invoice.js';
import { RecordCharge, type ChargeCommand } from './use-cases/record-charge.js';
import { RefundPayment } from './use-cases/refund-payment.js';

/** What is sold when it has been paid, and not before: `late` is asked for by money that came too late for the first. */
const prepaymentSources = ['prepayment', 'late_prepayment'] as const;
export type PrepaymentSource = (typeof prepaymentSources)[number];

export interface PrepaymentCommand extends ChargeCommand {
  readonly source: PrepaymentSource;
}

/** What a prepayment's invoice asks money for. */
export interface AskedFor {
  readonly sourceId: Id;
  /** False once it has been taken back. */
  readonly stands: boolean;
}

/** Money that is asked for before there is anything to charge for. Each call joins the caller's transaction and school. */
@Injectable()
export class Prepayments {
  constructor(
    private readonly em: EntityManager,
    private readonly recordCharge: RecordCharge,
    private readonly issueInvoice: IssueInvoice,
    private readonly cancelCharge: CancelCharge,
    private readonly allocatePayment: AllocatePayment,
    private readonly refundPayment: RefundPayment,
  ) {}

  /** Puts all of one student's on one invoice, whose number is the last thing taken. @returns the invoice's id */
  async ask(studentId: Id, commands: readonly Omit<PrepaymentCommand, 'studentId'>[]): Promise<Id> {
    assertTransaction('Prepayments.ask()');
    const chargeIds: Id[] = [];
    for (const command of commands) chargeIds.push(await this.recordCharge.execute({ ...command, studentId }));
    await this.em.flush();
    return this.issueInvoice.execute({ studentId, chargeIds });
  }

  /** Takes it back unless it has been paid. @returns false when it has */
  async withdrawUnpaid(sourceId: Id): Promise<boolean> {
    assertTransaction('Prepayments.withdrawUnpaid()');
    for (const source of prepaymentSources) {
      const charge = await this.em.findOne(Charge, { source, sourceId }, { lockMode: LockMode.PESSIMISTIC_WRITE });
      if (charge?.state !== 'invoiced') continue;
      const invoice = await this.lockInvoice(charge.invoiceId!);
      if (invoice.state === 'paid') return false;
      await this.cancelCharge.execute(source, [sourceId]);
    }
    return true;
  }

  /** What an invoice asks for; nothing when it is no prepayment's. */
  async askedBy(invoiceId: Id): Promise<AskedFor[]> {
    const charges = await this.em.find(Charge, { invoiceId, source: { $in: [...prepaymentSources] } });
    return charges.map(({ sourceId, state }) => ({ sourceId, stands: state === 'invoiced' }));
  }

  async isPaid(invoiceId: Id): Promise<boolean> {
    return (await this.em.findOneOrFail(Invoice, { id: invoiceId })).state === 'paid';
  }

  /** When a payment's money came; null when it has not. */
  async receivedAt(paymentId: Id): Promise<Date | null> {
    const { receivedMinor, settledAt } = await this.em.findOneOrFail(Payment, { id: paymentId });
    return receivedMinor > 0 ? (settledAt ?? null) : null;
  }

  /** What a payment has brought and no invoice or refund has had. */
  async unused(paymentId: Id): Promise<Money> {
    return this.allocatePayment.unused(await this.em.findOneOrFail(Payment, { id: paymentId }));
  }

  /** Pays an invoice with what a payment has left. */
  async settle(paymentId: Id, invoiceId: Id): Promise<void> {
    assertTransaction('Prepayments.settle()');
    const lockMode = LockMode.PESSIMISTIC_WRITE;
    const payment = await this.em.findOneOrFail(Payment, { id: paymentId }, { lockMode, refresh: true });
    await this.allocatePayment.use(payment, await this.unused(paymentId), invoiceId);
    await this.em.flush();
  }

  /** Gives back what a payment has left; a job asks the gateway. What staff took in stays the student's credit until they pay it out. @param by who made the booking that it was for */
  async giveBack(by: Id, paymentId: Id, reason: string): Promise<void> {
    assertTransaction('Prepayments.giveBack()');
    const lockMode = LockMode.PESSIMISTIC_WRITE;
    const { isManual } = await this.em.findOneOrFail(Payment, { id: paymentId }, { lockMode, refresh: true });
    if (isManual) return;
    const amount = await this.unused(paymentId);
    if (amount.isPositive) await this.refundPayment.execute({ id: by }, { paymentId, amount, reason });
  }

  private lockInvoice(id: Id): Promise<Invoice> {
    return this.em.findOneOrFail(Invoice, { id }, { lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true });
  }
}
