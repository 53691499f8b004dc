import { textOf } from '../http/text-of.js';
import { randomUUID } from 'node:crypto';
import { settle, viewOf } from './xero-documents.js';
import { filterOf } from './xero-filter.js';
import { dayOf, type XeroOrganisation } from './xero-organisation.js';
import { XeroInvalid } from './xero-problem.js';
import {
  hundredths,
  units,
  type XeroBankTransaction,
  type XeroManualJournal,
  type XeroPayment,
} from './xero-records.js';

type Wanted = Readonly<Record<string, unknown>>;

export function createPayment(books: XeroOrganisation, wanted: Wanted): object {
  const { Invoice: invoice, CreditNote: note } = wanted as { Invoice?: Wanted; CreditNote?: Wanted };
  const document = invoice
    ? books.document('invoice', invoice['InvoiceID'])
    : books.document('credit_note', note?.['CreditNoteID']);
  const payment: XeroPayment = {
    id: randomUUID(),
    document,
    account: books.payable(wanted['Account'] as Wanted),
    date: dayOf(wanted['Date'], 'Date'),
    amount: hundredths(wanted['Amount']),
    reference: textOf(wanted['Reference']),
  };
  books.refuseLocked(payment.date);
  if (payment.amount < 1) throw new XeroInvalid('Payment amount must be greater than zero');
  if (payment.amount > document.total - document.settled) {
    throw new XeroInvalid('Payment amount exceeds the amount outstanding on this document');
  }
  books.payments.set(payment.id, payment);
  settle(document, payment.amount);
  return paymentView(payment);
}

export function listPayments({ payments }: XeroOrganisation, where: string | undefined): object[] {
  return [...payments.values()].map(paymentView).filter(filterOf(where));
}

function paymentView({ id, document, account, date, amount, reference }: XeroPayment): Record<string, unknown> {
  const { Type, Status: _status, LineItems: _lines, ...of } = viewOf(document);
  const isInvoice = document.kind === 'invoice';
  const { InvoiceID, InvoiceNumber, CreditNoteID, CreditNoteNumber } = of;
  return {
    PaymentID: id,
    Date: date,
    Amount: units(amount),
    Reference: reference,
    Status: 'AUTHORISED',
    PaymentType: isInvoice ? 'ACCRECPAYMENT' : 'ARCREDITPAYMENT',
    Account: { AccountID: account.AccountID, ...(account.Code ? { Code: account.Code } : {}) },
    ...(isInvoice
      ? { Invoice: { Type, InvoiceID, InvoiceNumber } }
      : { CreditNote: { Type, CreditNoteID, CreditNoteNumber } }),
  };
}

/** Overpayments alone: money that no document asks for. */
export function createBankTransaction(books: XeroOrganisation, wanted: Wanted): object {
  const type = textOf(wanted['Type']);
  if (!['RECEIVE-OVERPAYMENT', 'SPEND-OVERPAYMENT'].includes(type))
    throw new XeroInvalid(`The sandbox books no ${type}`);
  const account = books.account(wanted['BankAccount'] as Wanted);
  if (account?.Type !== 'BANK') throw new XeroInvalid('The bank account could not be found');
  const lines = (wanted['LineItems'] ?? []) as Wanted[];
  if (lines.length !== 1) throw new XeroInvalid('An overpayment has one line');
  const transaction: XeroBankTransaction = {
    id: randomUUID(),
    type,
    contact: books.contact((wanted['Contact'] as Wanted | undefined)?.['ContactID']),
    account,
    date: dayOf(wanted['Date'], 'Date'),
    amount: hundredths(lines[0]!['LineAmount']),
    reference: textOf(wanted['Reference']),
  };
  books.refuseLocked(transaction.date);
  if (transaction.amount < 1) throw new XeroInvalid('The amount must be greater than zero');
  books.bankTransactions.set(transaction.id, transaction);
  return transactionView(transaction);
}

export function listBankTransactions({ bankTransactions }: XeroOrganisation, where: string | undefined): object[] {
  return [...bankTransactions.values()].map(transactionView).filter(filterOf(where));
}

function transactionView({ id, type, contact, account, date, amount, reference }: XeroBankTransaction) {
  return {
    BankTransactionID: id,
    Type: type,
    Status: 'AUTHORISED',
    Contact: { ContactID: contact.ContactID, Name: contact.Name },
    BankAccount: { AccountID: account.AccountID },
    Date: date,
    Reference: reference,
    Total: units(amount),
    LineItems: [],
  };
}

export function createJournal(books: XeroOrganisation, wanted: Wanted): object {
  const lines = ((wanted['JournalLines'] ?? []) as Wanted[]).map((line) => ({
    LineAmount: Number(line['LineAmount']),
    AccountCode: books.postable(line['AccountCode']).Code!,
    ...(line['Description'] ? { Description: textOf(line['Description']) } : {}),
  }));
  if (lines.length < 2) throw new XeroInvalid('A manual journal has two lines at least');
  const rest = lines.reduce((sum, line) => sum + hundredths(line.LineAmount), 0);
  if (rest !== 0) throw new XeroInvalid('The total debits must equal total credits');
  if (wanted['LineAmountTypes'] !== 'NoTax') throw new XeroInvalid('The sandbox books journals without tax only');
  const journal: XeroManualJournal = {
    id: randomUUID(),
    narration: textOf(wanted['Narration']),
    date: dayOf(wanted['Date'], 'Date'),
    lines,
  };
  books.refuseLocked(journal.date);
  books.journals.set(journal.id, journal);
  return journalView(journal);
}

export function listJournals({ journals }: XeroOrganisation, where: string | undefined): object[] {
  return [...journals.values()].map(journalView).filter(filterOf(where));
}

function journalView({ id, narration, date, lines }: XeroManualJournal) {
  return { ManualJournalID: id, Narration: narration, Date: date, Status: 'POSTED', JournalLines: lines };
}
