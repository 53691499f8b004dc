import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../../../platform/audit/audit.js';
import { assertTransaction } from '../../../platform/database/transaction.js';
import { Outbox } from '../../../platform/outbox/outbox.js';
import { currentSchool } from '../../../platform/tenancy/tenancy.js';
import { Clock } from '../../../platform/values/clock.js';
import { newId, type Id } from '../../../platform/values/id.js';
import { addDays, localDate, type LocalDate } from '../../../platform/values/zone.js';
import type { Charge } from '../domain/charge.js';
import { InvoiceIssued } from '../domain/events.js';
import { InvoiceLine } from '../domain/invoice-line.js';
import { grandTotal, priceLine, totalsByRate, type LinePrice, type RateTotal } from '../domain/invoice-totals.js';
import { Invoice, type Buyer, type InvoiceKind } from '../domain/invoice.js';
import { SellerReader, type SellerTerms } from '../queries/seller-reader.js';
import { PostInvoice } from './post-invoice.js';
import { TakeInvoiceNumber } from './take-invoice-number.js';

export interface InvoiceText extends LinePrice {
  readonly chargeId: Id | null;
  readonly creditsLineId: Id | null;
  readonly productId: Id | null;
  readonly description: string;
}

export interface InvoiceDraft {
  readonly id: Id;
  readonly kind: InvoiceKind;
  readonly studentId: Id;
  readonly currency: string;
  readonly locale: 'da' | 'en';
  readonly buyer: Buyer;
  readonly creditsInvoiceId: Id | null;
  /** Of a credit note: why. */
  readonly reason?: string | null;
  /** As the school has it when absent. */
  readonly paymentTermsDays?: number | null;
  /** Of an invoice, instead of terms; never before the day of issue. */
  readonly dueOn?: LocalDate | undefined;
  /** At least one. */
  readonly lines: readonly InvoiceText[];
  /** Charges of the lines that are locked already. */
  readonly held?: readonly Charge[];
}

export interface WrittenInvoice {
  readonly invoice: Invoice;
  readonly lines: readonly InvoiceLine[];
}

/** Writes an invoice or a credit note with its lines, its ledger entries and, last of all, its number. */
@Injectable()
export class WriteInvoice {
  constructor(
    readonly em: EntityManager,
    private readonly clock: Clock,
    private readonly outbox: Outbox,
    private readonly sellers: SellerReader,
    private readonly postInvoice: PostInvoice,
    private readonly takeNumber: TakeInvoiceNumber,
    private readonly audit: Audit,
  ) {}

  /** @returns the invoice as it is now, with its number */
  async execute(draft: InvoiceDraft): Promise<WrittenInvoice> {
    assertTransaction('an invoice');
    const terms = await this.sellers.terms();
    const totals = totalsByRate(draft.lines);
    const invoice = this.create(draft, terms, totals);
    // The lines refer to it, which the ORM does not know: these are ids, not relations.
    await this.em.flush();
    const lines = draft.lines.map((line, index) => this.addLine(invoice.id, index + 1, line));
    await this.postInvoice.execute(invoice, draft.lines, draft.held);
    await this.outbox.record(new InvoiceIssued({ invoiceId: invoice.id }));
    await this.em.flush();
    invoice.number = await this.takeNumber.execute();
    await this.em.flush();
    const { id, kind, auditDetails } = invoice;
    await this.audit.record({ action: `${kind}.issued`, subjectId: id, details: auditDetails });
    return { invoice, lines };
  }

  private create(draft: InvoiceDraft, { seller, zone, ...terms }: SellerTerms, totals: RateTotal[]): Invoice {
    const { lines: _, held: __, paymentTermsDays, dueOn, ...head } = draft;
    const { net, vat, gross } = grandTotal(totals);
    const issuedAt = this.clock.now();
    const issuedOn = localDate(issuedAt, zone);
    const days = paymentTermsDays ?? terms.paymentTermsDays;
    const invoice = Invoice.of({
      ...head,
      reason: head.reason ?? null,
      schoolId: currentSchool(),
      number: null,
      netMinor: net.amount,
      vatMinor: vat.amount,
      grossMinor: gross.amount,
      paidMinor: 0,
      creditedMinor: 0,
      writtenOffMinor: 0,
      state: 'issued',
      seller,
      issuedAt,
      issuedOn,
      dueOn: draft.kind === 'invoice' ? later(issuedOn, dueOn ?? addDays(issuedOn, days)) : issuedOn,
    });
    this.em.persist(invoice);
    return invoice;
  }

  private addLine(invoiceId: Id, position: number, line: InvoiceText): InvoiceLine {
    const { net, vat, gross } = priceLine(line);
    return this.em.create(InvoiceLine, {
      id: newId(),
      schoolId: currentSchool(),
      invoiceId,
      position,
      chargeId: line.chargeId,
      creditsLineId: line.creditsLineId,
      description: line.description,
      quantity: line.quantity,
      unitGrossMinor: line.unitGross.amount,
      vatRateBp: line.vatRateBp,
      productId: line.productId,
      netMinor: net.amount,
      vatMinor: vat.amount,
      grossMinor: gross.amount,
    });
  }
}

function later(one: LocalDate, other: LocalDate): LocalDate {
  return one > other ? one : other;
}
