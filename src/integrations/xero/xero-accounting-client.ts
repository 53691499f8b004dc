import type { Contact } from 'xero-node/dist/gen/model/accounting/models.js';
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
import type { LocalDate } from '../../platform/values/zone.js';
import { type XeroApi, XeroRefusal } from './xero-api.js';
import { XeroDocuments } from './xero-documents.js';
import { XeroJournals } from './xero-journals.js';
import { XeroPayments } from './xero-payments.js';
import { XeroTotals } from './xero-totals.js';
import { XeroVouchers } from './xero-vouchers.js';
import { accountOf, afterFailure, contactOf, keyOf, ourReference, quoted, statusOf } from './xero-words.js';

/** Xero, by its own SDK. Our customer number, with our mark, is a contact's ContactNumber, our document numbers are theirs. */
export class XeroAccountingClient extends AccountingClient {
  readonly provider = 'xero';
  readonly abilities = { documents: true, journals: true, journalVouchers: true };
  private readonly documents: XeroDocuments;
  private readonly payments: XeroPayments;
  private readonly journals: XeroJournals;
  private readonly vouchers: XeroVouchers;
  private readonly sums: XeroTotals;

  constructor(private readonly api: XeroApi) {
    super();
    this.documents = new XeroDocuments(api);
    this.payments = new XeroPayments(api);
    this.journals = new XeroJournals(api);
    this.vouchers = new XeroVouchers(api);
    this.sums = new XeroTotals(api);
  }

  company(connection: BooksConnection): Promise<BooksCompany> {
    return this.api.call(connection, {
      operation: 'fetch company',
      send: async (sdk, tenant) => {
        const [company] = (await sdk.getOrganisations(tenant)).body.organisations ?? [];
        return company && { id: tenant, name: company.name ?? '', currency: String(company.baseCurrency) };
      },
    });
  }

  accounts(connection: BooksConnection): Promise<readonly BooksAccount[]> {
    return this.api.call(connection, {
      operation: 'list accounts',
      send: async (sdk, tenant) =>
        (await sdk.getAccounts(tenant, undefined, 'Status=="ACTIVE"')).body.accounts?.map(accountOf),
    });
  }

  taxCodes(connection: BooksConnection): Promise<readonly BooksTaxCode[]> {
    return this.api.call(connection, {
      operation: 'list tax rates',
      send: async (sdk, tenant) =>
        (await sdk.getTaxRates(tenant, 'Status=="ACTIVE"')).body.taxRates?.map(({ taxType, name, effectiveRate }) => ({
          code: taxType ?? '',
          name: name ?? '',
          rateBp: effectiveRate === undefined ? null : Math.round(effectiveRate * 100),
        })),
    });
  }

  async putCustomer(connection: BooksConnection, customer: BooksCustomer): Promise<BookedOrNot> {
    try {
      const known = customer.booksId ?? (await this.findContact(connection, customer.number))?.booksId;
      return await (known ? this.update(connection, known, customer) : this.create(connection, customer));
    } catch (error) {
      return withoutPerson(afterFailure(error), customer);
    }
  }

  postDocument(connection: BooksConnection, document: BooksDocument): Promise<BookedOrNot> {
    return this.documents.post(connection, document);
  }

  attachVoucher(
    connection: BooksConnection,
    of: { readonly kind: BooksRecordKind; readonly booksId: BooksId },
    voucher: BooksVoucher,
  ): Promise<BookedOrNot> {
    return this.vouchers.attach(connection, of, voucher);
  }

  postPayment(connection: BooksConnection, payment: BooksPayment): Promise<BookedOrNot> {
    return this.payments.post(connection, payment);
  }

  postJournal(connection: BooksConnection, journal: BooksJournal): Promise<BookedOrNot> {
    return this.journals.post(connection, journal);
  }

  async find(connection: BooksConnection, kind: BooksRecordKind, reference: string): Promise<Booked | null> {
    if (kind === 'customer') return this.findContact(connection, reference);
    if (kind === 'journal') return this.journals.find(connection, reference);
    if (kind === 'payment' || kind === 'refund') return this.payments.find(connection, reference);
    const found = await this.documents.find(connection, kind, reference);
    return found && { outcome: 'booked', booksId: found.booksId, number: found.number };
  }

  async status(connection: BooksConnection, kind: 'invoice' | 'credit_note', booksId: BooksId): Promise<BooksStatus> {
    try {
      return await this.api.call(connection, {
        operation: 'fetch status',
        send: async (sdk, tenant) => {
          if (kind === 'invoice') {
            const [invoice] = (await sdk.getInvoice(tenant, booksId)).body.invoices ?? [];
            return invoice && statusOf(invoice, invoice.amountDue);
          }
          const [note] = (await sdk.getCreditNote(tenant, booksId)).body.creditNotes ?? [];
          return note && statusOf(note, note.remainingCredit);
        },
      });
    } catch (error) {
      if (error instanceof XeroRefusal && error.status === 404) return { state: 'missing', total: null, due: null };
      throw error;
    }
  }

  async totals(connection: BooksConnection, from: LocalDate, to: LocalDate): Promise<BooksTotals> {
    const { currency } = await this.company(connection);
    return this.sums.of(connection, currency, from, to);
  }

  private async findContact(connection: BooksConnection, number: string): Promise<Booked | null> {
    const filter = `ContactNumber==${quoted(ourReference(number))}`;
    const [found] = await this.api.call(connection, {
      operation: 'find customer',
      send: async (sdk, tenant) => (await sdk.getContacts(tenant, undefined, filter)).body.contacts,
    });
    return found ? booked(found) : null;
  }

  /** Made and never merged: Xero's own way to create or update would take a namesake's contact for this one. */
  private async create(connection: BooksConnection, customer: BooksCustomer): Promise<Booked> {
    const make = (contact: Contact) =>
      this.api.call(connection, {
        operation: 'create customer',
        send: async (sdk, tenant) => {
          const key = keyOf('customer', customer.id, contact);
          const { body } = await sdk.createContacts(tenant, { contacts: [contact] }, true, key);
          return body.contacts?.[0] && booked(body.contacts[0]);
        },
      });
    try {
      return await make(contactOf(customer));
    } catch (error) {
      if (!isNamesake(error)) throw error;
      return make(contactOf(customer, `${customer.name} (${customer.number})`));
    }
  }

  private async update(connection: BooksConnection, contactID: BooksId, customer: BooksCustomer): Promise<Booked> {
    const change = (contact: Contact) =>
      this.api.call(connection, {
        operation: 'update customer',
        send: async (sdk, tenant) => {
          const { body } = await sdk.updateContact(tenant, contactID, { contacts: [contact] });
          return body.contacts?.[0] && booked(body.contacts[0]);
        },
      });
    try {
      return await change(contactOf(customer));
    } catch (error) {
      if (!isNamesake(error)) throw error;
      return change(contactOf(customer, `${customer.name} (${customer.number})`));
    }
  }
}

function isNamesake(error: unknown): boolean {
  return error instanceof XeroRefusal && error.status === 400 && /contact name/i.test(error.said ?? '');
}

function booked({ contactID, contactNumber }: Contact): Booked {
  return { outcome: 'booked', booksId: contactID ?? '', number: contactNumber ?? null };
}

/** Xero repeats what it refuses; a person's name and address stay out of what is kept and logged. */
function withoutPerson(answer: BookedOrNot, { name, email }: BooksCustomer): BookedOrNot {
  if (answer.outcome === 'booked') return answer;
  return { ...answer, reason: answer.reason.replaceAll(name, '…').replaceAll(email ?? name, '…') };
}
