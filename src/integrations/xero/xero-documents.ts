import { CreditNote, Invoice, LineAmountTypes } from 'xero-node/dist/gen/model/accounting/models.js';
import type { Booked, BookedOrNot, BooksConnection, BooksDocument, BooksId } from '../../modules/accounting/index.js';
import type { XeroApi } from './xero-api.js';
import { addsUp, afterFailure, currencyOf, keyOf, lineOf, moneyOf, ourReference, quoted } from './xero-words.js';

const fourDecimals = 4;

interface Found extends Booked {
  readonly total: number;
}

/** Invoices and credit notes. Xero refuses a number a second time; then it is looked at whether that was us. */
export class XeroDocuments {
  constructor(private readonly api: XeroApi) {}

  async post(connection: BooksConnection, document: BooksDocument): Promise<BookedOrNot> {
    if (!addsUp(document)) return { outcome: 'rejected', reason: 'lines and total differ' };
    try {
      const answer = await this.createdOrFound(connection, document);
      if (answer.outcome === 'booked' && document.credits) await this.settle(connection, document, answer.booksId);
      return answer;
    } catch (error) {
      return afterFailure(error);
    }
  }

  find(connection: BooksConnection, kind: BooksDocument['kind'], number: string): Promise<Found | null> {
    return kind === 'invoice' ? this.findInvoice(connection, number) : this.findCreditNote(connection, number);
  }

  private async createdOrFound(connection: BooksConnection, document: BooksDocument): Promise<BookedOrNot> {
    try {
      return await (document.kind === 'invoice' ? this.invoice(connection, document) : this.note(connection, document));
    } catch (error) {
      const refused = afterFailure(error);
      if (refused.outcome !== 'rejected') return refused;
      const before = await this.find(connection, document.kind, document.number);
      if (!before) return refused;
      const { total, ...found } = before;
      const isSame = moneyOf(total, document.total.currency).equals(document.total);
      return isSame ? found : { outcome: 'rejected', reason: 'the number is taken by another amount' };
    }
  }

  private invoice(connection: BooksConnection, document: BooksDocument): Promise<Booked> {
    const { id, number: invoiceNumber, dueDate } = document;
    const invoice: Invoice = { ...shared(document), type: Invoice.TypeEnum.ACCREC, invoiceNumber, dueDate };
    return this.api.call(connection, {
      operation: 'create invoice',
      send: async (sdk, tenant) => {
        const { body } = await sdk.createInvoices(
          tenant,
          { invoices: [invoice] },
          true,
          fourDecimals,
          keyOf('invoice', id, invoice),
        );
        return booked(body.invoices?.[0]?.invoiceID, body.invoices?.[0]?.invoiceNumber);
      },
    });
  }

  private note(connection: BooksConnection, document: BooksDocument): Promise<Booked> {
    const { id, number: creditNoteNumber } = document;
    const note: CreditNote = { ...shared(document), type: CreditNote.TypeEnum.ACCRECCREDIT, creditNoteNumber };
    return this.api.call(connection, {
      operation: 'create credit note',
      send: async (sdk, tenant) => {
        const notes = { creditNotes: [note] };
        const { body } = await sdk.createCreditNotes(tenant, notes, true, fourDecimals, keyOf('credit-note', id, note));
        return booked(body.creditNotes?.[0]?.creditNoteID, body.creditNotes?.[0]?.creditNoteNumber);
      },
    });
  }

  /** What is still due of the invoice; under one key, and never more than is left of the credit note. */
  private async settle(connection: BooksConnection, { id, date, credits }: BooksDocument, noteId: BooksId) {
    const invoiceID = credits ?? '';
    const note = await this.api.call(connection, {
      operation: 'fetch credit note',
      send: async (sdk, tenant) => (await sdk.getCreditNote(tenant, noteId)).body.creditNotes?.[0],
    });
    if (note.allocations?.some(({ invoice }) => invoice?.invoiceID === invoiceID)) return;
    const invoice = await this.api.call(connection, {
      operation: 'fetch invoice',
      send: async (sdk, tenant) => (await sdk.getInvoice(tenant, invoiceID)).body.invoices?.[0],
    });
    const amount = Math.min(note.remainingCredit ?? 0, invoice.amountDue ?? 0);
    if (amount <= 0) return;
    await this.api.call(connection, {
      operation: 'allocate credit note',
      send: async (sdk, tenant) => {
        const allocations = [{ invoice: { invoiceID }, amount, date }];
        const key = keyOf('allocation', id, allocations);
        return (await sdk.createCreditNoteAllocation(tenant, noteId, { allocations }, true, key)).body.allocations?.[0];
      },
    });
  }

  private async findInvoice(connection: BooksConnection, number: string): Promise<Found | null> {
    const invoices = await this.api.call(connection, {
      operation: 'find invoice',
      send: async (sdk, tenant) =>
        (await sdk.getInvoices(tenant, undefined, `Type=="ACCREC"`, undefined, undefined, [number])).body.invoices,
    });
    const [found] = invoices.filter(({ status }) => stands(status));
    return found?.invoiceID ? { ...booked(found.invoiceID, found.invoiceNumber)!, total: found.total ?? 0 } : null;
  }

  private async findCreditNote(connection: BooksConnection, number: string): Promise<Found | null> {
    const filter = `Type=="ACCRECCREDIT" AND CreditNoteNumber==${quoted(number)}`;
    const notes = await this.api.call(connection, {
      operation: 'find credit note',
      send: async (sdk, tenant) => (await sdk.getCreditNotes(tenant, undefined, filter)).body.creditNotes,
    });
    const [found] = notes.filter(({ status }) => stands(status));
    return found?.creditNoteID
      ? { ...booked(found.creditNoteID, found.creditNoteNumber)!, total: found.total ?? 0 }
      : null;
  }
}

function stands(status: unknown): boolean {
  return !['VOIDED', 'DELETED'].includes(String(status));
}

function booked(booksId: string | undefined, number: string | undefined): Booked | undefined {
  return booksId ? { outcome: 'booked', booksId, number: number ?? null } : undefined;
}

function shared({ number, customer, date, lines, total }: BooksDocument) {
  return {
    contact: { contactID: customer },
    date,
    reference: ourReference(number),
    currencyCode: currencyOf(total),
    lineAmountTypes: LineAmountTypes.Exclusive,
    lineItems: lines.map(lineOf),
    status: 'AUTHORISED' as unknown as Invoice.StatusEnum & CreditNote.StatusEnum,
  };
}
