import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../platform/auth/actor.js';
import { cursorId } from '../../../platform/database/by-name.js';
import { bin, schoolQuery, type Tables } from '../../../platform/database/query.js';
import { decodeCursor, type Page, pageOf } from '../../../platform/http/paging.js';
import type { Id } from '../../../platform/values/id.js';
import { Money } from '../../../platform/values/money.js';
import { InvoiceNotFound } from '../domain/errors.js';
import { InvoiceLine } from '../domain/invoice-line.js';
import { Invoice, type InvoiceKind, type InvoiceSchema, type InvoiceState } from '../domain/invoice.js';
import { detailsOf, type InvoiceDetails, type InvoiceSummary } from './invoice-views.js';
import { OwnData } from './own-data.js';

export interface InvoiceFilter {
  readonly studentId?: Id;
  readonly state?: InvoiceState;
  readonly kind?: InvoiceKind;
  readonly limit: number;
  readonly cursor?: string;
}

/** Invoices and credit notes, as staff and their own student see them. */
@Injectable()
export class InvoiceDirectory {
  constructor(
    private readonly em: EntityManager,
    private readonly ownData: OwnData,
  ) {}

  /** Newest first. */
  async list(actor: Actor, { studentId, state, kind, limit, cursor }: InvoiceFilter): Promise<Page<InvoiceSummary>> {
    const own = await this.ownData.studentOf(actor);
    const before = decodeCursor(cursor, { id: 'string' });
    let query = selectInvoices(this.em)
      .orderBy('id', 'desc')
      .limit(limit + 1);
    if (own) query = query.where('student_id', '=', bin(own));
    if (studentId) query = query.where('student_id', '=', bin(studentId));
    if (state) query = query.where('state', '=', state);
    if (kind) query = query.where('kind', '=', kind);
    if (before) query = query.where('id', '<', cursorId(before.id));
    return pageOf((await query.execute()).map(summary), limit, ({ id }) => ({ id }));
  }

  /** @throws InvoiceNotFound, also for another student's */
  async get(actor: Actor, id: Id): Promise<InvoiceDetails> {
    // As it is in the database now, in a transaction that has just written it too.
    const em = this.em.fork({ keepTransactionContext: true });
    const invoice = await em.findOne(Invoice, { id });
    if (!invoice || invoice.number == null) throw new InvoiceNotFound();
    await this.ownData.check(actor, invoice.studentId);
    const lines = await em.find(InvoiceLine, { invoiceId: id }, { orderBy: { position: 'asc' } });
    return detailsOf(invoice, lines);
  }
}

function selectInvoices(em: EntityManager) {
  return schoolQuery<Tables<typeof InvoiceSchema>>(em)
    .selectFrom('invoices')
    .where('number', 'is not', null)
    .select(['id', 'kind', 'number', 'student_id', 'state', 'currency', 'gross_minor', 'paid_minor', 'credited_minor'])
    .select(['issued_on', 'due_on', 'credits_invoice_id']);
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
    outstanding: money(row.kind === 'invoice' ? row.gross_minor - row.paid_minor - row.credited_minor : 0),
    issuedOn: row.issued_on,
    dueOn: row.due_on,
    creditsInvoiceId: row.credits_invoice_id,
  };
}
