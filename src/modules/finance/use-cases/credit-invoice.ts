import { EntityManager } from '@mikro-orm/mysql';
import { LockMode } from '@mikro-orm/core';
import { Injectable } from '@nestjs/common';
import { Transaction } from '../../../platform/database/transaction.js';
import { newId, type Id } from '../../../platform/values/id.js';
import { Money } from '../../../platform/values/money.js';
import { Charge } from '../domain/charge.js';
import { InvoiceNotFound, NothingToCredit } from '../domain/errors.js';
import { InvoiceLine } from '../domain/invoice-line.js';
import { Invoice } from '../domain/invoice.js';
import { AllocatePayment } from './allocate-payment.js';
import { WriteInvoice } from './write-invoice.js';

export interface CreditScope {
  /** Only the lines of these charges; all that is left when absent. */
  readonly chargeIds?: readonly Id[];
}

/** Corrects an invoice by a credit note, in whole or by line. What was paid for those lines is the student's credit afterwards. */
@Injectable()
export class CreditInvoice {
  constructor(
    readonly em: EntityManager,
    private readonly writeInvoice: WriteInvoice,
    private readonly allocatePayment: AllocatePayment,
  ) {}

  /**
   * @returns the credit note's id
   * @throws InvoiceNotFound, NothingToCredit
   */
  @Transaction()
  async execute(invoiceId: Id, scope: CreditScope = {}): Promise<Id> {
    const invoice = await this.em.findOne(Invoice, { id: invoiceId }, { lockMode: LockMode.PESSIMISTIC_WRITE });
    if (!invoice) throw new InvoiceNotFound();
    const lines = await this.creditableLines(invoice, scope);
    if (lines.length === 0) throw new NothingToCredit();

    const credited = Money.sum(lines.map((line) => Money.of(line.grossMinor, invoice.currency)));
    const freed = invoice.credit(credited);
    const noteId = newId();
    await this.allocatePayment.release(invoice.id, freed, { source: 'credit_note', sourceId: noteId });
    await this.voidCharges(lines);
    await this.writeInvoice.execute({
      id: noteId,
      kind: 'credit_note',
      studentId: invoice.studentId,
      currency: invoice.currency,
      locale: invoice.locale,
      buyer: invoice.buyer,
      creditsInvoiceId: invoice.id,
      lines: lines.map((line) => ({
        chargeId: line.chargeId ?? null,
        creditsLineId: line.id,
        productId: line.productId ?? null,
        description: line.description,
        quantity: -line.quantity,
        unitGross: Money.of(line.unitGrossMinor, invoice.currency),
        vatRateBp: line.vatRateBp,
      })),
    });
    return noteId;
  }

  private async creditableLines(invoice: Invoice, { chargeIds }: CreditScope): Promise<InvoiceLine[]> {
    if (invoice.kind === 'credit_note') return [];
    const lines = await this.em.find(InvoiceLine, { invoiceId: invoice.id }, { orderBy: { position: 'asc' } });
    const takenBack = await this.em.find(InvoiceLine, { creditsLineId: { $in: lines.map(({ id }) => id) } });
    const done = new Set(takenBack.map(({ creditsLineId }) => creditsLineId));
    const wanted = chargeIds && new Set(chargeIds);
    return lines.filter((line) => !done.has(line.id) && (!wanted || (line.chargeId && wanted.has(line.chargeId))));
  }

  private async voidCharges(lines: readonly InvoiceLine[]): Promise<void> {
    const ids = lines.flatMap(({ chargeId }) => (chargeId ? [chargeId] : []));
    for (const charge of await this.em.find(Charge, { id: { $in: ids } })) charge.void();
  }
}
