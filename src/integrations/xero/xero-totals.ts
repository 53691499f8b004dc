import type { AccountingApi } from 'xero-node/dist/gen/api/accountingApi.js';
import type { BooksConnection, BooksTotals } from '../../modules/accounting/index.js';
import { Money } from '../../platform/values/money.js';
import type { LocalDate } from '../../platform/values/zone.js';
import type { XeroApi } from './xero-api.js';
import { between, isOurs } from './xero-words.js';

const pageSize = 500;

interface Counted {
  /** Parts of one payment of ours have one reference. */
  readonly reference: string;
  readonly units: number;
}

type Read = (sdk: AccountingApi, tenant: string, page: number) => Promise<readonly Counted[] | undefined>;

const counted = (reference: string | undefined, units: number | undefined): Counted => ({
  reference: reference ?? '',
  units: units ?? 0,
});

/** What we have put into a company's books, by its date. */
export class XeroTotals {
  constructor(private readonly api: XeroApi) {}

  async of(connection: BooksConnection, currency: string, from: LocalDate, to: LocalDate): Promise<BooksTotals> {
    const reads = readsOf(`${isOurs} AND ${between(from, to)}`);
    const [invoices, notes, payments, refunds, received, spent] = [
      await this.all(connection, reads.invoices),
      await this.all(connection, reads.notes),
      await this.all(connection, reads.payments),
      await this.all(connection, reads.refunds),
      await this.all(connection, reads.received),
      await this.all(connection, reads.spent),
    ];
    const sum = (parts: readonly Counted[]) => ({
      count: new Set(parts.map(({ reference }) => reference)).size,
      total: Money.of(
        parts.reduce((total, { units }) => total + Math.round(units * 100), 0),
        currency,
      ),
    });
    return {
      documents: { invoice: sum(invoices), credit_note: sum(notes) },
      payments: { payment: sum([...payments, ...received]), refund: sum([...refunds, ...spent]) },
    };
  }

  private async all(connection: BooksConnection, read: Read): Promise<Counted[]> {
    const found: Counted[] = [];
    for (let page = 1; ; page++) {
      const some = await this.api.call(connection, {
        operation: 'read totals',
        send: (sdk, tenant) => read(sdk, tenant, page),
      });
      found.push(...some);
      if (some.length < pageSize) return found;
    }
  }
}

function readsOf(ours: string) {
  const standing = `(Status=="AUTHORISED" OR Status=="PAID") AND ${ours}`;
  const payments =
    (type: string): Read =>
    async (sdk, tenant, page) => {
      const filter = `PaymentType=="${type}" AND Status=="AUTHORISED" AND ${ours}`;
      const { body } = await sdk.getPayments(tenant, undefined, filter, undefined, page, pageSize);
      return body.payments?.map(({ reference, amount }) => counted(reference, amount));
    };
  const kept =
    (type: string): Read =>
    async (sdk, tenant, page) => {
      const filter = `Type=="${type}" AND Status=="AUTHORISED" AND ${ours}`;
      const { body } = await sdk.getBankTransactions(tenant, undefined, filter, undefined, page, undefined, pageSize);
      return body.bankTransactions?.map(({ reference, total }) => counted(reference, total));
    };
  const none = undefined;
  const invoices: Read = async (sdk, tenant, page) => {
    const filter = `Type=="ACCREC" AND ${standing}`;
    const about = [none, none, none, none, none, page, none, none, none, none, pageSize] as const;
    const { body } = await sdk.getInvoices(tenant, none, filter, ...about);
    return body.invoices?.map(({ reference, total }) => counted(reference, total));
  };
  const notes: Read = async (sdk, tenant, page) => {
    const filter = `Type=="ACCRECCREDIT" AND ${standing}`;
    const { body } = await sdk.getCreditNotes(tenant, none, filter, none, page, none, pageSize);
    return body.creditNotes?.map(({ reference, total }) => counted(reference, total));
  };
  return {
    invoices,
    notes,
    payments: payments('ACCRECPAYMENT'),
    refunds: payments('ARCREDITPAYMENT'),
    received: kept('RECEIVE-OVERPAYMENT'),
    spent: kept('SPEND-OVERPAYMENT'),
  };
}
