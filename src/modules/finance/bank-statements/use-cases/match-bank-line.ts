import { LockMode } from '@mikro-orm/core';
import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../../../../platform/audit/audit.js';
import type { Actor } from '../../../../platform/auth/actor.js';
import { Transaction } from '../../../../platform/database/transaction.js';
import { Clock } from '../../../../platform/values/clock.js';
import type { Id } from '../../../../platform/values/id.js';
import { localDate } from '../../../../platform/values/zone.js';
import { InvoiceNotFound } from '../../domain/errors.js';
import { Invoice } from '../../domain/invoice.js';
import { Payment } from '../../domain/payment.js';
import { SellerReader } from '../../queries/seller-reader.js';
import { RecordPayment } from '../../till/use-cases/record-payment.js';
import { BankLineMatched, BankLineNotFound } from '../domain/bank-problems.js';
import { BankLine, BankStatement } from '../domain/bank-statement.js';
import { LikelyInvoices } from '../queries/likely-invoices.js';

/** Makes a payment of a line of the bank's: by itself where it is certain, else by whoever knows. Once, under the line's lock. */
@Injectable()
export class MatchBankLine {
  constructor(
    readonly em: EntityManager,
    private readonly clock: Clock,
    private readonly likely: LikelyInvoices,
    private readonly sellers: SellerReader,
    private readonly recordPayment: RecordPayment,
    private readonly audit: Audit,
  ) {}

  /** Does nothing with one that has been looked at. */
  @Transaction()
  async bySelf(lineId: Id): Promise<void> {
    const line = await this.lock(lineId);
    if (line.state !== 'new') return;
    const { invoiceId, doubt } = await this.likely.of(line.text ?? '', line.amount);
    if (doubt || !invoiceId) return line.doubtAbout(doubt ?? 'unknown', invoiceId);
    const { uploadedBy } = await this.em.findOneOrFail(BankStatement, { id: line.statementId });
    const invoice = await this.lockInvoice(invoiceId);
    // Paid at this very moment in another way.
    if (!invoice?.outstanding.equals(line.amount)) return line.doubtAbout('amount_differs', invoiceId);
    await this.pay(line, invoice, uploadedBy, null);
  }

  /** What the invoice does not need is the student's credit. @throws BankLineNotFound, BankLineMatched, InvoiceNotFound */
  @Transaction()
  async byHand(actor: Pick<Actor, 'id'>, lineId: Id, invoiceId: Id): Promise<void> {
    const line = await this.lock(lineId);
    await this.assertFree(line);
    const invoice = await this.lockInvoice(invoiceId);
    if (!invoice) throw new InvoiceNotFound();
    await this.pay(line, invoice, actor.id, actor.id);
  }

  /** It is no student's payment. @throws BankLineNotFound, BankLineMatched */
  @Transaction()
  async ignore(actor: Pick<Actor, 'id'>, lineId: Id, reason: string): Promise<void> {
    const line = await this.lock(lineId);
    await this.assertFree(line);
    line.ignore(reason, actor.id, this.clock.now());
    await this.audit.record({ action: 'bank_line.ignored', subjectId: line.id, details: line.amount.toJSON() });
  }

  private async pay(line: BankLine, invoice: Invoice, recordedBy: Id, decidedBy: Id | null): Promise<void> {
    const { zone } = await this.sellers.terms();
    const today = localDate(this.clock.now(), zone);
    const { outstanding } = invoice;
    const part = outstanding.compare(line.amount) < 0 ? outstanding : line.amount;
    const paymentId = await this.recordPayment.execute(
      { id: recordedBy },
      {
        studentId: invoice.studentId,
        amount: line.amount,
        method: 'bank_transfer',
        receivedOn: line.bookedOn < today ? line.bookedOn : today,
        reference: line.text?.slice(0, 100) || undefined,
        allocations: part.isPositive ? [{ invoiceId: invoice.id, amount: part }] : [],
      },
    );
    line.match(invoice.id, paymentId, decidedBy, this.clock.now());
    const details = { invoiceId: invoice.id, paymentId, ...line.amount.toJSON() };
    await this.audit.record({ action: 'bank_line.matched', subjectId: line.id, details });
  }

  /** Where its payment was undone, the line is to be looked at again. @throws BankLineMatched */
  private async assertFree({ state, paymentId }: BankLine): Promise<void> {
    if (state !== 'matched') return;
    const payment = await this.em.findOne(Payment, { id: paymentId! });
    if (payment?.state !== 'reversed') throw new BankLineMatched();
  }

  private lockInvoice(id: Id): Promise<Invoice | null> {
    const lock = { lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true } as const;
    return this.em.findOne(Invoice, { id, kind: 'invoice' }, lock);
  }

  private async lock(id: Id): Promise<BankLine> {
    const lock = { lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true } as const;
    const line = await this.em.findOne(BankLine, { id }, lock);
    if (!line) throw new BankLineNotFound();
    return line;
  }
}
