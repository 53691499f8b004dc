import { randomUUID } from 'node:crypto';
import { Refusal } from '../http/refusal.js';

export type Fields = Readonly<Record<string, unknown>>;

export interface EconomicEntry {
  entryNumber: number;
  entryType: 'manualCustomerInvoice' | 'customerPayment' | 'financeVoucher';
  text: string;
  amount: number;
  date: string;
  customer?: { customerNumber: number };
  customerInvoiceNumber?: string;
  account?: { accountNumber: number };
  voucher: { voucherNumber: number; accountingYear: { year: string } };
}

/** Thrown to refuse as e-conomic refuses. */
export class EconomicRefusal extends Refusal {
  constructor(status: number, message: string) {
    super(status, { message, httpStatusCode: status, errorCode: `E0${status}` });
  }
}

const account = (accountNumber: number, name: string, accountType: string, debitCredit: string) => ({
  accountNumber,
  name,
  accountType,
  debitCredit,
  barred: false,
});

/** A Danish company's books at e-conomic: what is in its journal, and what its bookkeeper has booked. */
export class EconomicAgreement {
  readonly grant = randomUUID();
  readonly customers = new Map<number, Fields>();
  readonly drafts: EconomicEntry[] = [];
  readonly booked: EconomicEntry[] = [];
  /** By year and voucher number, such as 2026-3: bytes. */
  readonly files = new Map<string, number>();
  readonly accounts = [
    account(1000, 'Salg af undervisning', 'profitAndLoss', 'credit'),
    account(1300, 'Gebyrer', 'profitAndLoss', 'debit'),
    account(5600, 'Debitorer', 'status', 'debit'),
    account(5820, 'Bank', 'status', 'debit'),
    account(5830, 'Mellemregning', 'status', 'debit'),
    account(6900, 'Moms', 'status', 'credit'),
    account(9999, 'Balance', 'totalFrom', 'debit'),
  ];
  readonly vatAccounts = [
    { vatCode: 'U25', name: 'Salgsmoms', ratePercentage: 25 },
    { vatCode: 'UEU', name: 'Momsfrit salg', ratePercentage: 0 },
  ];
  readonly years = [
    { year: '2025', fromDate: '2025-01-01', toDate: '2025-12-31', closed: true },
    { year: '2026', fromDate: '2026-01-01', toDate: '2026-12-31', closed: false },
  ];
  private vouchers = 0;
  private entries = 0;

  constructor(
    readonly number: number,
    readonly name: string,
  ) {}

  createCustomer(wanted: Fields): Fields {
    const number = Number(wanted['customerNumber'] ?? Math.max(0, ...this.customers.keys()) + 1);
    if (this.customers.has(number)) throw new EconomicRefusal(400, 'customerNumber is already in use');
    return this.keep(number, wanted);
  }

  updateCustomer(number: number, wanted: Fields): Fields {
    this.customer(number);
    return this.keep(number, wanted);
  }

  customer(number: number): Fields {
    const found = this.customers.get(number);
    if (!found) throw new EconomicRefusal(404, 'The customer could not be found');
    return found;
  }

  /** A voucher into the journal; what it says has to add up. */
  draft({ accountingYear, entries }: Fields): object {
    const year = this.years.find((each) => each.year === (accountingYear as { year: string }).year);
    if (!year || year.closed) throw new EconomicRefusal(400, 'The accounting year is closed or unknown');
    this.vouchers += 1;
    const voucher = { voucherNumber: this.vouchers, accountingYear: { year: year.year } };
    const kinds = entries as Record<string, Fields[] | undefined>;
    const made = [
      ...(kinds['manualCustomerInvoices'] ?? []).map((each) => this.entry(each, 'manualCustomerInvoice', voucher)),
      ...(kinds['customerPayments'] ?? []).map((each) => this.entry(each, 'customerPayment', voucher)),
      ...(kinds['financeVouchers'] ?? []).map((each) => this.entry(each, 'financeVoucher', voucher)),
    ];
    if (made.length === 0) throw new EconomicRefusal(400, 'A voucher has entries');
    if (made.some(({ date }) => date < year.fromDate || date > year.toDate)) {
      throw new EconomicRefusal(400, 'A date lies outside of the accounting year');
    }
    const uneven = made
      .filter(({ entryType }) => entryType !== 'customerPayment')
      .reduce((sum, { amount }) => sum + Math.round(amount * 100), 0);
    if (uneven !== 0) throw new EconomicRefusal(400, 'The voucher does not balance');
    this.drafts.push(...made);
    return { ...voucher, journal: { journalNumber: 1 }, entries };
  }

  /** The bookkeeper books what is in the journal. */
  book(): void {
    this.booked.push(...this.drafts.splice(0));
  }

  attach(place: string, bytes: number): void {
    const isDraft = this.drafts.some(({ voucher }) => placeOf(voucher) === place);
    if (!isDraft) throw new EconomicRefusal(404, 'The voucher could not be found');
    if (this.files.has(place)) throw new EconomicRefusal(400, 'The voucher has a file already');
    this.files.set(place, bytes);
  }

  private entry(
    wanted: Fields,
    entryType: EconomicEntry['entryType'],
    voucher: EconomicEntry['voucher'],
  ): EconomicEntry {
    const {
      customer,
      account: to,
      contraAccount,
      vatAccount,
      amount,
      date,
      text,
      customerInvoiceNumber,
    } = wanted as {
      customer?: { customerNumber: number };
      account?: { accountNumber: number };
      contraAccount?: { accountNumber: number };
      vatAccount?: { vatCode: string };
      amount: number;
      date: string;
      text: string;
      customerInvoiceNumber?: string;
    };
    if (entryType === 'financeVoucher') this.postable(to?.accountNumber);
    else if (!customer || !this.customers.has(customer.customerNumber))
      throw new EconomicRefusal(400, 'Unknown customer');
    if (entryType === 'customerPayment') this.postable(contraAccount?.accountNumber);
    const isKnown = !vatAccount || this.vatAccounts.some(({ vatCode }) => vatCode === vatAccount.vatCode);
    if (!isKnown) throw new EconomicRefusal(400, `VAT code ${vatAccount.vatCode} does not exist`);
    if (text.length > 250 || !Number.isFinite(amount)) throw new EconomicRefusal(400, 'An entry is not sound');
    if (entryType === 'customerPayment') this.refuseTooMuch(customerInvoiceNumber, amount);
    this.entries += 1;
    return {
      entryNumber: this.entries,
      entryType,
      text,
      amount,
      date,
      voucher,
      ...(customer ? { customer } : {}),
      ...(customerInvoiceNumber ? { customerInvoiceNumber } : {}),
      ...(to ? { account: to } : {}),
    };
  }

  /** An invoice that is settled takes no more. */
  private refuseTooMuch(invoiceNumber: string | undefined, amount: number): void {
    if (!invoiceNumber) return;
    const about = [...this.drafts, ...this.booked].filter((each) => each.customerInvoiceNumber === invoiceNumber);
    const rest = about.reduce((sum, each) => sum + Math.round(each.amount * 100), 0);
    const left = rest + Math.round(amount * 100);
    if (rest === 0 || (left !== 0 && Math.sign(left) !== Math.sign(rest))) {
      throw new EconomicRefusal(400, 'The amount is more than is left of the invoice');
    }
  }

  private postable(number: number | undefined): void {
    const found = this.accounts.find(({ accountNumber }) => accountNumber === number);
    if (!found || found.accountType === 'totalFrom')
      throw new EconomicRefusal(400, `Account ${number} takes no entries`);
  }

  private keep(number: number, wanted: Fields): Fields {
    const { name, email } = wanted as { name?: string; email?: string };
    if (!name?.trim()) throw new EconomicRefusal(400, 'name is required');
    if (email && !/^\S+@\S+\.\S+$/.test(email))
      throw new EconomicRefusal(400, `${email} of ${name} is no e-mail address`);
    const customer = { ...wanted, customerNumber: number };
    this.customers.set(number, customer);
    return customer;
  }
}

export const placeOf = ({ voucherNumber, accountingYear }: EconomicEntry['voucher']): string =>
  `${accountingYear.year}-${voucherNumber}`;
