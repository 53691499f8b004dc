import { BoundedMap } from '../http/bounded-map.js';
import { answered } from '../http/refusal.js';
import { textOf } from '../http/text-of.js';
import { served, type Operation, type Vendor } from '../http/vendor.js';
import type { VendorAnswer, VendorRequest } from '../http/vendor-call.js';
import { EconomicAgreement, EconomicRefusal, type Fields } from './economic-agreement.js';

type Act = (books: EconomicAgreement, request: VendorRequest) => object;

const BASE = '/e-conomic';
const HERE = 'https://restapi.e-conomic.com';

/** e-conomic's REST API, as far as the application sees it; the journals are described nowhere. */
export class EconomicServer implements Vendor {
  readonly system = 'e-conomic';
  readonly agreements = new Map<string, EconomicAgreement>();
  readonly operations: readonly Operation[];
  private readonly answers = new BoundedMap<string, VendorAnswer>();
  private numbers = 100_000;

  constructor(private readonly appSecretToken: string) {
    this.operations = [...this.settings(), ...this.customers(), ...this.journals()];
    this.open('Nordhavn Køreskole ApS', 'sandbox');
  }

  /** A company starts keeping its books here. */
  open(name: string, grant?: string): EconomicAgreement {
    this.numbers += 1;
    const books = new EconomicAgreement(this.numbers, name);
    this.agreements.set(grant ?? books.grant, books);
    return books;
  }

  refuseStranger({ headers }: VendorRequest): VendorAnswer | undefined {
    const isKnown = headers['x-appsecrettoken'] === this.appSecretToken && this.agreements.has(grantOf(headers));
    return isKnown ? undefined : new EconomicRefusal(401, 'Unauthorized').toAnswer();
  }

  /** The same key gives the same answer. */
  async act(operation: Operation, request: VendorRequest): Promise<VendorAnswer> {
    const key = request.headers['idempotency-key'];
    const place = key ? `${grantOf(request.headers)} ${String(key)}` : null;
    const before = place === null ? undefined : this.answers.get(place);
    if (before) return before;
    const answer = await answered(() => operation.handle(request));
    if (place !== null && answer.status < 400) this.answers.set(place, answer);
    return answer;
  }

  failure(status: number, message: string): VendorAnswer {
    const answer = new EconomicRefusal(status, message).toAnswer();
    return status === 429 ? { ...answer, headers: { 'retry-after': '3' } } : answer;
  }

  forgetKeys(): void {
    this.answers.clear();
  }

  /** Every school takes its grant back. */
  endAll(): void {
    this.agreements.clear();
  }

  clear(): void {
    this.answers.clear();
    this.agreements.clear();
    this.open('Nordhavn Køreskole ApS', 'sandbox');
  }

  private settings(): Operation[] {
    const named = (field: string, path: string, rows: readonly Fields[]) =>
      this.list(`${path}.list`, `/${path}`, () =>
        rows.map((row) => ({ ...row, self: `${HERE}/${path}/${textOf(row[field])}` })),
      );
    const terms = [{ paymentTermsNumber: 1, name: 'Netto 8 dage', daysOfCredit: 8, paymentTermsType: 'net<wbr>' }];
    const zones = [
      { vatZoneNumber: 2, name: 'EU', enabledForCustomer: true, enabledForSupplier: true },
      { vatZoneNumber: 1, name: 'Danmark', enabledForCustomer: true, enabledForSupplier: true },
    ];
    return [
      this.op('self.get', 'GET', '/self', ({ number, name }) => ({
        agreementNumber: number,
        company: { name },
        settings: { baseCurrency: 'DKK' },
        self: `${HERE}/self`,
      })),
      named('paymentTermsNumber', 'payment-terms', terms),
      named('vatZoneNumber', 'vat-zones', zones),
      undescribed(named('customerGroupNumber', 'customer-groups', [{ customerGroupNumber: 1, name: 'Elever' }])),
      undescribed(this.list('accounts.list', '/accounts', ({ accounts }) => accounts)),
      undescribed(this.list('vat-accounts.list', '/vat-accounts', ({ vatAccounts }) => vatAccounts)),
      undescribed(this.list('accounting-years.list', '/accounting-years', ({ years }) => years)),
      undescribed(
        this.list('entries.list', '/accounting-years/:year/entries', ({ booked }, { params }) =>
          booked.filter(({ voucher }) => voucher.accountingYear.year === params['year']),
        ),
      ),
    ];
  }

  private customers(): Operation[] {
    const view = (customer: Fields): object => ({
      ...linked(customer),
      self: `${HERE}/customers/${textOf(customer['customerNumber'])}`,
    });
    const number = ({ params }: VendorRequest) => Number(params['number']);
    return [
      this.list('customers.list', '/customers', ({ customers }) => [...customers.values()].map(view)),
      this.op('customers.get', 'GET', '/customers/:number', (books, request) => view(books.customer(number(request)))),
      this.op('customers.create', 'POST', '/customers', (books, { body }) => linked(books.createCustomer(body)), 201),
      this.op('customers.update', 'PUT', '/customers/:number', (books, request) =>
        linked(books.updateCustomer(number(request), request.body)),
      ),
    ];
  }

  private journals(): Operation[] {
    const voucher = '/journals/1/vouchers/:place/attachment';
    return [
      this.list('journals.list', '/journals', () => [
        { journalNumber: 2, name: 'Daglig' },
        { journalNumber: 1, name: 'Just Driving' },
      ]),
      this.list('drafts.list', '/journals/1/entries', ({ drafts }) => drafts),
      this.op('vouchers.create', 'POST', '/journals/1/vouchers', (books, { body }) => [books.draft(body)], 201),
      this.op('vouchers.file.get', 'GET', voucher, ({ files }, { params }) => {
        if (!files.has(params['place']!)) throw new EconomicRefusal(404, 'There is no file');
        return { pages: 1 };
      }),
      this.op('vouchers.file.create', 'POST', `${voucher}/file`, (books, { params, body }) => {
        const file = /base64,(.*)$/s.exec(textOf(body['file']))?.[1] ?? '';
        books.attach(params['place']!, Buffer.from(file, 'base64').length);
        return { attached: true };
      }),
    ].map(undescribed);
  }

  private list(
    name: string,
    path: string,
    rows: (books: EconomicAgreement, request: VendorRequest) => readonly object[],
  ) {
    return this.op(name, 'GET', path, (books, request) => {
      const [page, size] = [Number(request.query['skippages'] ?? 0), Number(request.query['pagesize'] ?? 20)];
      const all = rows(books, request).filter(filterOf(textOf(request.query['filter'])));
      return { collection: all.slice(page * size, (page + 1) * size), pagination: { results: all.length } };
    });
  }

  private op(name: string, method: Operation['method'], path: string, act: Act, status = 200): Operation {
    return served(
      name,
      method,
      BASE + path,
      (request) => act(this.agreements.get(grantOf(request.headers))!, request),
      status,
    );
  }
}

const undescribed = (operation: Operation): Operation => ({ ...operation, undescribed: true });
const grantOf = (headers: VendorRequest['headers']): string => String(headers['x-agreementgranttoken']);

/** Everything it names is a link too. */
function linked(customer: Fields): Fields {
  const link = (name: string, path: string, number: string) => {
    const one = (customer[name] ?? {}) as Fields;
    return { [name]: { [number]: one[number], self: `${HERE}/${path}/${textOf(one[number])}` } };
  };
  return {
    ...customer,
    ...link('customerGroup', 'customer-groups', 'customerGroupNumber'),
    ...link('paymentTerms', 'payment-terms', 'paymentTermsNumber'),
    ...link('vatZone', 'vat-zones', 'vatZoneNumber'),
  };
}

/** `date$gte:2026-01-01$and:text$eq:JD Faktura 1` */
function filterOf(filter: string): (row: object) => boolean {
  const tests = filter
    .split('$and:')
    .filter(Boolean)
    .map((part) => /^(\w+)\$(eq|gte|lte):(.*)$/s.exec(part));
  return (row) =>
    tests.every((test) => {
      if (!test) throw new EconomicRefusal(400, `the filter ${filter} is not understood`);
      const [, field = '', operator, wanted = ''] = test;
      const value = textOf((row as Fields)[field]);
      if (operator === 'eq') return value.toLowerCase() === wanted.toLowerCase();
      return operator === 'gte' ? value >= wanted : value <= wanted;
    });
}
