import { Readable } from 'node:stream';
import type {
  BookedOrNot,
  BooksCompany,
  BooksConnection,
  BooksCustomer,
  BooksDocument,
  BooksJournal,
  BooksPayment,
  BooksRecordKind,
  BooksStatus,
  BooksTotals,
  BooksVoucher,
  OAuthTokens,
} from '../../src/modules/accounting/index.js';
import { AccountingClient, BooksConsent, BooksDisconnected } from '../../src/modules/accounting/index.js';
import { ProviderTimeout, ProviderUnavailable } from '../../src/platform/ports/provider-errors.js';
import { newId } from '../../src/platform/values/id.js';
import { Money } from '../../src/platform/values/money.js';

/** What the next push meets: an answer lost after the deed, too much at once, a refusal, or a worker that never comes back. */
export type Fault = 'lost' | 'busy' | 'refused' | 'dead';

interface Entry {
  readonly kind: BooksRecordKind;
  readonly reference: string;
  readonly booksId: string;
  readonly minor: number;
  readonly date: string;
  readonly content: object;
}

/** Books that keep whatever they are told, twice when they are told twice, and want a token that counts. */
export class MemoryBooks extends AccountingClient {
  readonly provider = 'memory';
  readonly abilities = { documents: true, journals: true };
  readonly entries: Entry[] = [];
  readonly vouchers: { booksId: string; bytes: Buffer }[] = [];
  readonly faults: Fault[] = [];
  readonly consent: MemoryConsent;
  currency = 'DKK';
  lookUps = 0;

  constructor() {
    super();
    this.consent = new MemoryConsent();
  }

  override async company(connection: BooksConnection): Promise<BooksCompany> {
    await this.authorize(connection);
    return { id: 'nord-aps', name: 'Nord ApS', currency: this.currency };
  }

  override async accounts(connection: BooksConnection) {
    await this.authorize(connection);
    return [
      { code: '1010', name: 'Salg af varer/ydelser m/moms', kind: 'revenue' as const },
      { code: '5820', name: 'Bank', kind: 'bank' as const },
      { code: '5600', name: 'Debitorer', kind: 'asset' as const },
      { code: '6902', name: 'Salgsmoms', kind: 'liability' as const },
      { code: '5900', name: 'Kasse', kind: 'asset' as const },
    ];
  }

  override async taxCodes() {
    return [{ code: 'S25', name: 'Salgsmoms', rateBp: 2500 }];
  }

  override async putCustomer(connection: BooksConnection, customer: BooksCustomer): Promise<BookedOrNot> {
    const there = customer.booksId && this.entries.find(({ booksId }) => booksId === customer.booksId);
    if (there) {
      await this.authorize(connection);
      Object.assign(there, { content: customer });
      return { outcome: 'booked', booksId: there.booksId, number: null };
    }
    return this.book(connection, {
      kind: 'customer',
      reference: customer.number,
      minor: 0,
      date: '',
      content: customer,
    });
  }

  override postDocument(connection: BooksConnection, document: BooksDocument): Promise<BookedOrNot> {
    const { kind, number: reference, date, total } = document;
    return this.book(connection, { kind, reference, date, minor: total.amount, content: document });
  }

  override async attachVoucher(
    connection: BooksConnection,
    { booksId }: { readonly kind: BooksRecordKind; readonly booksId: string },
    { bytes }: BooksVoucher,
  ): Promise<BookedOrNot> {
    await this.authorize(connection);
    this.vouchers.push({ booksId, bytes });
    return { outcome: 'booked', booksId, number: null };
  }

  override postPayment(connection: BooksConnection, payment: BooksPayment): Promise<BookedOrNot> {
    const { kind, reference, date, amount } = payment;
    return this.book(connection, { kind, reference, date, minor: amount.amount, content: payment });
  }

  override async postJournal(connection: BooksConnection, journal: BooksJournal): Promise<BookedOrNot> {
    const entries = ((await Readable.from(journal.entries).toArray()) as object[][]).flat();
    const content = { ...journal, entries };
    return this.book(connection, {
      kind: 'journal',
      reference: journal.reference,
      date: journal.from,
      minor: 0,
      content,
    });
  }

  override async find(connection: BooksConnection, kind: BooksRecordKind, reference: string) {
    await this.authorize(connection);
    this.lookUps += 1;
    const entry = this.of(kind).find((each) => each.reference === reference);
    return entry ? { outcome: 'booked' as const, booksId: entry.booksId, number: null } : null;
  }

  override async status(_connection: BooksConnection, _kind: string, id: string): Promise<BooksStatus> {
    const entry = this.entries.find(({ booksId }) => booksId === id);
    return { state: entry ? 'open' : 'missing', total: entry ? Money.of(entry.minor) : null, due: null };
  }

  override async totals(_connection: BooksConnection, from: string, to: string): Promise<BooksTotals> {
    const of = (kind: BooksRecordKind) => {
      const its = this.of(kind).filter(({ date }) => date >= from && date <= to);
      return { count: its.length, total: Money.of(its.reduce((sum, { minor }) => sum + minor, 0)) };
    };
    return {
      documents: { invoice: of('invoice'), credit_note: of('credit_note') },
      payments: { payment: of('payment'), refund: of('refund') },
    };
  }

  of(kind: BooksRecordKind): Entry[] {
    return this.entries.filter((each) => each.kind === kind);
  }

  private async book(connection: BooksConnection, entry: Omit<Entry, 'booksId'>): Promise<BookedOrNot> {
    await this.authorize(connection);
    const fault = this.faults.shift();
    if (fault === 'busy') throw new ProviderUnavailable(this.provider, 90_000);
    if (fault === 'refused') return { outcome: 'rejected', reason: 'account_locked' };
    // A settled push and a customer are looked for first: they may be repeated for ever.
    const there = this.of(entry.kind).find(({ reference }) => reference === entry.reference);
    const repeatable = ['customer', 'payment', 'refund', 'credit_note'].includes(entry.kind);
    if (there && repeatable) this.lookUps += 1;
    const booked = there && repeatable ? there : { ...entry, booksId: newId() };
    if (booked !== there) this.entries.push(booked);
    if (fault === 'lost') throw new ProviderTimeout('memory: book', 10_000);
    if (fault === 'dead') await new Promise(() => undefined);
    return { outcome: 'booked', booksId: booked.booksId, number: null };
  }

  private async authorize({ access }: BooksConnection): Promise<void> {
    const token = await access.token();
    if (this.consent.counts(token)) return;
    if (!this.consent.counts(await access.renew(token))) throw new BooksDisconnected(this.provider, 'token_refused');
  }
}

/** Gives tokens of half an hour; each refresh token counts once. */
class MemoryConsent extends BooksConsent {
  readonly provider = 'memory';
  refreshes = 0;
  withdrawn = false;
  revoked: string[] = [];
  companiesThere: BooksCompany[] = [{ id: 'nord-aps', name: 'Nord ApS', currency: 'DKK' }];
  private issued = 0;
  private good = '';
  private nextRefresh = '';

  counts(token: string): boolean {
    return !this.withdrawn && token === this.good;
  }

  /** The token that counts does so no more, before its time. */
  spoil(): void {
    this.good = '';
  }

  override authorizeUrl(state: string, returnUrl: string): string {
    return `https://books.example/consent?state=${state}&back=${encodeURIComponent(returnUrl)}`;
  }

  override async exchange(code: string): Promise<OAuthTokens> {
    if (code !== 'good') throw new BooksDisconnected(this.provider, 'invalid_grant');
    return this.issue();
  }

  override async refresh(refreshToken: string): Promise<OAuthTokens> {
    this.refreshes += 1;
    await new Promise((done) => setTimeout(done, 50));
    if (this.withdrawn || refreshToken !== this.nextRefresh)
      throw new BooksDisconnected(this.provider, 'invalid_grant');
    return this.issue();
  }

  override async companies(): Promise<readonly BooksCompany[]> {
    return this.companiesThere;
  }

  override async revoke(refreshToken: string): Promise<void> {
    this.revoked.push(refreshToken);
  }

  private issue(): OAuthTokens {
    this.issued += 1;
    this.good = `access-${this.issued}`;
    this.nextRefresh = `refresh-${this.issued}`;
    return { accessToken: this.good, refreshToken: this.nextRefresh, expiresIn: 1_800 };
  }
}
