import type {
  BooksDocument,
  BooksJournal,
  BooksLine,
  BooksPayment,
  BooksRecordKind,
} from '../../modules/accounting/index.js';
import type { Money } from '../../platform/values/money.js';

/** By which our entries are known, and read by Danish bookkeepers. */
const words: Record<Exclude<BooksRecordKind, 'customer'>, string> = {
  invoice: 'Faktura',
  credit_note: 'Kreditnota',
  payment: 'Betaling',
  refund: 'Tilbagebetaling',
  journal: 'Journal',
};

export const textOf = (kind: keyof typeof words, reference: string): string => `JD ${words[kind]} ${reference}`;

export const inOere = ({ amount = 0 }: { readonly amount?: number }): number => Math.round(amount * 100);
const inKroner = ({ amount }: Money, sign = 1): number => (sign * amount) / 100;

/** What the customer owes, and against it a line for each account and VAT code, VAT included: e-conomic takes it out. */
export function documentEntries(document: BooksDocument) {
  const { kind, number, customer, date, dueDate, lines, total } = document;
  const sign = kind === 'invoice' ? 1 : -1;
  const shared = { text: textOf(kind, number), date, currency: { code: total.currency } };
  const invoice = { ...shared, customer: { customerNumber: Number(customer) }, customerInvoiceNumber: number, dueDate };
  return {
    manualCustomerInvoices: [{ ...invoice, amount: inKroner(total, sign) }],
    financeVouchers: [...grouped(lines)].map(([, { account, taxCode, amount }]) => ({
      ...shared,
      account: { accountNumber: Number(account) },
      vatAccount: { vatCode: taxCode },
      amount: inKroner(amount, -sign),
    })),
  };
}

/** A line for each document that it settles, and one for what is over: what comes in is taken off the customer, on the contra account it lies. */
export function paymentEntries(payment: BooksPayment, rest: Money) {
  const { kind, customer, account, date, reference, settles, amount } = payment;
  const sign = kind === 'payment' ? -1 : 1;
  const shared = {
    text: textOf(kind, reference),
    date,
    customer: { customerNumber: Number(customer) },
    contraAccount: { accountNumber: Number(account) },
    currency: { code: amount.currency },
  };
  const settled = settles.map(({ document, amount: part }) => ({
    ...shared,
    customerInvoiceNumber: document,
    amount: inKroner(part, sign),
  }));
  return { customerPayments: rest.isPositive ? [...settled, { ...shared, amount: inKroner(rest, sign) }] : settled };
}

/** VAT has entries of its own, so none is taken out. */
export async function journalEntries({ entries, reference, to: date }: BooksJournal) {
  const financeVouchers: object[] = [];
  for await (const page of entries) {
    for (const { account, debit, credit } of page) {
      const money = debit ?? credit;
      if (!money) continue;
      const shared = { text: textOf('journal', reference), date, currency: { code: money.currency } };
      const amount = inKroner(money, debit ? 1 : -1);
      financeVouchers.push({ ...shared, account: { accountNumber: Number(account) }, amount });
    }
  }
  return { financeVouchers };
}

function grouped(lines: readonly BooksLine[]) {
  const groups = new Map<string, { account: string; taxCode: string; amount: Money }>();
  for (const { account, taxCode, net, vat } of lines) {
    const key = `${account} ${taxCode}`;
    const gross = net.plus(vat);
    const before = groups.get(key);
    groups.set(key, { account, taxCode, amount: before ? before.amount.plus(gross) : gross });
  }
  return groups;
}
