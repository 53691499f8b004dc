import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { EconomicAgreement } from '../../sandbox/e-conomic/economic-agreement.js';
import { type Sandbox, startSandbox } from '../../sandbox/sandbox.js';
import { EconomicAccountingClient } from '../../src/integrations/e-conomic/economic-accounting-client.js';
import { EconomicApi } from '../../src/integrations/e-conomic/economic-api.js';
import { QuickbooksAccountingClient } from '../../src/integrations/quickbooks/quickbooks-accounting-client.js';
import { QuickbooksApi } from '../../src/integrations/quickbooks/quickbooks-api.js';
import { QuickbooksConsent } from '../../src/integrations/quickbooks/quickbooks-consent.js';
import { XeroAccountingClient } from '../../src/integrations/xero/xero-accounting-client.js';
import { XeroApi } from '../../src/integrations/xero/xero-api.js';
import { XeroConsent } from '../../src/integrations/xero/xero-consent.js';
import type { XeroConfig } from '../../src/integrations/xero/xero.config.js';
import { type BooksConnection, type BooksConsent, BooksDisconnected } from '../../src/modules/accounting/index.js';
import type { RedisConfig } from '../../src/platform/database/database.config.js';
import { Metrics } from '../../src/platform/observability/metrics/metrics.js';
import { ProviderCalls } from '../../src/platform/ports/provider-calls.js';
import { ProviderUnavailable } from '../../src/platform/ports/provider-errors.js';
import { ProviderPaces } from '../../src/platform/ports/provider-paces.js';
import { RedisConnection } from '../../src/platform/redis/redis-connection.js';
import { newId } from '../../src/platform/values/id.js';
import { redisUrl } from '../support/database-server.js';
import { accountingClientContract, type BooksOperation } from './accounting-client.contract.js';

const returnUrl = 'http://127.0.0.1:3000/connected';

let sandbox: Sandbox;
let redis: RedisConnection;
let calls: ProviderCalls;
let paces: ProviderPaces;

beforeAll(async () => {
  sandbox = await startSandbox({
    vendorSpecs: process.env['VENDOR_SPECS'],
    books: { xero: { perMinute: 10_000, perSecond: 1_000 } },
  });
  const config = { url: redisUrl, sentinels: [], prefix: `contracts-${newId()}` } as unknown as RedisConfig;
  redis = new RedisConnection(config);
  paces = new ProviderPaces(redis, config);
});

// New ones each time, whose circuit breakers have not met the faults of the test before.
beforeEach(() => {
  sandbox.faults.clear();
  calls = new ProviderCalls(new Metrics());
});

afterAll(async () => {
  redis.onApplicationShutdown();
  await sandbox.close();
});

/** A person lets us in on the vendor's own page. */
async function consented(consent: BooksConsent, company: string): Promise<string> {
  const page = consent.authorizeUrl('a state', returnUrl);
  expect(await (await fetch(page)).text()).toContain(company);
  const body = new URLSearchParams({ company });
  const answer = await fetch(page, { method: 'POST', body, redirect: 'manual' });
  return answer.headers.get('location') ?? '';
}

/** Books whose access is refreshed as the core does it, once for each token that is refused. */
async function connected(consent: BooksConsent, company: string): Promise<BooksConnection> {
  const back = new URL(await consented(consent, company)).searchParams;
  let tokens = await consent.exchange(back.get('code') ?? '', returnUrl);
  const access = {
    token: async () => tokens.accessToken,
    renew: async (refused: string) => {
      if (refused === tokens.accessToken) tokens = await consent.refresh(tokens.refreshToken);
      return tokens.accessToken;
    },
  };
  return { id: newId(), schoolId: newId(), company, access };
}

const xeroConfig = (overrides: Partial<XeroConfig> = {}): XeroConfig => ({
  clientId: 'sandbox',
  clientSecret: 'sandbox',
  scopes: 'offline_access accounting.invoices',
  apiUrl: sandbox.url,
  callsPerMinute: 1_000,
  callsPerSecond: 1_000,
  timeoutMs: 400,
  ...overrides,
});
const xero = (overrides?: Partial<XeroConfig>) =>
  new XeroAccountingClient(new XeroApi(xeroConfig(overrides), calls, paces));
const xeroConsent = () => new XeroConsent(xeroConfig(), calls);
const xeroBooks = ({ company }: BooksConnection) => sandbox.books.xero.organisations.get(company ?? '')!;

const xeroOperations: Readonly<Record<BooksOperation, string>> = {
  'put customer': 'contacts.create',
  'post invoice': 'invoices.create',
  'post payment': 'payments.create',
  'post journal': 'manualjournals.create',
  'attach voucher': 'invoices.attachments.create',
};

accountingClientContract('Xero', () => ({
  client: xero,
  open: () => connected(xeroConsent(), sandbox.books.xero.open('Nordhavn Køreskole ApS').id),
  words: {
    revenue: '200',
    bank: '090',
    vat: '820',
    standardRate: 'OUTPUT2',
    noVat: 'EXEMPTOUTPUT',
    journal: ['655', '200'],
  },
  customers: (books, number) =>
    [...xeroBooks(books).contacts.values()].filter(({ ContactNumber }) => ContactNumber === `JD ${number}`).length,
  documents: (books, wanted) =>
    [...xeroBooks(books).documents.values()].flatMap(({ number, total }) => (number === wanted ? [total] : [])),
  payments: (books, wanted) => {
    const { payments, bankTransactions } = xeroBooks(books);
    const all = [...payments.values(), ...bankTransactions.values()];
    return all.flatMap(({ reference, amount }) => (reference === `JD ${wanted}` ? [amount] : []));
  },
  settlesCredits: true,
  journals: (books) => xeroBooks(books).journals.size,
  vouchers: (books, id) => (xeroBooks(books).attachments.get(id) ?? []).map(({ ContentLength }) => ContentLength),
  breakCalls: (operation, kind, times = 50) =>
    sandbox.faults.add({ system: 'xero', operation: xeroOperations[operation], kind, times, delayMs: 600 }),
  heal: () => sandbox.faults.clear(),
  expireAccess: () => sandbox.books.xero.oauth.expireAccess(),
  takeBack: () => sandbox.books.xero.oauth.endAll(),
}));

const economic = () => {
  const config = { appSecretToken: 'sandbox', apiUrl: `${sandbox.url}/e-conomic`, journal: 'Just Driving' };
  return new EconomicAccountingClient(
    new EconomicApi({ ...config, callsPerSecond: 1_000, timeoutMs: 400 }, calls, paces),
  );
};

const economicOperations: Readonly<Record<BooksOperation, string>> = {
  'put customer': 'customers.create',
  'post invoice': 'vouchers.create',
  'post payment': 'vouchers.create',
  'post journal': 'vouchers.create',
  'attach voucher': 'vouchers.file.create',
};

const agreements = new Map<string, EconomicAgreement>();
accountingClientContract('e-conomic', () => {
  const of = ({ id }: BooksConnection) => agreements.get(id)!;
  const entries = (books: BooksConnection) => [...of(books).drafts, ...of(books).booked];
  const oere = ({ amount }: { amount: number }) => Math.round(Math.abs(amount) * 100);
  return {
    client: economic,
    open: async () => {
      const agreement = sandbox.books.economic.open('Nordhavn Køreskole ApS');
      const id = newId();
      agreements.set(id, agreement);
      const access = {
        token: async () => agreement.grant,
        renew: () => Promise.reject(new BooksDisconnected('e-conomic', 'unauthorized')),
      };
      return { id, schoolId: newId(), company: null, access };
    },
    words: { revenue: '1000', bank: '5820', vat: '6900', standardRate: 'U25', noVat: 'UEU', journal: ['5830', '1000'] },
    customers: (books, number) =>
      [...of(books).customers.values()].filter(({ publicEntryNumber }) => publicEntryNumber === `JD ${number}`).length,
    documents: (books, number) =>
      entries(books)
        .filter((each) => each.entryType === 'manualCustomerInvoice' && each.customerInvoiceNumber === number)
        .map(oere),
    payments: (books, reference) =>
      entries(books)
        .filter((each) => each.entryType === 'customerPayment' && each.text.endsWith(` ${reference}`))
        .map(oere),
    journals: (books) => entries(books).filter(({ text }) => text.startsWith('JD Journal')).length / 2,
    vouchers: (books) => [...of(books).files.values()],
    book: (books) => of(books).book(),
    settlesCredits: false,
    breakCalls: (operation, kind, times = 50) =>
      sandbox.faults.add({ system: 'e-conomic', operation: economicOperations[operation], kind, times, delayMs: 600 }),
    heal: () => sandbox.faults.clear(),
    expireAccess: null,
    takeBack: () => sandbox.books.economic.endAll(),
  };
});

describe('e-conomic', () => {
  const customer = { id: newId(), number: '10001', name: 'Anne Jensen', companyNumber: null, booksId: null };
  const anne = { ...customer, email: null, phone: '+4520123456', address: null };

  function opened() {
    const agreement = sandbox.books.economic.open('Østerbro Køreskole ApS');
    const access = { token: async () => agreement.grant, renew: () => Promise.reject(new Error('not asked for')) };
    return { agreement, books: { id: newId(), schoolId: newId(), company: null, access } };
  }
  const theirs = { currency: 'DKK', customerGroup: { customerGroupNumber: 1 }, vatZone: { vatZoneNumber: 1 } };
  const own = { ...theirs, paymentTerms: { paymentTermsNumber: 1 }, name: 'Anne Jensen', customerNumber: 10_001 };

  it('numbers customers itself, so that the school’s own of that number and name is left alone', async () => {
    const { agreement, books } = opened();
    agreement.createCustomer(own);
    expect(() => agreement.createCustomer(own)).toThrow();
    expect(await economic().putCustomer(books, anne)).toMatchObject({ outcome: 'booked', booksId: '10002' });
    expect(agreement.customer(10_001)).toEqual(own);
    expect(agreement.customer(10_002)).toMatchObject({ publicEntryNumber: 'JD 10001', mobilePhone: '+4520123456' });
  });

  it('finds one by our number when its answer was lost and the key is forgotten', async () => {
    const { agreement, books } = opened();
    const lost = { system: 'e-conomic', operation: 'customers.create', kind: 'timeout_after_acting' } as const;
    sandbox.faults.add({ ...lost, times: 3, delayMs: 600 });
    expect(await economic().putCustomer(books, anne)).toMatchObject({ outcome: 'unknown' });
    sandbox.books.economic.forgetKeys();
    expect(await economic().putCustomer(books, anne)).toMatchObject({ outcome: 'booked', booksId: '1' });
    expect(agreement.customers.size).toBe(1);
  });

  it('keeps what the school has said of one there', async () => {
    const { agreement, books } = opened();
    await economic().putCustomer(books, anne);
    agreement.updateCustomer(1, { ...agreement.customer(1), ean: '5790000123456', creditLimit: 2_000 });
    await economic().putCustomer(books, { ...anne, name: 'Anne Holm', phone: null, booksId: '1' });
    expect(agreement.customer(1)).toMatchObject({ name: 'Anne Holm', ean: '5790000123456', creditLimit: 2_000 });
    expect(agreement.customer(1)).not.toHaveProperty('mobilePhone');
  });
});

const quickbooksConfig = () => ({
  clientId: 'sandbox',
  clientSecret: 'sandbox',
  apiUrl: `${sandbox.url}/quickbooks`,
  callsPerMinute: 10_000,
  timeoutMs: 400,
});
const quickbooksOperations: Readonly<Record<BooksOperation, string>> = {
  'put customer': 'customer.create',
  'post invoice': 'invoice.create',
  'post payment': 'payment.create',
  'post journal': 'journalentry.create',
  'attach voucher': 'upload',
};

accountingClientContract('QuickBooks', () => {
  const { quickbooks } = sandbox.books;
  const rows = ({ company }: BooksConnection) => quickbooks.companies.get(company ?? '')!.rows;
  const totalsOf = (found: readonly Record<string, unknown>[]) =>
    found.map(({ TotalAmt }) => Math.round(Number(TotalAmt) * 100));
  return {
    client: () => new QuickbooksAccountingClient(new QuickbooksApi(quickbooksConfig(), calls, paces)),
    open: () => {
      const company = quickbooks.open('Nordhavn Køreskole ApS');
      return connected(new QuickbooksConsent(quickbooksConfig(), calls), company.id);
    },
    words: { revenue: '71', bank: '35', vat: '95', standardRate: '5', noVat: '6', journal: ['90', '71'] },
    customers: (books, number) =>
      rows(books).Customer.filter(({ DisplayName }) => String(DisplayName).endsWith(`(${number})`)).length,
    documents: (books, number) =>
      totalsOf([...rows(books).Invoice, ...rows(books).CreditMemo].filter(({ DocNumber }) => DocNumber === number)),
    payments: (books, reference) =>
      totalsOf([
        ...rows(books).Payment.filter(({ PaymentRefNum }) => PaymentRefNum === reference),
        ...rows(books).JournalEntry.filter(({ DocNumber }) => DocNumber === reference),
      ]),
    journals: (books) => rows(books).JournalEntry.length,
    vouchers: (books) => rows(books).Attachable.map(({ Size }) => Number(Size)),
    settlesCredits: true,
    breakCalls: (operation, kind, times = 50) =>
      sandbox.faults.add({
        system: 'quickbooks',
        operation: quickbooksOperations[operation],
        kind,
        times,
        delayMs: 600,
      }),
    heal: () => sandbox.faults.clear(),
    expireAccess: () => quickbooks.oauth.expireAccess(),
    takeBack: () => quickbooks.oauth.endAll(),
  };
});

it('learns on the way back from QuickBooks’ page which company it is', async () => {
  const consent = new QuickbooksConsent(quickbooksConfig(), calls);
  const { id } = sandbox.books.quickbooks.open('Sydhavn Køreskole ApS');
  const back = new URL(await consented(consent, id)).searchParams;
  expect(await consent.companies('', Object.fromEntries(back))).toEqual([{ id, name: id, currency: '' }]);
});

describe('Xero', () => {
  it('lets us in, and says into which companies', async () => {
    const books = sandbox.books.xero.open('Sydhavn Køreskole ApS');
    const consent = xeroConsent();
    const back = new URL(await consented(consent, books.id));
    expect(back.searchParams.get('state')).toBe('a state');
    const code = back.searchParams.get('code') ?? '';
    const { accessToken } = await consent.exchange(code, returnUrl);
    expect(await consent.companies(accessToken)).toEqual([{ id: books.id, name: books.name, currency: '' }]);
    await expect(consent.exchange(code, returnUrl)).rejects.toThrow('invalid_grant');
  });

  it('says no when the person says no', async () => {
    expect(await consented(xeroConsent(), '')).toContain('error=access_denied');
  });

  it('gives another refresh token each time, and takes the last one until the new one is used', async () => {
    const consent = xeroConsent();
    const back = new URL(await consented(consent, sandbox.books.xero.open('Vesterbro').id)).searchParams;
    const first = await consent.exchange(back.get('code') ?? '', returnUrl);
    sandbox.faults.add({ system: 'xero', operation: 'token', kind: 'timeout_after_acting', times: 1 });
    const second = await consent.refresh(first.refreshToken);
    expect(second.refreshToken).not.toBe(first.refreshToken);
    const third = await consent.refresh(second.refreshToken);
    await expect(consent.refresh(first.refreshToken)).rejects.toThrow(BooksDisconnected);
    await consent.revoke(third.refreshToken);
    await expect(consent.refresh(third.refreshToken)).rejects.toThrow(BooksDisconnected);
  });

  it('is not asked more often than it allows, and told so without being asked', async () => {
    const books = await connected(xeroConsent(), sandbox.books.xero.open('Amager').id);
    const client = xero({ callsPerMinute: 3 });
    for (let time = 0; time < 3; time++) await client.company(books);
    sandbox.faults.add({ system: 'xero', kind: 'error_500', times: 1 });
    await expect(client.company(books)).rejects.toThrow(ProviderUnavailable);
    expect(sandbox.faults.list()).toHaveLength(1);
  });

  it('waits for its turn within the second', async () => {
    const books = await connected(xeroConsent(), sandbox.books.xero.open('Valby').id);
    const client = xero({ callsPerSecond: 2 });
    const begun = performance.now();
    await Promise.all(Array.from({ length: 3 }, () => client.company(books)));
    expect(performance.now() - begun).toBeGreaterThan(500);
  });

  it('books nothing into a period that is closed', async () => {
    const books = await connected(xeroConsent(), sandbox.books.xero.open('Nørrebro').id);
    xeroBooks(books).lockedUntil = '2026-11-30';
    const amount = 100;
    const answer = await xero().postJournal(books, {
      reference: 'closed',
      from: '2026-11-01',
      to: '2026-11-30',
      entries: (async function* () {
        const entry = { date: '2026-11-30', voucher: '1', text: 'x', vatCode: null };
        const { Money } = await import('../../src/platform/values/money.js');
        yield [
          { ...entry, account: '655', debit: Money.of(amount), credit: null },
          { ...entry, account: '200', debit: null, credit: Money.of(amount) },
        ];
      })(),
    });
    expect(answer).toMatchObject({ outcome: 'rejected', reason: expect.stringContaining('lock date') });
  });
});

it('keeps to the vendors’ own descriptions', () => {
  expect(sandbox.violations).toEqual([]);
});
