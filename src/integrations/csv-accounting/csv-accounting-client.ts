import { Injectable } from '@nestjs/common';
import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import {
  AccountingClient,
  type Booked,
  type BooksCompany,
  type BooksConnection,
  type BooksCustomer,
  type BooksDocument,
  type BooksFile,
  type BooksFileKind,
  BooksFiles,
  type BooksJournal,
  type BooksLayout,
  type BooksPayment,
  type BooksRecordKind,
  type BooksStatus,
  type BooksTotals,
  type BooksVoucher,
  encoded,
  journalFile,
  type KeptFile,
} from '../../modules/accounting/index.js';
import { csvAmount, csvRow } from '../../modules/finance/index.js';
import type { Id } from '../../platform/values/id.js';
import { Money } from '../../platform/values/money.js';
import { CsvFolder } from './csv-folder.js';

const csv = 'text/csv';
const plain: BooksLayout = { columns: [], encoding: 'utf-8', decimal: 'comma' };

/** Bookkeeping by file: each document, or the journal of each period, is a file, and beside a journal a manifest that says it is whole. */
@Injectable()
export class CsvAccountingClient extends AccountingClient {
  readonly provider = 'csv';
  override readonly needsToken = false;
  readonly abilities = { documents: true, journals: true, journalLines: true };

  constructor(
    private readonly files: BooksFiles,
    private readonly folder: CsvFolder,
  ) {
    super();
  }

  override async company(connection: BooksConnection): Promise<BooksCompany> {
    await this.folder.test(connection);
    return { id: 'files', name: 'CSV', currency: 'DKK' };
  }

  /** It has no accounts of its own: ours stand as they are, or by the school's mapping. */
  override async accounts(): Promise<readonly never[]> {
    return [];
  }

  override async taxCodes(): Promise<readonly never[]> {
    return [];
  }

  override putCustomer(connection: BooksConnection, customer: BooksCustomer): Promise<Booked> {
    const { number, name, email, phone, address, companyNumber } = customer;
    const place = address ? [address.lines.join(', '), address.postalCode, address.city] : ['', '', ''];
    const rows = [
      ['Kundenr.', 'Navn', 'E-mail', 'Telefon', 'Adresse', 'Postnr.', 'By', 'CVR'],
      [number, name, email ?? '', phone ?? '', ...place, companyNumber ?? ''],
    ];
    const text = rows.map(csvRow).join('');
    // A change is a file of its own.
    const mark = createHash('sha256').update(text).digest('hex').slice(0, 8);
    const file = { name: `customer-${number}-${mark}.csv`, kind: 'customer', reference: number } as const;
    return this.write(connection, { ...file, date: today(), amount: null }, text);
  }

  override postDocument(connection: BooksConnection, document: BooksDocument): Promise<Booked> {
    const { decimal } = connection.layout ?? plain;
    const { kind, number, customer, date, dueDate, lines, total } = document;
    const head = ['Nummer', 'Kunde', 'Dato', 'Forfald', 'Tekst', 'Antal', 'Netto', 'Moms', 'Konto', 'Momskode'];
    const rows = lines.map(({ text, quantity, net, vat, account, taxCode }) => {
      const sums = [csvAmount(net, decimal), csvAmount(vat, decimal)];
      return [number, customer, date, dueDate, text, String(quantity), ...sums, account, taxCode];
    });
    const file = { name: `${kind}-${number}.csv`, kind, reference: number, date, amount: total };
    return this.write(connection, file, [head, ...rows].map(csvRow).join(''));
  }

  override async attachVoucher(
    connection: BooksConnection,
    of: { readonly kind: BooksRecordKind; readonly booksId: string },
    { fileName, mediaType, bytes }: BooksVoucher,
  ): Promise<Booked> {
    const file = { name: fileName, mediaType, kind: 'voucher', reference: of.booksId, date: today() } as const;
    return this.keep(connection, { ...file, amount: null, content: Readable.from([bytes]) });
  }

  override postPayment(connection: BooksConnection, payment: BooksPayment): Promise<Booked> {
    const { decimal } = connection.layout ?? plain;
    const { kind, date, amount, customer, account, reference, settles } = payment;
    const head = ['Nummer', 'Kunde', 'Dato', 'Beløb', 'Konto', 'Udligner', 'Heraf'];
    const first = [reference, customer, date, csvAmount(amount, decimal), account];
    const parts = settles.map((each) => [...first, each.document, csvAmount(each.amount, decimal)]);
    const rows = parts.length > 0 ? parts : [[...first, '', '']];
    const file = { name: `${kind}-${reference}.csv`, kind, reference, date, amount };
    return this.write(connection, file, [head, ...rows].map(csvRow).join(''));
  }

  override async postJournal(connection: BooksConnection, journal: BooksJournal): Promise<Booked> {
    const { reference, from, to, entries } = journal;
    const common = { reference, date: from, amount: null };
    const content = Readable.from(journalFile(entries, connection.layout ?? plain), { objectMode: false });
    const file = { ...common, name: `journal-${reference}.csv`, mediaType: csv, kind: 'journal', content } as const;
    const kept = await this.files.keep(connection, file);
    await this.folder.lay(connection, kept);
    const { name, bytes, sha256 } = kept;
    const text = JSON.stringify({ schoolId: connection.schoolId, from, to, file: name, bytes, sha256 }, null, 2);
    // Written last: where it is, the journal is whole.
    await this.keep(connection, {
      ...common,
      name: `journal-${reference}.manifest.json`,
      mediaType: 'application/json',
      kind: 'manifest',
      content: Readable.from([`${text}\n`]),
    });
    return booked(kept);
  }

  override async find(connection: BooksConnection, kind: BooksRecordKind, reference: string): Promise<Booked | null> {
    const kept = await this.files.find(connection, kind, reference);
    // A journal without its manifest is not whole yet.
    const proof: BooksFileKind = kind === 'journal' ? 'manifest' : kind;
    if (!kept || !(await this.files.find(connection, proof, reference))) return null;
    await this.folder.lay(connection, kept);
    return booked(kept);
  }

  override async status(connection: BooksConnection, _kind: string, booksId: string): Promise<BooksStatus> {
    const kept = await this.files.byId(connection, booksId as Id);
    return { state: kept ? 'open' : 'missing', total: kept?.amount ?? null, due: null };
  }

  override async totals(connection: BooksConnection, from: string, to: string): Promise<BooksTotals> {
    const sums = await this.files.totals(connection, from, to);
    const of = (wanted: BooksFileKind) => {
      const found = sums.filter(({ kind }) => kind === wanted);
      const totals = found.map(({ total }) => total);
      return {
        count: found.reduce((count, each) => count + each.count, 0),
        total: Money.sum(totals, totals[0]?.currency),
      };
    };
    return {
      documents: { invoice: of('invoice'), credit_note: of('credit_note') },
      payments: { payment: of('payment'), refund: of('refund') },
    };
  }

  private write(
    connection: BooksConnection,
    file: Omit<BooksFile, 'mediaType' | 'content'>,
    text: string,
  ): Promise<Booked> {
    const content = Readable.from([encoded(text, connection.layout ?? plain, true)]);
    return this.keep(connection, { ...file, mediaType: csv, content });
  }

  private async keep(connection: BooksConnection, file: BooksFile): Promise<Booked> {
    const kept = await this.files.keep(connection, file);
    await this.folder.lay(connection, kept);
    return booked(kept);
  }
}

function booked({ id, name }: KeptFile): Booked {
  return { outcome: 'booked', booksId: id, number: name };
}

function today(): string {
  return new Date().toISOString().slice(0, 10);
}
