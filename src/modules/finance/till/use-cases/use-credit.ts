import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../../../../platform/audit/audit.js';
import { Transaction } from '../../../../platform/database/transaction.js';
import { Outbox } from '../../../../platform/outbox/outbox.js';
import { newId, type Id } from '../../../../platform/values/id.js';
import type { Money } from '../../../../platform/values/money.js';
import { StudentDirectory } from '../../../students/index.js';
import { InvoiceNotFound, NoCredit, NothingToPay } from '../../domain/errors.js';
import { CreditUsed } from '../../domain/events.js';
import { Invoice } from '../../domain/invoice.js';
import type { Payment } from '../../domain/payment.js';
import { AllocatePayment } from '../../use-cases/allocate-payment.js';
import { OpenInvoices } from '../queries/open-invoices.js';
import { TakeCredit } from './take-credit.js';

/** Pays invoices with what the student has to his credit. */
@Injectable()
export class UseCredit {
  constructor(
    readonly em: EntityManager,
    private readonly outbox: Outbox,
    private readonly students: StudentDirectory,
    private readonly openInvoices: OpenInvoices,
    private readonly takeCredit: TakeCredit,
    private readonly allocatePayment: AllocatePayment,
    private readonly audit: Audit,
  ) {}

  /**
   * @param invoiceId all that are open, oldest first, when absent
   * @throws StudentNotFound, InvoiceNotFound, NoCredit, NothingToPay
   */
  @Transaction()
  async execute(studentId: Id, invoiceId?: Id): Promise<void> {
    await this.students.get(studentId);
    const wanted = invoiceId ? [await this.named(studentId, invoiceId)] : await this.openInvoices.of(studentId);
    const credits = await this.takeCredit.lock(studentId);
    if (credits.length === 0) throw new NoCredit();
    let used = 0;
    for (const { payment, left } of credits) used += await this.give(payment, left, wanted);
    if (used === 0) throw new NothingToPay();
  }

  /** Does nothing where there is nothing to do. */
  @Transaction()
  async onIssue(invoiceId: Id): Promise<void> {
    const invoice = await this.em.findOne(Invoice, { id: invoiceId });
    if (!invoice?.outstanding.isPositive) return;
    for (const { payment, left } of await this.takeCredit.lock(invoice.studentId))
      await this.give(payment, left, [invoiceId]);
  }

  private async give(payment: Payment, left: Money, invoiceIds: readonly Id[]): Promise<number> {
    const cause = { source: 'credit', sourceId: newId() } as const;
    const shares = await this.allocatePayment.spread(payment, left, invoiceIds, cause);
    // The next payment's share is counted on what this one leaves.
    await this.em.flush();
    for (const { key: invoiceId, amount } of shares) {
      await this.outbox.record(new CreditUsed({ paymentId: payment.id, invoiceId }));
      const details = { invoiceId, studentId: payment.studentId, ...amount.toJSON() };
      await this.audit.record({ action: 'payment.credit_used', subjectId: payment.id, details });
    }
    return shares.length;
  }

  private async named(studentId: Id, id: Id): Promise<Id> {
    const invoice = await this.em.findOne(Invoice, { id, studentId });
    if (!invoice) throw new InvoiceNotFound();
    return invoice.id;
  }
}
