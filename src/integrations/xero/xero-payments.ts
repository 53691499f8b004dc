import { BankTransaction, LineAmountTypes, type Payment } from 'xero-node/dist/gen/model/accounting/models.js';
import type { Booked, BookedOrNot, BooksConnection, BooksPayment } from '../../modules/accounting/index.js';
import { Money } from '../../platform/values/money.js';
import type { XeroApi } from './xero-api.js';
import { accountAt, afterFailure, currencyOf, inUnits, keyOf, ourReference, quoted } from './xero-words.js';

/**
 * Money that came in or went out. Xero knows a payment of one document, and an overpayment for what is over: each part carries
 * our reference, and those that are there already are not made again.
 */
export class XeroPayments {
  constructor(private readonly api: XeroApi) {}

  async post(connection: BooksConnection, payment: BooksPayment): Promise<BookedOrNot> {
    try {
      const parts = await this.parts(connection, payment.reference);
      const ids: string[] = [];
      for (const settled of payment.settles) {
        const before = parts.find((part) => documentOf(part) === settled.document)?.paymentID;
        ids.push(before ?? (await this.settle(connection, payment, settled)));
      }
      const rest = payment.amount.minus(
        Money.sum(
          payment.settles.map(({ amount }) => amount),
          payment.amount.currency,
        ),
      );
      if (rest.amount < 0) return { outcome: 'rejected', reason: 'it settles more than was paid' };
      if (rest.isPositive)
        ids.push((await this.over(connection, payment.reference)) ?? (await this.keep(connection, payment, rest)));
      return booked(ids[0], payment.reference);
    } catch (error) {
      return afterFailure(error);
    }
  }

  /** A part of it at least. */
  async find(connection: BooksConnection, reference: string): Promise<Booked | null> {
    const [part] = await this.parts(connection, reference);
    const id = part?.paymentID ?? (await this.over(connection, reference));
    return id ? booked(id, reference) : null;
  }

  private parts(connection: BooksConnection, reference: string): Promise<Payment[]> {
    const filter = `Reference==${quoted(ourReference(reference))} AND Status=="AUTHORISED"`;
    return this.api.call(connection, {
      operation: 'find payment',
      send: async (sdk, tenant) => (await sdk.getPayments(tenant, undefined, filter)).body.payments,
    });
  }

  private async over(connection: BooksConnection, reference: string): Promise<string | undefined> {
    const filter = `Reference==${quoted(ourReference(reference))} AND Status=="AUTHORISED"`;
    const kept = await this.api.call(connection, {
      operation: 'find overpayment',
      send: async (sdk, tenant) => (await sdk.getBankTransactions(tenant, undefined, filter)).body.bankTransactions,
    });
    return kept[0]?.bankTransactionID;
  }

  private settle(
    connection: BooksConnection,
    { id, kind, account, date, reference }: BooksPayment,
    { document, amount }: BooksPayment['settles'][number],
  ): Promise<string> {
    const of = kind === 'payment' ? { invoice: { invoiceID: document } } : { creditNote: { creditNoteID: document } };
    const payment = {
      ...of,
      account: accountAt(account),
      date,
      amount: inUnits(amount),
      reference: ourReference(reference),
    };
    return this.api.call(connection, {
      operation: `create ${kind}`,
      send: async (sdk, tenant) => {
        const { body } = await sdk.createPayments(tenant, { payments: [payment] }, true, keyOf(kind, id, payment));
        return body.payments?.[0]?.paymentID;
      },
    });
  }

  private keep(connection: BooksConnection, payment: BooksPayment, rest: Money): Promise<string> {
    const { id, kind, customer, account, date, reference } = payment;
    const { RECEIVEOVERPAYMENT, SPENDOVERPAYMENT } = BankTransaction.TypeEnum;
    const transaction: BankTransaction = {
      type: kind === 'payment' ? RECEIVEOVERPAYMENT : SPENDOVERPAYMENT,
      contact: { contactID: customer },
      bankAccount: accountAt(account),
      date,
      reference: ourReference(reference),
      currencyCode: currencyOf(rest),
      lineAmountTypes: LineAmountTypes.NoTax,
      lineItems: [{ description: reference, quantity: 1, unitAmount: inUnits(rest), lineAmount: inUnits(rest) }],
    };
    return this.api.call(connection, {
      operation: 'create overpayment',
      send: async (sdk, tenant) => {
        const made = { bankTransactions: [transaction] };
        const { body } = await sdk.createBankTransactions(tenant, made, true, undefined, keyOf(kind, id, transaction));
        return body.bankTransactions?.[0]?.bankTransactionID;
      },
    });
  }
}

const documentOf = ({ invoice, creditNote }: Payment) => invoice?.invoiceID ?? creditNote?.creditNoteID;

function booked(booksId: string | undefined, number: string): Booked {
  if (!booksId) throw new Error('a payment of nothing');
  return { outcome: 'booked', booksId, number };
}
