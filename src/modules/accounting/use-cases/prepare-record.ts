import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { InvoicePdf } from '../../finance/index.js';
import type { Id } from '../../../platform/values/id.js';
import type { LocalDate } from '../../../platform/values/zone.js';
import { stillToSend } from '../domain/journal-sums.js';
import { AccountingRecord, SubjectMissing } from '../domain/record.js';
import type { BookedOrNot, BooksJournal, BooksVoucher } from '../ports/accounting-client.js';
import { BooksCustomers } from '../queries/books-customers.js';
import { BooksDocuments } from '../queries/books-documents.js';
import { BooksJournals } from '../queries/books-journals.js';
import { BooksPayments } from '../queries/books-payments.js';
import { JournalVoucher } from '../queries/journal-voucher.js';
import type { JournalSum } from '../domain/journal-sums.js';
import type { OpenedBooks } from './open-books.js';

/** What is sent for a record, exactly. */
export interface Prepared {
  readonly payload: object;
  readonly send: () => Promise<BookedOrNot>;
  /** What is kept of it in the record before it goes. */
  readonly keep?: { readonly contentHash?: string; readonly sent?: readonly JournalSum[] };
}

/** It is sent; another record must be booked first, or be sent again; or there is nothing (left) to send. */
export type Preparation = Prepared | Waiting | 'nothing';

export interface Waiting {
  readonly waitsFor: AccountingRecord;
  readonly changed?: boolean;
  /** As far as it is known before that one is booked. */
  readonly payload: object;
}

/** Makes what is sent for a record out of our own rows, and changes nothing: a dry run shows the same. */
@Injectable()
export class PrepareRecord {
  constructor(
    private readonly em: EntityManager,
    private readonly customers: BooksCustomers,
    private readonly documents: BooksDocuments,
    private readonly payments: BooksPayments,
    private readonly journals: BooksJournals,
    private readonly pdf: InvoicePdf,
    private readonly journalVoucher: JournalVoucher,
  ) {}

  /** @throws MappingMissing, SubjectMissing */
  async execute(record: AccountingRecord, books: OpenedBooks): Promise<Preparation> {
    if (record.kind === 'journal') return this.journal(record, books);
    if (!record.subjectId || !record.studentId) throw new SubjectMissing();
    if (record.kind === 'customer') return this.customer(record, books);
    if (record.kind === 'payment' || record.kind === 'refund') return this.payment(record, books);
    return this.document(record, books);
  }

  async voucher(record: AccountingRecord): Promise<BooksVoucher> {
    const isJournal = record.kind === 'journal';
    const bytes = await (isJournal ? this.journalVoucher.render(record) : this.pdf.render(record.subjectId as Id));
    return { fileName: `${record.kind}-${record.reference}.pdf`, mediaType: 'application/pdf', bytes };
  }

  private async customer(record: AccountingRecord, { client, books }: OpenedBooks): Promise<Prepared> {
    const { customer, hash } = await this.customers.of(record);
    return { payload: customer, send: () => client.putCustomer(books, customer), keep: { contentHash: hash } };
  }

  private async document(record: AccountingRecord, { client, books, words }: OpenedBooks): Promise<Preparation> {
    const partly = await this.documents.of(record, words);
    const customer = await this.customerOf(record);
    if ('waitsFor' in customer) return { ...customer, payload: partly };
    const creditsId = record.kind === 'credit_note' ? await this.documents.credited(record.subjectId as Id) : null;
    const credits = creditsId && (await this.sibling(record, 'invoice', creditsId));
    if (credits && credits.state !== 'booked') return { waitsFor: credits, payload: partly };
    const document = { ...partly, customer: customer.booksId, credits: credits?.booksId ?? null };
    return { payload: document, send: () => client.postDocument(books, document) };
  }

  private async payment(record: AccountingRecord, { client, books, words }: OpenedBooks): Promise<Preparation> {
    const partly = await this.payments.of(record, words);
    const customer = await this.customerOf(record);
    if ('waitsFor' in customer) return { ...customer, payload: partly };
    const settles: { document: string; amount: typeof partly.amount }[] = [];
    for (const { kind, id, amount } of await this.payments.settles(record)) {
      const document = await this.sibling(record, kind, id);
      if (document && document.state !== 'booked') return { waitsFor: document, payload: partly };
      // One from before the first day that is sent is not in the books.
      if (document) settles.push({ document: document.booksId!, amount });
    }
    const payment = { ...partly, customer: customer.booksId, settles };
    return { payload: payment, send: () => client.postPayment(books, payment) };
  }

  /** As the books know him: sent again first, when something of him has changed since. */
  private async customerOf(
    record: AccountingRecord,
  ): Promise<{ booksId: string } | { waitsFor: AccountingRecord; changed?: boolean }> {
    const known = await this.sibling(record, 'customer', record.studentId as Id);
    if (!known) throw new SubjectMissing();
    if (known.state !== 'booked') return { waitsFor: known };
    const { hash } = await this.customers.of(known);
    return hash === known.contentHash ? { booksId: known.booksId! } : { waitsFor: known, changed: true };
  }

  private async journal(record: AccountingRecord, opened: OpenedBooks): Promise<Preparation> {
    const { client, books, connection, words } = opened;
    const { reference, occurredOn: from, untilOn: to } = record;
    const span = { from: laterOf(from, connection.startsOn), to, mode: connection.mode };
    const before = await this.sentBefore(record);
    // Once it may have gone, it says the same whenever it is sent again.
    const sums = record.sent ?? stillToSend(await this.journals.sums(span, words), before);
    if (sums.length === 0) return 'nothing';
    const whole = connection.mode === 'journals' && before.length === 0 && client.abilities.journalLines;
    const entries = () => (whole ? this.journals.lines(span, words, sums) : this.journals.ofSums(sums, reference, to));
    const journal = { reference, from, to };
    const send = () => client.postJournal(books, { ...journal, entries: entries() } satisfies BooksJournal);
    return { payload: { ...journal, sums }, send, keep: { sent: sums } };
  }

  private async sentBefore({ id, connectionId, occurredOn }: AccountingRecord): Promise<JournalSum[]> {
    const others = await this.em
      .fork({ keepTransactionContext: true })
      .find(AccountingRecord, { connectionId, kind: 'journal', occurredOn, id: { $ne: id } });
    return others.flatMap(({ sent }) => sent ?? []);
  }

  private sibling({ connectionId }: AccountingRecord, kind: AccountingRecord['kind'], subjectId: Id) {
    return this.em.fork({ keepTransactionContext: true }).findOne(AccountingRecord, { connectionId, kind, subjectId });
  }
}

export function laterOf(one: LocalDate, other: LocalDate): LocalDate {
  return one > other ? one : other;
}
