import { createHash } from 'node:crypto';
import type { Booked, BookedOrNot, BooksConnection, BooksVoucher } from '../../modules/accounting/index.js';
import { KeyedApiRefusal } from '../../platform/ports/keyed-api.js';
import type { LocalDate } from '../../platform/values/zone.js';
import { afterFailure, type EconomicApi } from './economic-api.js';

/** A line of a voucher, in the journal or booked. Amounts are in kroner. */
export interface EconomicEntry {
  readonly text?: string;
  readonly amount?: number;
  readonly date: LocalDate;
  readonly customer?: { readonly customerNumber: number };
  readonly customerInvoiceNumber?: string;
  readonly voucher?: { readonly voucherNumber: number; readonly accountingYear?: { readonly year: string } };
  readonly voucherNumber?: number;
  /** `customerPayment`, `manualCustomerInvoice`, `financeVoucher` in a journal; booked: `customerInvoice` too. */
  readonly entryType?: string;
}

export interface EconomicEntries {
  readonly customerPayments?: readonly object[];
  readonly manualCustomerInvoices?: readonly object[];
  readonly financeVouchers?: readonly object[];
}

export interface FoundEntry extends EconomicEntry {
  readonly isDraft: boolean;
  readonly year: string;
}

interface Year {
  readonly year: string;
  readonly fromDate: LocalDate;
  readonly toDate: LocalDate;
  readonly closed?: boolean;
}

/** In an address a year that is not the calendar's has another mark. */
const inAddress = (year: string): string => year.replace('/', '_6_');

/** Vouchers in a journal (kassekladde): drafts until the school's bookkeeper books them, and found afterwards too, by their text. */
export class EconomicVouchers {
  constructor(private readonly api: EconomicApi) {}

  /** Once for a text. */
  async post(
    connection: BooksConnection,
    { text, date, entries, booksId }: { text: string; date: LocalDate; entries: EconomicEntries; booksId: string },
  ): Promise<BookedOrNot> {
    try {
      const booked: Booked = { outcome: 'booked', booksId, number: booksId };
      if ((await this.find(connection, text)).length > 0) return booked;
      const years = await this.years(connection);
      const year = years.find(({ fromDate, toDate, closed }) => !closed && fromDate <= date && date <= toDate);
      if (!year) return { outcome: 'rejected', reason: `${date} lies in no open accounting year` };
      const journalNumber = await this.journal(connection);
      const body = { accountingYear: { year: year.year }, journal: { journalNumber }, entries };
      const hash = createHash('sha256')
        .update(JSON.stringify([text, body]))
        .digest('hex');
      await this.api.call(connection, {
        operation: 'create voucher',
        method: 'POST',
        path: `/journals/${journalNumber}/vouchers`,
        body,
        key: hash,
        // What was done although nobody heard of it is found by its text the next time.
        repeatable: false,
      });
      return booked;
    } catch (error) {
      return afterFailure(error);
    }
  }

  /** The entries of that text. */
  find(connection: BooksConnection, text: string): Promise<FoundEntry[]> {
    return this.entries(connection, `text$eq:${text}`, (entry) => entry.text === text);
  }

  async between(connection: BooksConnection, from: LocalDate, to: LocalDate): Promise<FoundEntry[]> {
    const within = ({ date }: EconomicEntry) => from <= date && date <= to;
    return this.entries(connection, `date$gte:${from}$and:date$lte:${to}`, within);
  }

  /** Of a draft; what is booked takes no file any more. */
  async attach(connection: BooksConnection, text: string, voucher: BooksVoucher): Promise<BookedOrNot> {
    try {
      const [entry] = (await this.find(connection, text)).filter(({ isDraft }) => isDraft);
      if (!entry) return { outcome: 'rejected', reason: 'not in the journal any more' };
      const path = `${await this.place(connection, entry)}/attachment/file`;
      const booked: Booked = { outcome: 'booked', booksId: path, number: null };
      const there = await this.api
        .read<{ pages?: number }>(connection, 'find voucher file', path.replace(/\/file$/, ''))
        .catch((error: unknown) => {
          if (error instanceof KeyedApiRefusal && error.status === 404) return { pages: 0 };
          throw error;
        });
      if (there.pages) return booked;
      const body = new FormData();
      body.append('file', new Blob([new Uint8Array(voucher.bytes)], { type: voucher.mediaType }), voucher.fileName);
      await this.api.call(connection, { operation: 'attach voucher', method: 'POST', path, body, repeatable: false });
      return booked;
    } catch (error) {
      return afterFailure(error);
    }
  }

  private async place(connection: BooksConnection, entry: FoundEntry): Promise<string> {
    const number = entry.voucher?.voucherNumber ?? entry.voucherNumber ?? 0;
    return `/journals/${await this.journal(connection)}/vouchers/${inAddress(entry.year)}-${number}`;
  }

  private async entries(
    connection: BooksConnection,
    filter: string,
    isWanted: (entry: EconomicEntry) => boolean,
  ): Promise<FoundEntry[]> {
    const path = `/journals/${await this.journal(connection)}/entries`;
    const drafts = await this.api.all<EconomicEntry>(connection, 'list drafts', path);
    const found = drafts.filter(isWanted).map((entry) => ({
      ...entry,
      isDraft: true,
      year: entry.voucher?.accountingYear?.year ?? '',
    }));
    for (const { year } of await this.years(connection)) {
      const place = `/accounting-years/${inAddress(year)}/entries`;
      const booked = await this.api.all<EconomicEntry>(connection, 'list entries', place, filter);
      found.push(...booked.filter(isWanted).map((entry) => ({ ...entry, isDraft: false, year })));
    }
    return found;
  }

  private years(connection: BooksConnection): Promise<Year[]> {
    return this.api.all<Year>(connection, 'list accounting years', '/accounting-years');
  }

  private async journal(connection: BooksConnection): Promise<number> {
    const path = '/journals';
    const all = await this.api.all<{ journalNumber: number; name: string }>(connection, 'list journals', path);
    const [first] = all;
    const own = all.find(({ name }) => name === this.api.journal) ?? first;
    if (!own) throw new Error('e-conomic has no journal');
    return own.journalNumber;
  }
}
