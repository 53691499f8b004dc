import type { Booked, BookedOrNot, BooksConnection, BooksDocument, BooksLine } from '../../modules/accounting/index.js';
import { Money } from '../../platform/values/money.js';
import { afterFailure, type QuickbooksApi, quoted } from './quickbooks-api.js';
import { inUnits, note, type QuickbooksDocument, toBooked } from './quickbooks-words.js';

const entities = { invoice: 'Invoice', credit_note: 'CreditMemo' } as const;

/** Invoices and credit memos. QuickBooks takes a number twice, so it is looked for first. */
export class QuickbooksDocuments {
  constructor(private readonly api: QuickbooksApi) {}

  async post(connection: BooksConnection, document: BooksDocument): Promise<BookedOrNot> {
    const { kind, number, lines, total, credits } = document;
    const sum = Money.sum(lines.flatMap(({ net, vat }) => [net, vat]));
    if (sum.amount !== total.amount) return { outcome: 'rejected', reason: 'lines and total differ' };
    try {
      const before = await this.find(connection, kind, number);
      const made = before ?? (await this.create(connection, document));
      if (Math.round(made.TotalAmt * 100) !== total.amount) {
        return { outcome: 'rejected', reason: 'the number is taken by another amount' };
      }
      if (credits) await this.settle(connection, document, made);
      return toBooked(made);
    } catch (error) {
      return afterFailure(error);
    }
  }

  async find(
    connection: BooksConnection,
    kind: BooksDocument['kind'],
    number: string,
  ): Promise<QuickbooksDocument | null> {
    const where = `DocNumber = ${quoted(number)}`;
    const [found] = await this.api.query<QuickbooksDocument>(connection, entities[kind], where);
    return found ?? null;
  }

  private async create(connection: BooksConnection, document: BooksDocument): Promise<QuickbooksDocument> {
    const { kind, number, customer, date, dueDate, lines, total } = document;
    const items = new Map<string, string>();
    for (const { account } of lines) items.set(account, items.get(account) ?? (await this.item(connection, account)));
    return this.api.create(connection, entities[kind], {
      DocNumber: number,
      TxnDate: date,
      ...(kind === 'invoice' ? { DueDate: dueDate } : {}),
      CustomerRef: { value: customer },
      CurrencyRef: { value: total.currency },
      PrivateNote: note,
      GlobalTaxCalculation: 'TaxExcluded',
      TxnTaxDetail: { TotalTax: inUnits(Money.sum(lines.map(({ vat }) => vat))) },
      Line: lines.map((line) => lineOf(line, items.get(line.account)!)),
    });
  }

  /** A line of QuickBooks' names an item and not an account: one for each account, made when it is first needed. */
  private async item(connection: BooksConnection, account: string): Promise<string> {
    const Name = `Just Driving ${account}`;
    const [found] = await this.api.query<{ Id: string }>(connection, 'Item', `Name = ${quoted(Name)}`);
    const item = { Name, Type: 'Service', IncomeAccountRef: { value: account } };
    return (found ?? (await this.api.create<{ Id: string }>(connection, 'Item', item))).Id;
  }

  /** By a payment of nothing that names both. */
  private async settle(connection: BooksConnection, document: BooksDocument, memo: QuickbooksDocument): Promise<void> {
    const [invoice] = await this.api.query<QuickbooksDocument>(
      connection,
      'Invoice',
      `Id = ${quoted(document.credits ?? '')}`,
    );
    const Amount = Math.min(memo.RemainingCredit ?? memo.Balance ?? 0, invoice?.Balance ?? 0);
    if (!invoice || Amount <= 0) return;
    await this.api.create(connection, 'Payment', {
      CustomerRef: { value: document.customer },
      TotalAmt: 0,
      TxnDate: document.date,
      PaymentRefNum: `K${document.number}`,
      Line: [
        { Amount, LinkedTxn: [{ TxnId: invoice.Id, TxnType: 'Invoice' }] },
        { Amount, LinkedTxn: [{ TxnId: memo.Id, TxnType: 'CreditMemo' }] },
      ],
    });
  }
}

function lineOf({ text, quantity, net, taxCode }: BooksLine, item: string): object {
  return {
    DetailType: 'SalesItemLineDetail',
    Amount: inUnits(net),
    Description: (quantity === 1 ? text : `${quantity} × ${text}`).slice(0, 4_000),
    SalesItemLineDetail: { ItemRef: { value: item }, TaxCodeRef: { value: taxCode } },
  };
}

export const bookedDocument = (found: QuickbooksDocument | null): Booked | null => found && toBooked(found);
