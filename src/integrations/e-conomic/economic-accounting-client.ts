import {
  AccountingClient,
  type Booked,
  type BookedOrNot,
  type BooksAccount,
  type BooksCompany,
  type BooksConnection,
  type BooksCustomer,
  type BooksDocument,
  type BooksId,
  type BooksJournal,
  type BooksPayment,
  type BooksRecordKind,
  type BooksStatus,
  type BooksTaxCode,
  type BooksTotals,
  type BooksVoucher,
} from '../../modules/accounting/index.js';
import { Money } from '../../platform/values/money.js';
import type { LocalDate } from '../../platform/values/zone.js';
import type { EconomicApi } from './economic-api.js';
import { EconomicCustomers } from './economic-customers.js';
import { EconomicVouchers, type FoundEntry } from './economic-vouchers.js';
import { documentEntries, inOere, journalEntries, paymentEntries, textOf } from './economic-words.js';

interface Self {
  readonly agreementNumber: number;
  readonly company?: { readonly name?: string };
  readonly settings?: { readonly baseCurrency?: string };
}

interface Account {
  readonly accountNumber: number;
  readonly name: string;
  readonly accountType: string;
  readonly debitCredit?: 'debit' | 'credit';
  readonly barred?: boolean;
}

interface VatAccount {
  readonly vatCode: string;
  readonly name: string;
  readonly ratePercentage?: number;
}

/**
 * e-conomic: everything becomes a voucher in a journal there, which the school's bookkeeper looks through and books. Our invoice
 * and credit note numbers are the customer's invoice numbers; an entry's text says which of ours it is.
 */
export class EconomicAccountingClient extends AccountingClient {
  readonly provider = 'e-conomic';
  readonly abilities = { documents: true, journals: true, journalVouchers: true };
  private readonly customers: EconomicCustomers;
  private readonly vouchers: EconomicVouchers;

  constructor(private readonly api: EconomicApi) {
    super();
    this.customers = new EconomicCustomers(api);
    this.vouchers = new EconomicVouchers(api);
  }

  async company(connection: BooksConnection): Promise<BooksCompany> {
    const { agreementNumber, company, settings } = await this.api.read<Self>(connection, 'fetch company', '/self');
    return { id: String(agreementNumber), name: company?.name ?? '', currency: settings?.baseCurrency ?? 'DKK' };
  }

  async accounts(connection: BooksConnection): Promise<readonly BooksAccount[]> {
    const accounts = await this.api.all<Account>(connection, 'list accounts', '/accounts');
    const postable = accounts.filter(
      ({ accountType, barred }) => ['profitAndLoss', 'status'].includes(accountType) && !barred,
    );
    return postable.map(({ accountNumber, name, accountType, debitCredit }) => {
      const isCredit = debitCredit === 'credit';
      const kinds = accountType === 'status' ? (['liability', 'asset'] as const) : (['revenue', 'expense'] as const);
      return { code: String(accountNumber), name, kind: kinds[isCredit ? 0 : 1] };
    });
  }

  async taxCodes(connection: BooksConnection): Promise<readonly BooksTaxCode[]> {
    const codes = await this.api.all<VatAccount>(connection, 'list VAT accounts', '/vat-accounts');
    return codes.map(({ vatCode: code, name, ratePercentage }) => ({
      code,
      name,
      rateBp: ratePercentage === undefined ? null : Math.round(ratePercentage * 100),
    }));
  }

  putCustomer(connection: BooksConnection, customer: BooksCustomer): Promise<BookedOrNot> {
    return this.customers.put(connection, customer);
  }

  async postDocument(connection: BooksConnection, document: BooksDocument): Promise<BookedOrNot> {
    const { kind, number, date, lines, total } = document;
    const sum = Money.sum(lines.flatMap(({ net, vat }) => [net, vat]));
    if (sum.amount !== total.amount) return { outcome: 'rejected', reason: 'lines and total differ' };
    const text = textOf(kind, number);
    const answer = await this.vouchers.post(connection, {
      text,
      date,
      entries: documentEntries(document),
      booksId: number,
    });
    if (answer.outcome !== 'booked') return answer;
    const { total: there } = await this.status(connection, kind, number);
    return there?.amount === total.amount
      ? answer
      : { outcome: 'rejected', reason: 'the number is taken by another amount' };
  }

  async attachVoucher(
    connection: BooksConnection,
    { kind, booksId }: { readonly kind: BooksRecordKind; readonly booksId: BooksId },
    voucher: BooksVoucher,
  ): Promise<BookedOrNot> {
    if (kind === 'customer') return { outcome: 'rejected', reason: 'a customer has no voucher' };
    return this.vouchers.attach(connection, textOf(kind, booksId), voucher);
  }

  async postPayment(connection: BooksConnection, payment: BooksPayment): Promise<BookedOrNot> {
    const { kind, reference, date, amount, settles } = payment;
    const rest = amount.minus(Money.sum(settles.map((each) => each.amount)));
    if (rest.amount < 0) return { outcome: 'rejected', reason: 'it settles more than was paid' };
    const text = textOf(kind, reference);
    return this.vouchers.post(connection, { text, date, entries: paymentEntries(payment, rest), booksId: reference });
  }

  async postJournal(connection: BooksConnection, journal: BooksJournal): Promise<BookedOrNot> {
    const { reference, to: date } = journal;
    const text = textOf('journal', reference);
    const entries = await journalEntries(journal);
    if (entries.financeVouchers.length === 0) return { outcome: 'rejected', reason: 'nothing to book' };
    return this.vouchers.post(connection, { text, date, entries, booksId: reference });
  }

  async find(connection: BooksConnection, kind: BooksRecordKind, reference: string): Promise<Booked | null> {
    if (kind === 'customer') return this.customers.find(connection, reference);
    const found = await this.vouchers.find(connection, textOf(kind, reference));
    return found.length > 0 ? { outcome: 'booked', booksId: reference, number: reference } : null;
  }

  /** What was paid of it is told by the payments that name its number: e-conomic says what is left of booked invoices of its own alone. */
  async status(connection: BooksConnection, kind: 'invoice' | 'credit_note', booksId: BooksId): Promise<BooksStatus> {
    const [document] = (await this.vouchers.find(connection, textOf(kind, booksId))).filter(isOfCustomer);
    if (!document) return { state: 'missing', total: null, due: null };
    const total = Math.abs(inOere(document));
    const all = await this.vouchers.between(connection, '1900-01-01', '2999-12-31');
    const paid = all
      .filter((each) => isPaymentOf(each, document))
      .reduce((sum, each) => sum + Math.abs(inOere(each)), 0);
    const due = Math.max(0, total - paid);
    const standing = due === 0 ? 'paid' : 'open';
    return { state: document.isDraft ? 'draft' : standing, total: Money.of(total), due: Money.of(due) };
  }

  async totals(connection: BooksConnection, from: LocalDate, to: LocalDate): Promise<BooksTotals> {
    const entries = (await this.vouchers.between(connection, from, to)).filter(isOfCustomer);
    const of = (kind: Exclude<BooksRecordKind, 'customer' | 'journal'>) => {
      const ours = entries.filter(({ text }) => text?.startsWith(textOf(kind, '')));
      const count = new Set(ours.map(({ text }) => text)).size;
      return { count, total: Money.of(ours.reduce((sum, each) => sum + Math.abs(inOere(each)), 0)) };
    };
    return {
      documents: { invoice: of('invoice'), credit_note: of('credit_note') },
      payments: { payment: of('payment'), refund: of('refund') },
    };
  }
}

const isOfCustomer = ({ customer }: FoundEntry): boolean => customer !== undefined;

function isPaymentOf(entry: FoundEntry, { customerInvoiceNumber, customer, text }: FoundEntry): boolean {
  const isOther = entry.text !== text && entry.customer?.customerNumber === customer?.customerNumber;
  return isOther && entry.customerInvoiceNumber === customerInvoiceNumber && entry.entryType === 'customerPayment';
}
