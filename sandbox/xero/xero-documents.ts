import { textOf } from '../http/text-of.js';
import { randomUUID } from 'node:crypto';
import { filterOf } from './xero-filter.js';
import { dayOf, type XeroOrganisation } from './xero-organisation.js';
import { XeroInvalid } from './xero-problem.js';
import { hundredths, units, type XeroDocument, type XeroLine } from './xero-records.js';

type Wanted = Readonly<Record<string, unknown>>;
type Kind = XeroDocument['kind'];

const NAMES = {
  invoice: { type: 'ACCREC', number: 'InvoiceNumber', id: 'InvoiceID' },
  credit_note: { type: 'ACCRECCREDIT', number: 'CreditNoteNumber', id: 'CreditNoteID' },
} as const;

export function createDocument(books: XeroOrganisation, kind: Kind, wanted: Wanted): object {
  const { type, number } = NAMES[kind];
  if (wanted['Type'] !== type) throw new XeroInvalid(`Invalid type ${textOf(wanted['Type'])}`);
  const [name, date] = [textOf(wanted[number]), dayOf(wanted['Date'], 'Date')];
  books.refuseLocked(date);
  const isTaken = [...books.documents.values()].some(
    (each) => each.kind === kind && each.number === name && stands(each),
  );
  if (isTaken)
    throw new XeroInvalid(kind === 'invoice' ? 'Invoice # must be unique.' : 'Credit note number must be unique.');
  if (wanted['LineAmountTypes'] !== 'Exclusive') throw new XeroInvalid('The sandbox books amounts without tax only');
  const lines = ((wanted['LineItems'] as Wanted[] | undefined) ?? []).map((line) => lineOf(books, line));
  if (lines.length === 0) throw new XeroInvalid('One or more line items must be specified');
  const tax = sum(lines, 'TaxAmount');
  const document: XeroDocument = {
    kind,
    id: randomUUID(),
    number: name,
    contact: books.contact((wanted['Contact'] as Wanted | undefined)?.['ContactID']),
    date,
    dueDate: kind === 'invoice' ? dayOf(wanted['DueDate'], 'Due Date') : date,
    reference: textOf(wanted['Reference']),
    currency: textOf(wanted['CurrencyCode']) || 'DKK',
    status: 'AUTHORISED',
    lines,
    tax,
    total: sum(lines, 'LineAmount') + tax,
    settled: 0,
    allocations: [],
  };
  if (document.total < 0) throw new XeroInvalid('The document total must be at least zero');
  if (document.currency !== 'DKK')
    throw new XeroInvalid('Organisation is not subscribed to currency ' + document.currency);
  if (wanted['Status'] !== 'AUTHORISED') throw new XeroInvalid('The sandbox takes authorised documents only');
  standing(document);
  books.documents.set(document.id, document);
  return viewOf(document);
}

export function listDocuments(books: XeroOrganisation, kind: Kind, query: Wanted): object[] {
  const test = filterOf(query['where'] as string | undefined);
  const numbers = query['InvoiceNumbers'] ? textOf(query['InvoiceNumbers']).split(',') : null;
  const all = [...books.documents.values()].filter((each) => each.kind === kind).map(viewOf);
  return all.filter((each) => test(each) && (!numbers || numbers.includes(textOf(each['InvoiceNumber']))));
}

/** Uses some of a credit note for an invoice. */
export function allocate(books: XeroOrganisation, noteId: string, wanted: readonly Wanted[]): object {
  const note = books.document('credit_note', noteId);
  const Allocations = wanted.map((each) => {
    const invoice = books.document('invoice', (each['Invoice'] as Wanted | undefined)?.['InvoiceID']);
    const [amount, date] = [hundredths(each['Amount']), dayOf(each['Date'], 'Date')];
    if (amount < 1 || amount > note.total - note.settled)
      throw new XeroInvalid('Amount is more than the remaining credit');
    if (amount > invoice.total - invoice.settled) throw new XeroInvalid('Amount is more than is due of the invoice');
    if (invoice.contact !== note.contact) throw new XeroInvalid('The invoice is of another contact');
    const allocation = { AllocationID: randomUUID(), invoiceId: invoice.id, amount, date };
    note.allocations.push(allocation);
    settle(note, amount);
    settle(invoice, amount);
    return allocationView(allocation);
  });
  return { Allocations };
}

/** Some of it is paid, credited, used or paid out. */
export function settle(document: XeroDocument, amount: number): void {
  document.settled += amount;
  standing(document);
}

export function viewOf(document: XeroDocument): Record<string, unknown> {
  const { kind, contact, date, dueDate, total, tax, settled } = document;
  const names = NAMES[kind];
  const shared = {
    Type: names.type,
    [names.id]: document.id,
    [names.number]: document.number,
    Contact: { ContactID: contact.ContactID, Name: contact.Name },
    Date: date,
    Reference: document.reference,
    CurrencyCode: document.currency,
    Status: document.status,
    LineAmountTypes: 'Exclusive',
    LineItems: document.lines,
    SubTotal: units(total - tax),
    TotalTax: units(tax),
    Total: units(total),
  };
  return kind === 'invoice'
    ? { ...shared, DueDate: dueDate, AmountDue: units(total - settled) }
    : { ...shared, RemainingCredit: units(total - settled), Allocations: document.allocations.map(allocationView) };
}

function allocationView({ AllocationID, invoiceId, amount, date }: XeroDocument['allocations'][number]): object {
  return { AllocationID, Amount: units(amount), Date: date, Invoice: { InvoiceID: invoiceId } };
}

function lineOf(books: XeroOrganisation, line: Wanted): XeroLine {
  const [quantity, price, amount] = [Number(line['Quantity']), Number(line['UnitAmount']), Number(line['LineAmount'])];
  if (!line['Description']) throw new XeroInvalid('Description must be specified');
  const expected = hundredths(quantity * price);
  if (expected !== hundredths(amount)) {
    throw new XeroInvalid(`The line total ${amount} does not match the expected line total ${units(expected)}`);
  }
  const rate = books.taxRates.find(({ TaxType }) => TaxType === line['TaxType']);
  if (!rate) throw new XeroInvalid(`The TaxType code '${textOf(line['TaxType'])}' does not exist or cannot be used`);
  if (rate.EffectiveRate === 0 && hundredths(line['TaxAmount']) !== 0) throw new XeroInvalid('Tax amount must be zero');
  return {
    LineItemID: randomUUID(),
    Description: textOf(line['Description']),
    Quantity: quantity,
    UnitAmount: price,
    LineAmount: amount,
    TaxAmount: Number(line['TaxAmount'] ?? units(Math.round((expected * rate.EffectiveRate) / 100))),
    AccountCode: books.postable(line['AccountCode']).Code!,
    TaxType: rate.TaxType,
  };
}

function sum(lines: readonly XeroLine[], name: 'LineAmount' | 'TaxAmount'): number {
  return lines.reduce((total, line) => total + hundredths(line[name]), 0);
}

function standing(document: XeroDocument): void {
  document.status = document.settled >= document.total ? 'PAID' : 'AUTHORISED';
}

const stands = ({ status }: XeroDocument): boolean => status !== 'VOIDED';
