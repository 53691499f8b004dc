import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../../../platform/audit/audit.js';
import { Transaction } from '../../../platform/database/transaction.js';
import { newId, type Id } from '../../../platform/values/id.js';
import { InvoiceNotFound, InvoiceReader } from '../../finance/index.js';
import { QueueMessages } from './queue-messages.js';

/** Sends an invoice or a credit note once more, to where its student is written to now. */
@Injectable()
export class ResendInvoice {
  constructor(
    readonly em: EntityManager,
    private readonly invoices: InvoiceReader,
    private readonly queue: QueueMessages,
    private readonly audit: Audit,
  ) {}

  /** @throws InvoiceNotFound */
  @Transaction()
  async execute(invoiceId: Id): Promise<void> {
    const invoice = await this.invoices.forMessage(invoiceId);
    if (!invoice) throw new InvoiceNotFound();
    const kind = invoice.kind === 'credit_note' ? 'credit_note_issued' : 'invoice_issued';
    await this.queue.execute([{ kind, userId: invoice.studentUserId, subjectId: invoiceId, cause: newId() }]);
    await this.audit.record({ action: 'invoice.resent', subjectId: invoiceId });
  }
}
