import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../platform/auth/actor.js';
import { type Asked, byAge, byNumber, byText, is, List } from '../../../platform/database/list.js';
import { schoolQuery, type Tables } from '../../../platform/database/query.js';
import { mapPage, type Page } from '../../../platform/http/paging.js';
import type { Id } from '../../../platform/values/id.js';
import { Money } from '../../../platform/values/money.js';
import { ofStudents, OwnStudents } from '../../students/index.js';
import { InvoiceNotFound } from '../domain/errors.js';
import { InvoiceLine } from '../domain/invoice-line.js';
import { Invoice, type InvoiceKind, type InvoiceSchema, type InvoiceState } from '../domain/invoice.js';
import { detailsOf, type InvoiceDetails, type InvoiceSummary } from './invoice-views.js';

export const invoiceList = new List({
  sorts: { createdAt: byAge, number: byNumber('number'), dueOn: byText('due_on') },
  defaultSort: '-createdAt',
  filters: { state: is<InvoiceState>('state'), kind: is<InvoiceKind>('kind') },
});

export type InvoicesAsked = Asked<typeof invoiceList> & { readonly studentId?: Id };

/** Invoices and credit notes, as staff and their own student see them. */
@Injectable()
export class InvoiceDirectory {
  constructor(
    private readonly em: EntityManager,
    private readonly ownStudents: OwnStudents,
  ) {}

  /** @throws StudentNotFound */
  async list(actor: Actor, asked: InvoicesAsked): Promise<Page<InvoiceSummary>> {
    const students = await this.ownStudents.asked(actor, asked.studentId);
    return mapPage(await invoiceList.page(selectInvoices(this.em).where(ofStudents(students)), asked), summary);
  }

  /** @throws InvoiceNotFound, also for another student's */
  async get(actor: Actor, id: Id): Promise<InvoiceDetails> {
    // As it is in the database now, in a transaction that has just written it too.
    const em = this.em.fork({ keepTransactionContext: true });
    const invoice = await em.findOne(Invoice, { id });
    if (!invoice || invoice.number == null) throw new InvoiceNotFound();
    if (!(await this.ownStudents.includes(actor, invoice.studentId))) throw new InvoiceNotFound();
    const lines = await em.find(InvoiceLine, { invoiceId: id }, { orderBy: { position: 'asc' } });
    return detailsOf(invoice, lines);
  }
}

function selectInvoices(em: EntityManager) {
  return schoolQuery<Tables<typeof InvoiceSchema>>(em)
    .selectFrom('invoices')
    .where('number', 'is not', null)
    .select(['id', 'kind', 'number', 'student_id', 'state', 'currency', 'gross_minor', 'paid_minor', 'credited_minor'])
    .select(['written_off_minor', 'issued_on', 'due_on', 'credits_invoice_id']);
}

type Row = Awaited<ReturnType<ReturnType<typeof selectInvoices>['execute']>>[number];

function summary(row: Row): InvoiceSummary {
  const money = (minor: number) => Money.of(minor, row.currency);
  return {
    id: row.id,
    kind: row.kind,
    number: row.number!,
    studentId: row.student_id,
    state: row.state,
    gross: money(row.gross_minor),
    outstanding: money(row.kind === 'invoice' ? outstandingMinor(row) : 0),
    issuedOn: row.issued_on,
    dueOn: row.due_on,
    creditsInvoiceId: row.credits_invoice_id,
  };
}

function outstandingMinor(row: Row): number {
  return row.gross_minor - row.paid_minor - row.credited_minor - row.written_off_minor;
}
