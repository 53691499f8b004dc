import { describe, expect, it } from '@jest/globals';
import {
  type AccountingClient,
  type BookedOrNot,
  type BooksConnection,
  type BooksCustomer,
  BooksDisconnected,
  type BooksDocument,
  type BooksId,
  type BooksJournal,
  type BooksLine,
  type BooksPayment,
} from '../../src/modules/accounting/index.js';
import type { JournalEntry } from '../../src/modules/finance/index.js';
import { ProviderUnavailable } from '../../src/platform/ports/provider-errors.js';
import { newId } from '../../src/platform/values/id.js';
import { Money } from '../../src/platform/values/money.js';

export type BooksFault = 'timeout_after_acting' | 'timeout_before' | 'error_500' | 'rate_limited' | 'garbage';
export type BooksOperation = 'put customer' | 'post invoice' | 'post payment' | 'post journal' | 'attach voucher';

/** What a contract needs to know of an adapter and of the bookkeeping system it is pointed at. */
export interface BooksUnderTest {
  readonly client: () => AccountingClient;
  /** Another company's books each time. */
  readonly open: () => Promise<BooksConnection>;
  /** In its own words. */
  readonly words: {
    readonly revenue: string;
    readonly bank: string;
    readonly vat: string;
    readonly standardRate: string;
    readonly noVat: string;
    /** Two accounts that a journal may touch. */
    readonly journal: readonly [string, string];
  };
  /** How many customers of that number are held. */
  readonly customers: (connection: BooksConnection, number: string) => number;
  /** The totals of what is held under that number, in øre. */
  readonly documents: (connection: BooksConnection, number: string) => readonly number[];
  /** What was paid under that reference, each part in øre. */
  readonly payments: (connection: BooksConnection, reference: string) => readonly number[];
  readonly journals: (connection: BooksConnection) => number;
  readonly vouchers: (connection: BooksConnection, booksId: BooksId) => readonly number[];
  /** What is only drafted there, the school's bookkeeper books. */
  readonly book?: (connection: BooksConnection) => void;
  /** A credit note settles its invoice there, without anybody's doing. */
  readonly settlesCredits: boolean;
  readonly breakCalls: (operation: BooksOperation, how: BooksFault, times?: number) => void;
  readonly heal: () => void;
  /** Every access token runs out; null where access does not. */
  readonly expireAccess: (() => void) | null;
  /** The school takes its consent back. */
  readonly takeBack: () => void;
}

const long = 30_000;
const date = '2026-11-20';
const pdf = { fileName: 'faktura.pdf', mediaType: 'application/pdf', bytes: Buffer.from('%PDF-1.7 a voucher') };
let counter = 1_000;

export function accountingClientContract(name: string, setup: () => BooksUnderTest): void {
  const on = () => setup().client();

  function customerOf(overrides: Partial<BooksCustomer> = {}): BooksCustomer {
    const number = String(++counter);
    return {
      id: newId(),
      number,
      name: `Anne Jensen ${number}`,
      email: `anne${number}@example.dk`,
      phone: '+4520123456',
      address: { lines: ['Strandvejen 1'], postalCode: '2100', city: 'København Ø' },
      companyNumber: null,
      booksId: null,
      ...overrides,
    };
  }

  function lineOf(net: number, overrides: Partial<BooksLine> = {}): BooksLine {
    const { revenue, standardRate } = setup().words;
    const vat = Money.of(Math.round(net / 4));
    return {
      text: 'Køretime',
      quantity: 1,
      net: Money.of(net),
      vat,
      account: revenue,
      taxCode: standardRate,
      ...overrides,
    };
  }

  function invoiceOf(
    customer: BooksId,
    lines = [lineOf(52_000)],
    overrides: Partial<BooksDocument> = {},
  ): BooksDocument {
    const total = Money.sum(lines.flatMap(({ net, vat }) => [net, vat]));
    const number = String(++counter);
    const terms = { date, dueDate: '2026-11-28', credits: null } as const;
    return { id: newId(), kind: 'invoice', number, customer, ...terms, lines, total, ...overrides };
  }

  function paymentOf(
    customer: BooksId,
    amount: number,
    settles: BooksPayment['settles'],
    kind: BooksPayment['kind'] = 'payment',
  ) {
    const account = setup().words.bank;
    const reference = `B${++counter}`;
    return {
      id: newId(),
      kind,
      date,
      amount: Money.of(amount),
      customer,
      account,
      settles,
      reference,
    } satisfies BooksPayment;
  }

  function journalOf(amount = 10_000): BooksJournal {
    const [debited, credited] = setup().words.journal;
    const entry = { date, voucher: '1', text: 'Dagens omsætning', vatCode: null };
    async function* entries(): AsyncGenerator<readonly JournalEntry[]> {
      yield [{ ...entry, account: debited, debit: Money.of(amount), credit: null }];
      yield [{ ...entry, account: credited, debit: null, credit: Money.of(amount) }];
    }
    return { reference: `${date}_${date}-${++counter}`, from: date, to: date, entries: entries() };
  }

  async function booked(answer: Promise<BookedOrNot>): Promise<BooksId> {
    const said = await answer;
    if (said.outcome !== 'booked') throw new Error(`${said.outcome}: ${said.reason}`);
    return said.booksId;
  }

  /** Books with a customer in them. */
  async function begun(): Promise<{ books: BooksConnection; customer: BooksId }> {
    const books = await setup().open();
    return { books, customer: await booked(on().putCustomer(books, customerOf())) };
  }

  describe(`${name}: what there is`, () => {
    it('says whose books they are, and which accounts and VAT codes they have', async () => {
      const { open, words } = setup();
      const books = await open();
      expect(await on().company(books)).toMatchObject({ id: expect.any(String), currency: 'DKK' });
      const accounts = await on().accounts(books);
      const kindOf = (code: string) => accounts.find((each) => each.code === code)?.kind;
      expect(kindOf(words.revenue)).toBe('revenue');
      expect(['bank', 'asset']).toContain(kindOf(words.bank));
      const rates = await on().taxCodes(books);
      expect(rates).toContainEqual(expect.objectContaining({ code: words.standardRate, rateBp: 2_500 }));
      expect(rates).toContainEqual(expect.objectContaining({ code: words.noVat, rateBp: 0 }));
    });

    it('knows nothing of what was never put there', async () => {
      const books = await setup().open();
      for (const kind of ['customer', 'invoice', 'credit_note', 'payment', 'journal'] as const) {
        expect(await on().find(books, kind, '99999')).toBeNull();
      }
    });
  });

  describe(`${name}: customers`, () => {
    it('are put there once, however often, and changed afterwards', async () => {
      const { open, customers } = setup();
      const [books, customer] = [await open(), customerOf()];
      const ids = await Promise.all([on().putCustomer(books, customer), on().putCustomer(books, customer)]);
      const booksId = await booked(on().putCustomer(books, customer));
      expect(ids).toContainEqual(expect.objectContaining({ outcome: 'booked', booksId }));
      const moved = { ...customer, name: `${customer.name} Holm`, email: null, booksId };
      expect(await on().putCustomer(books, moved)).toMatchObject({ outcome: 'booked', booksId });
      expect(customers(books, customer.number)).toBe(1);
      expect(await on().find(books, 'customer', customer.number)).toMatchObject({ outcome: 'booked', booksId });
    });

    it('of one name are two', async () => {
      const books = await setup().open();
      const [one, other] = [customerOf(), customerOf()];
      const first = await booked(on().putCustomer(books, one));
      const second = await booked(on().putCustomer(books, { ...other, name: one.name }));
      expect(second).not.toBe(first);
      expect(await booked(on().putCustomer(books, { ...other, name: one.name, booksId: second }))).toBe(second);
    });

    it.each([
      ['quotes', 'Anne "Ane" O’Neil \\ \'; DROP TABLE'],
      ['markup', '<script>alert(1)</script> & Søn'],
      ['other alphabets', '李小龍 Ωmega 🚗'],
      ['control characters', 'Anne\u0000\u0007\tJensen\r\nCc: x@y.dk'],
      ['no end', 'Æ'.repeat(3_000)],
    ])('of a name with %s are put there too, and are told from a refusal', async (_what, spelled) => {
      const { open, customers } = setup();
      const [books, customer] = [await open(), customerOf({ name: spelled })];
      expect(await on().putCustomer(books, customer)).toMatchObject({ outcome: 'booked' });
      expect(customers(books, customer.number)).toBe(1);
    });

    it('are refused without their name being repeated', async () => {
      const customer = customerOf({ email: 'no address' });
      const answer = await on().putCustomer(await setup().open(), customer);
      expect(answer).toMatchObject({ outcome: 'rejected' });
      expect(JSON.stringify(answer)).not.toContain(customer.name);
    });
  });

  describe(`${name}: documents`, () => {
    it('books an invoice once, however often it is asked to', async () => {
      const { documents } = setup();
      const { books, customer } = await begun();
      const invoice = invoiceOf(customer, [
        lineOf(52_000),
        lineOf(10_000, { quantity: 3, text: 'Teori "modul 1"\n<b>' }),
        lineOf(-5_000, { text: 'Rabat' }),
        lineOf(33_300, { vat: Money.of(0), taxCode: setup().words.noVat }),
      ]);
      const answers = await Promise.all([on().postDocument(books, invoice), on().postDocument(books, invoice)]);
      const booksId = await booked(on().postDocument(books, invoice));
      expect(answers).toContainEqual(expect.objectContaining({ outcome: 'booked', booksId }));
      expect(documents(books, invoice.number)).toEqual([invoice.total.amount]);
      expect(await on().find(books, 'invoice', invoice.number)).toMatchObject({ booksId });
      const { total } = invoice;
      setup().book?.(books);
      expect(await booked(on().postDocument(books, invoice))).toBe(booksId);
      expect(documents(books, invoice.number)).toEqual([invoice.total.amount]);
      expect(await on().status(books, 'invoice', booksId)).toEqual({ state: 'open', total, due: total });
    });

    it('says why it refuses one, and takes it when that is mended', async () => {
      const { documents } = setup();
      const { books, customer } = await begun();
      const invoice = invoiceOf(customer);
      const wrong = { ...invoice, lines: [lineOf(52_000, { account: '98989' })] };
      expect(await on().postDocument(books, wrong)).toMatchObject({ outcome: 'rejected', reason: expect.any(String) });
      const uneven = { ...invoice, total: Money.of(1) };
      expect(await on().postDocument(books, uneven)).toMatchObject({ outcome: 'rejected' });
      await booked(on().postDocument(books, invoice));
      expect(documents(books, invoice.number)).toEqual([65_000]);
      const other = invoiceOf(customer, [lineOf(100)], { number: invoice.number });
      expect(await on().postDocument(books, other)).toMatchObject({ outcome: 'rejected' });
    });

    it('takes an invoice back by a credit note', async () => {
      const { documents } = setup();
      const { books, customer } = await begun();
      const credits = await booked(on().postDocument(books, invoiceOf(customer)));
      const note = invoiceOf(customer, [lineOf(52_000)], { kind: 'credit_note', credits });
      const booksId = await booked(on().postDocument(books, note));
      expect(await booked(on().postDocument(books, note))).toBe(booksId);
      expect(documents(books, note.number)).toEqual([65_000]);
      expect(await on().find(books, 'credit_note', note.number)).toMatchObject({ booksId });
      if (!setup().settlesCredits) return;
      expect(await on().status(books, 'invoice', credits)).toMatchObject({ state: 'paid', due: Money.of(0) });
    });

    it('keeps the voucher of one once', async () => {
      const { vouchers } = setup();
      const { books, customer } = await begun();
      const booksId = await booked(on().postDocument(books, invoiceOf(customer)));
      const of = { kind: 'invoice', booksId } as const;
      await booked(on().attachVoucher(books, of, pdf));
      await booked(on().attachVoucher(books, of, pdf));
      expect(vouchers(books, booksId)).toEqual([pdf.bytes.length]);
    });

    it('knows nothing of an invoice that is not there', async () => {
      expect(await on().status(await setup().open(), 'invoice', missingId(name))).toMatchObject({ state: 'missing' });
    });
  });

  describe(`${name}: money`, () => {
    it('settles an invoice in parts, each once', async () => {
      const { payments } = setup();
      const { books, customer } = await begun();
      const document = await booked(on().postDocument(books, invoiceOf(customer)));
      const first = paymentOf(customer, 20_000, [{ document, amount: Money.of(20_000) }]);
      const rest = paymentOf(customer, 45_000, [{ document, amount: Money.of(45_000) }]);
      const booksId = await booked(on().postPayment(books, first));
      setup().book?.(books);
      expect(await booked(on().postPayment(books, first))).toBe(booksId);
      expect(await on().status(books, 'invoice', document)).toMatchObject({ state: 'open', due: Money.of(45_000) });
      await booked(on().postPayment(books, rest));
      setup().book?.(books);
      expect(await on().status(books, 'invoice', document)).toMatchObject({ state: 'paid', due: Money.of(0) });
      expect(payments(books, first.reference)).toEqual([20_000]);
      expect(await on().find(books, 'payment', first.reference)).toMatchObject({ booksId });
    });

    it('settles two invoices by one payment, and keeps what is over on the customer’s account', async () => {
      const { payments } = setup();
      const { books, customer } = await begun();
      const one = await booked(on().postDocument(books, invoiceOf(customer)));
      const two = await booked(on().postDocument(books, invoiceOf(customer)));
      const settles = [one, two].map((document) => ({ document, amount: Money.of(65_000) }));
      const payment = paymentOf(customer, 140_000, settles);
      await booked(on().postPayment(books, payment));
      await booked(on().postPayment(books, payment));
      expect(sum(payments(books, payment.reference))).toBe(140_000);
      setup().book?.(books);
      for (const each of [one, two]) expect(await on().status(books, 'invoice', each)).toMatchObject({ state: 'paid' });
    });

    it('pays a credit note out', async () => {
      const { payments } = setup();
      const { books, customer } = await begun();
      const invoice = await booked(on().postDocument(books, invoiceOf(customer)));
      const settles = [{ document: invoice, amount: Money.of(65_000) }];
      await booked(on().postPayment(books, paymentOf(customer, 65_000, settles)));
      const credit = { kind: 'credit_note', credits: invoice } as const;
      const note = await booked(on().postDocument(books, invoiceOf(customer, [lineOf(52_000)], credit)));
      const back = [{ document: note, amount: Money.of(65_000) }];
      const refund = paymentOf(customer, 65_000, back, 'refund');
      await booked(on().postPayment(books, refund));
      await booked(on().postPayment(books, refund));
      expect(sum(payments(books, refund.reference))).toBe(65_000);
    });

    it('says why it takes none that settles more than is due', async () => {
      const { payments } = setup();
      const { books, customer } = await begun();
      const document = await booked(on().postDocument(books, invoiceOf(customer)));
      const much = paymentOf(customer, 70_000, [{ document, amount: Money.of(70_000) }]);
      const more = paymentOf(customer, 70_000, [{ document, amount: Money.of(80_000) }]);
      for (const each of [much, more]) {
        expect(await on().postPayment(books, each)).toMatchObject({ outcome: 'rejected' });
        expect(payments(books, each.reference)).toEqual([]);
      }
    });
  });

  describe(`${name}: journals and totals`, () => {
    it('books a period once', async () => {
      const { open, journals } = setup();
      const [books, journal] = [await open(), journalOf()];
      const booksId = await booked(on().postJournal(books, journal));
      expect(await booked(on().postJournal(books, { ...journalOf(), reference: journal.reference }))).toBe(booksId);
      expect(journals(books)).toBe(1);
      expect(await on().find(books, 'journal', journal.reference)).toMatchObject({ booksId });
    });

    it('keeps the voucher of a journal once', async () => {
      const { open, vouchers } = setup();
      const books = await open();
      const of = { kind: 'journal', booksId: await booked(on().postJournal(books, journalOf())) } as const;
      await booked(on().attachVoucher(books, of, pdf));
      await booked(on().attachVoucher(books, of, pdf));
      expect(vouchers(books, of.booksId)).toEqual([pdf.bytes.length]);
    });

    it('adds up to what was put there, by its date', async () => {
      const { books, customer } = await begun();
      const document = await booked(on().postDocument(books, invoiceOf(customer)));
      await booked(on().postDocument(books, invoiceOf(customer, [lineOf(100)], { date: '2026-10-31' })));
      const credit = { kind: 'credit_note', credits: document } as const;
      await booked(on().postDocument(books, invoiceOf(customer, [lineOf(12_000)], credit)));
      await booked(on().postPayment(books, paymentOf(customer, 60_000, [{ document, amount: Money.of(50_000) }])));
      expect(await on().totals(books, '2026-11-01', '2026-11-30')).toEqual({
        documents: {
          invoice: { count: 1, total: Money.of(65_000) },
          credit_note: { count: 1, total: Money.of(15_000) },
        },
        payments: { payment: { count: 1, total: Money.of(60_000) }, refund: { count: 0, total: Money.of(0) } },
      });
    });
  });

  describe(`${name}: when things go wrong`, () => {
    it.each(['timeout_before', 'error_500', 'garbage'] as const)(
      'knows nothing while calls fail by %s, and books once afterwards',
      async (how) => {
        const { breakCalls, heal, documents } = setup();
        const { books, customer } = await begun();
        const invoice = invoiceOf(customer);
        breakCalls('post invoice', how);
        expect(await on().postDocument(books, invoice)).toMatchObject({ outcome: 'unknown' });
        expect(documents(books, invoice.number)).toEqual([]);
        heal();
        await booked(on().postDocument(books, invoice));
        expect(documents(books, invoice.number)).toEqual([65_000]);
      },
      long,
    );

    it(
      'books once what was booked although its answer was lost',
      async () => {
        const { breakCalls, heal, documents, payments, customers, journals, vouchers } = setup();
        const books = await setup().open();
        const person = customerOf();
        const twice = async (operation: BooksOperation, act: () => Promise<BookedOrNot>) => {
          breakCalls(operation, 'timeout_after_acting', 1);
          await act();
          heal();
          return booked(act());
        };
        const customer = await twice('put customer', () => on().putCustomer(books, person));
        const invoice = invoiceOf(customer);
        const document = await twice('post invoice', () => on().postDocument(books, invoice));
        const payment = paymentOf(customer, 65_000, [{ document, amount: Money.of(65_000) }]);
        await twice('post payment', () => on().postPayment(books, payment));
        const journal = journalOf();
        await twice('post journal', () => on().postJournal(books, { ...journalOf(), reference: journal.reference }));
        await twice('attach voucher', () => on().attachVoucher(books, { kind: 'invoice', booksId: document }, pdf));
        expect(customers(books, person.number)).toBe(1);
        expect(documents(books, invoice.number)).toEqual([65_000]);
        expect(payments(books, payment.reference)).toEqual([65_000]);
        expect(journals(books)).toBe(1);
        expect(vouchers(books, document)).toHaveLength(1);
      },
      long,
    );

    it('leaves alone books that it has asked too much, and no others', async () => {
      const { breakCalls, heal, documents } = setup();
      const [{ books, customer }, other] = [await begun(), await begun()];
      const invoice = invoiceOf(customer);
      breakCalls('post invoice', 'rate_limited', 1);
      await expect(on().postDocument(books, invoice)).rejects.toThrow(ProviderUnavailable);
      heal();
      const again = on().company(books);
      await expect(again).rejects.toMatchObject({ againInMs: expect.any(Number) });
      expect(documents(books, invoice.number)).toEqual([]);
      await booked(on().postDocument(other.books, invoiceOf(other.customer)));
    });

    it('asks for another access token when the one it has has run out', async () => {
      const { expireAccess } = setup();
      if (!expireAccess) return;
      const { books, customer } = await begun();
      expireAccess();
      await booked(on().postDocument(books, invoiceOf(customer)));
    });

    it('says that the school has to connect again when its consent was taken back', async () => {
      const { books, customer } = await begun();
      setup().takeBack();
      await expect(on().postDocument(books, invoiceOf(customer))).rejects.toThrow(BooksDisconnected);
      await expect(on().company(books)).rejects.toThrow(BooksDisconnected);
    });
  });
}

const sum = (parts: readonly number[]): number => parts.reduce((total, each) => total + each, 0);
const missingId = (name: string): string => (name === 'Xero' ? newId() : '987654');
