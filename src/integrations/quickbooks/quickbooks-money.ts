import type {
  Booked,
  BookedOrNot,
  BooksConnection,
  BooksJournal,
  BooksPayment,
} from '../../modules/accounting/index.js';
import { Money } from '../../platform/values/money.js';
import { afterFailure, type QuickbooksApi, quoted } from './quickbooks-api.js';
import { inUnits, journalNumber, note, type QuickbooksRecord, toBooked } from './quickbooks-words.js';

type Posting = 'Debit' | 'Credit';

/** Payments, which QuickBooks spreads over documents itself; and journal entries: of a period, and of money that is paid back. */
export class QuickbooksMoney {
  constructor(private readonly api: QuickbooksApi) {}

  async post(connection: BooksConnection, payment: BooksPayment): Promise<BookedOrNot> {
    const { amount, settles, kind, reference } = payment;
    const rest = amount.minus(Money.sum(settles.map((each) => each.amount)));
    if (rest.amount < 0) return { outcome: 'rejected', reason: 'it settles more than was paid' };
    try {
      const before = await this.find(connection, kind, reference);
      if (before) return before;
      const made =
        kind === 'payment' ? await this.payment(connection, payment) : await this.refund(connection, payment);
      return { ...toBooked(made), number: reference };
    } catch (error) {
      return afterFailure(error);
    }
  }

  async postJournal(connection: BooksConnection, journal: BooksJournal): Promise<BookedOrNot> {
    try {
      const before = await this.find(connection, 'journal', journal.reference);
      if (before) return before;
      const lines: object[] = [];
      for await (const page of journal.entries) {
        for (const { account, text, debit, credit } of page) {
          const money = debit ?? credit;
          if (money)
            lines.push(lineOf(text, inUnits(money), debit ? 'Debit' : 'Credit', { AccountRef: { value: account } }));
        }
      }
      if (lines.length === 0) return { outcome: 'rejected', reason: 'nothing to book' };
      const entry = {
        DocNumber: journalNumber(journal.reference),
        TxnDate: journal.to,
        PrivateNote: note,
        Line: lines,
      };
      return toBooked(await this.api.create<QuickbooksRecord>(connection, 'JournalEntry', entry));
    } catch (error) {
      return afterFailure(error);
    }
  }

  async find(
    connection: BooksConnection,
    kind: 'payment' | 'refund' | 'journal',
    reference: string,
  ): Promise<Booked | null> {
    const number = kind === 'journal' ? journalNumber(reference) : reference;
    const [found] =
      kind === 'payment'
        ? await this.api.query<QuickbooksRecord>(connection, 'Payment', `PaymentRefNum = ${quoted(reference)}`)
        : await this.api.query<QuickbooksRecord>(connection, 'JournalEntry', `DocNumber = ${quoted(number)}`);
    return found ? { ...toBooked(found), number: reference } : null;
  }

  private payment(
    connection: BooksConnection,
    { customer, amount, account, date, reference, settles }: BooksPayment,
  ): Promise<QuickbooksRecord> {
    return this.api.create(connection, 'Payment', {
      CustomerRef: { value: customer },
      TotalAmt: inUnits(amount),
      CurrencyRef: { value: amount.currency },
      DepositToAccountRef: { value: account },
      TxnDate: date,
      PaymentRefNum: reference,
      PrivateNote: note,
      Line: settles.map(({ document: TxnId, amount: part }) => ({
        Amount: inUnits(part),
        LinkedTxn: [{ TxnId, TxnType: 'Invoice' }],
      })),
    });
  }

  /** A debit on the customer's account, which the school's bookkeeper sets off against the credit memo. */
  private async refund(connection: BooksConnection, payment: BooksPayment): Promise<QuickbooksRecord> {
    const { customer, amount, account, date, reference } = payment;
    const [receivable] = await this.api.query<QuickbooksRecord>(
      connection,
      'Account',
      "AccountType = 'Accounts Receivable'",
    );
    if (!receivable) throw new Error('QuickBooks has no account of receivables');
    const of = { AccountRef: { value: receivable.Id }, Entity: { Type: 'Customer', EntityRef: { value: customer } } };
    return this.api.create(connection, 'JournalEntry', {
      DocNumber: reference,
      TxnDate: date,
      PrivateNote: `${note}: refund`,
      Line: [
        lineOf(reference, inUnits(amount), 'Debit', of),
        lineOf(reference, inUnits(amount), 'Credit', { AccountRef: { value: account } }),
      ],
    });
  }
}

function lineOf(Description: string, Amount: number, PostingType: Posting, more: object): object {
  return {
    DetailType: 'JournalEntryLineDetail',
    Description,
    Amount,
    JournalEntryLineDetail: { PostingType, ...more },
  };
}
