import { textOf } from '../http/text-of.js';
import { randomUUID } from 'node:crypto';
import { BoundedMap } from '../http/bounded-map.js';
import { CallLimit } from '../http/call-limit.js';
import { answered } from '../http/refusal.js';
import { served, type Operation, type Vendor } from '../http/vendor.js';
import type { VendorAnswer, VendorRequest } from '../http/vendor-call.js';
import { OAuthServer } from '../oauth/oauth-server.js';
import { createContacts, listContacts, updateContact } from './xero-contacts.js';
import { allocate, createDocument, listDocuments, viewOf } from './xero-documents.js';
import {
  createBankTransaction,
  createJournal,
  createPayment,
  listBankTransactions,
  listJournals,
  listPayments,
} from './xero-money.js';
import { XeroOrganisation } from './xero-organisation.js';
import { XeroIdentity } from './xero-identity.js';
import { XeroInvalid, xeroFailure } from './xero-problem.js';
import type { XeroDocument } from './xero-records.js';

export interface XeroServerOptions {
  clientId: string;
  clientSecret: string;
  /** Calls of one organisation in a minute, and in a second. */
  perMinute?: number;
  perSecond?: number;
  accessSeconds?: number;
}

type Method = Operation['method'];
type Act = (books: XeroOrganisation, request: VendorRequest) => object;
type Rows = Readonly<Record<string, unknown>>[];

const BASE = '/api.xro/2.0';

/** Xero's Accounting API, as the application sees it. */
export class XeroServer implements Vendor {
  readonly system = 'xero';
  readonly oauth: OAuthServer;
  readonly organisations = new Map<string, XeroOrganisation>();
  readonly operations: readonly Operation[];
  readonly identity: XeroIdentity;
  private readonly answers = new BoundedMap<string, { request: string; answer: VendorAnswer }>();
  private readonly limits: readonly CallLimit[];

  constructor({ clientId, clientSecret, perMinute = 60, perSecond = 5, accessSeconds = 1_800 }: XeroServerOptions) {
    this.oauth = new OAuthServer({ clientId, clientSecret, accessSeconds });
    this.limits = [new CallLimit(perSecond, 1), new CallLimit(perMinute, 60)];
    this.operations = [...this.settings(), ...this.contacts(), ...this.documents(), ...this.money()];
    this.identity = new XeroIdentity(this.oauth, this.organisations);
    this.open('Nordhavn Køreskole ApS');
  }

  /** A company starts keeping its books here. */
  open(name: string): XeroOrganisation {
    const books = new XeroOrganisation(name);
    this.organisations.set(books.id, books);
    return books;
  }

  refuseStranger({ headers }: VendorRequest): VendorAnswer | undefined {
    const companies = this.oauth.companiesOf(headers.authorization);
    if (!companies) return xeroFailure(401, 'Unauthorized');
    const tenant = String(headers['xero-tenant-id']);
    if (!companies.includes(tenant) || !this.organisations.has(tenant)) return xeroFailure(403, 'Forbidden');
    for (const limit of this.limits) {
      const wait = limit.exceeded(tenant);
      if (wait) return xeroFailure(429, 'Too many requests', wait);
    }
    return undefined;
  }

  /** The same key gives the same answer; with another request it is refused. */
  async act(operation: Operation, request: VendorRequest): Promise<VendorAnswer> {
    const key = request.headers['idempotency-key'];
    if (!key) return answered(() => operation.handle(request));
    const [place, wanted] = [
      `${String(request.headers['xero-tenant-id'])} ${String(key)}`,
      JSON.stringify([request.path, request.body]),
    ];
    const before = this.answers.get(place);
    if (before && before.request !== wanted) {
      return new XeroInvalid('The idempotency key was used with another request').toAnswer();
    }
    if (before) return before.answer;
    const answer = await answered(() => operation.handle(request));
    this.answers.set(place, { request: wanted, answer });
    return answer;
  }

  failure(status: number, message: string): VendorAnswer {
    return xeroFailure(status, message);
  }

  /** Keys are not kept for ever. */
  forgetKeys(): void {
    this.answers.clear();
  }

  clear(): void {
    this.forgetKeys();
    this.oauth.clear();
    this.organisations.clear();
    for (const limit of this.limits) limit.clear();
    this.open('Nordhavn Køreskole ApS');
  }

  private settings(): Operation[] {
    return [
      this.op('organisation.get', 'GET', '/Organisation', ({ id, name }) => ({
        Organisations: [{ OrganisationID: id, Name: name, BaseCurrency: 'DKK', CountryCode: 'DK' }],
      })),
      this.op('accounts.list', 'GET', '/Accounts', ({ accounts }) => ({
        Accounts: accounts.map(({ Code, ...rest }) => (Code ? { Code, ...rest } : rest)),
      })),
      this.op('taxrates.list', 'GET', '/TaxRates', ({ taxRates }) => ({ TaxRates: taxRates })),
    ];
  }

  private contacts(): Operation[] {
    return [
      this.op('contacts.list', 'GET', '/Contacts', (books, { query }) => listContacts(books, query['where'] as string)),
      this.op('contacts.create', 'PUT', '/Contacts', (books, { body }) =>
        createContacts(books, rows(body, 'Contacts')),
      ),
      this.op('contacts.update', 'POST', '/Contacts/:id', (books, { body, params }) =>
        updateContact(books, params['id']!, rows(body, 'Contacts')[0]),
      ),
    ];
  }

  private documents(): Operation[] {
    const of = (kind: XeroDocument['kind'], name: 'Invoices' | 'CreditNotes', system: string) => [
      this.op(`${system}.list`, 'GET', `/${name}`, (books, { query }) =>
        paged(name, listDocuments(books, kind, query), query),
      ),
      this.op(`${system}.create`, 'PUT', `/${name}`, (books, { body }) => ({
        [name]: rows(body, name).map((each) => createDocument(books, kind, each)),
      })),
      this.op(`${system}.get`, 'GET', `/${name}/:id`, (books, { params }) => ({
        [name]: [viewOf(books.document(kind, params['id']))],
      })),
      ...this.attachmentsOf(name, system),
    ];
    return [
      ...of('invoice', 'Invoices', 'invoices'),
      ...of('credit_note', 'CreditNotes', 'creditnotes'),
      this.op('creditnotes.allocate', 'PUT', '/CreditNotes/:id/Allocations', (books, { body, params }) =>
        allocate(books, params['id']!, rows(body, 'Allocations')),
      ),
    ];
  }

  private money(): Operation[] {
    const of = (name: string, system: string, list: typeof listJournals, create: typeof createJournal) => [
      this.op(`${system}.list`, 'GET', `/${name}`, (books, { query }) =>
        paged(name, list(books, query['where'] as string), query),
      ),
      this.op(`${system}.create`, 'PUT', `/${name}`, (books, { body }) => ({
        [name]: rows(body, name).map((each) => create(books, each)),
      })),
    ];
    return [
      ...of('Payments', 'payments', listPayments, createPayment),
      ...of('BankTransactions', 'banktransactions', listBankTransactions, createBankTransaction),
      ...of('ManualJournals', 'manualjournals', listJournals, createJournal),
      ...this.attachmentsOf('ManualJournals', 'manualjournals'),
    ];
  }

  private attachmentsOf(name: string, system: string): Operation[] {
    const filesOf = ({ attachments }: XeroOrganisation, { params }: VendorRequest) =>
      attachments.get(params['id']!) ?? [];
    const list = this.op(`${system}.attachments.list`, 'GET', `/${name}/:id/Attachments`, (books, request) => ({
      Attachments: filesOf(books, request),
    }));
    const put = this.op(
      `${system}.attachments.create`,
      'PUT',
      `/${name}/:id/Attachments/:fileName`,
      (books, request) => {
        const FileName = decodeURIComponent(request.params['fileName']!);
        const bytes = Buffer.from(textOf(request.body['bytes']), 'base64');
        if (bytes.length === 0) throw new XeroInvalid('The file is empty');
        const MimeType = String(request.headers['content-type']);
        const file = { AttachmentID: randomUUID(), FileName, MimeType, ContentLength: bytes.length };
        books.attachments.set(request.params['id']!, [...filesOf(books, request), file]);
        return { Attachments: [file] };
      },
    );
    return [list, put];
  }

  private op(name: string, method: Method, path: string, act: Act): Operation {
    return served(name, method, BASE + path, (request) =>
      act(this.organisations.get(String(request.headers['xero-tenant-id']))!, request),
    );
  }
}

function rows(body: unknown, name: string): Rows {
  const found = (body as Record<string, unknown>)[name];
  if (!Array.isArray(found) || found.length === 0) throw new XeroInvalid(`${name} must be specified`);
  return found as Rows;
}

function paged(name: string, all: readonly object[], query: Readonly<Record<string, unknown>>): object {
  if (query['page'] === undefined) return { [name]: all };
  const [page, size] = [Number(query['page']), Number(query['pageSize'] ?? 100)];
  return { [name]: all.slice((page - 1) * size, page * size) };
}
