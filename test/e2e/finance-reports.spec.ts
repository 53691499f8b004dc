import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { xmlProblem } from '../support/xml.js';
import { addDays } from '../../src/platform/values/zone.js';
import type { Caller } from '../support/test-school.js';
import { krone, Till } from './till.js';

let till: Till;

/** The books of one school: 650 paid, 325 credited by 125, 100 without VAT. */
beforeAll(async () => {
  till = await Till.open();
  await till.paid(650);
  const { invoiceId } = await till.invoiced(325);
  const { body } = await till.nord.owner.get(`/invoices/${invoiceId}`).expect(200);
  const lines = [{ lineId: body.lines[0].id, amount: krone(125) }];
  await till.nord.owner.post(`/invoices/${invoiceId}/credit-notes`, { lines, reason: 'Rabat' }).expect(201);
  const { id: studentId } = await till.newStudent();
  await till.charge(studentId, 100, 0);
  await till.nord.owner.post('/invoices', { studentId }).expect(201);
});
afterAll(() => till?.close());
afterEach(() => till.tidy());

const today = () => till.today();
const period = () => `from=${addDays(today(), -30)}&until=${today()}`;
const read = async (path: string, caller: Caller = till.nord.owner) => (await caller.get(path).expect(200)).body;
const textOf = async (path: string, language = 'da') =>
  (await till.nord.owner.get(path).set('accept-language', language).buffer(true).expect(200)) as {
    text: string;
    body: Buffer;
  };

describe('the trial balance', () => {
  it('is the sum of the ledger, and debit is credit', async () => {
    const { accounts, debit, credit } = await read(`/reports/trial-balance?on=${today()}`);
    expect(debit).toEqual(credit);
    const balances = Object.fromEntries(
      accounts.map((row: { code: string; balance: { amount: number } }) => [row.code, row.balance.amount]),
    );
    expect(balances).toEqual({ 1100: 30_000, 1200: 65_000, 3000: -68_000, 3010: -10_000, 7200: -17_000 });
    expect((await read(`/reports/trial-balance?on=${addDays(today(), -1)}`)).debit).toEqual(krone(0));
    expect((await read(`/reports/trial-balance?on=${today()}`, till.syd.owner)).accounts).toEqual([]);
  });

  it('shows what a student has to his credit as a deposit, and not as less that is owed', async () => {
    const { id: studentId } = await till.syd.enrol('deposit@syd.example');
    const paid = { studentId, method: 'cash', amount: krone(400), receivedOn: today() };
    await till.syd.owner.post('/payments', paid).expect(201);
    const { id: debtor } = await till.syd.enrol('debtor@syd.example');
    const owed = { studentId: debtor, description: 'Kørelektion', gross: krone(250), vatRateBp: 0 };
    await till.syd.owner.post('/charges', owed).expect(201);
    await till.syd.owner.post('/invoices', { studentId: debtor }).expect(201);
    const { accounts } = await read(`/reports/trial-balance?on=${today()}`, till.syd.owner);
    expect(accounts).toMatchObject([
      { code: '1010', balance: krone(400) },
      { code: '1100', kind: 'asset', debit: krone(250), credit: krone(0), balance: krone(250) },
      { code: '2300', kind: 'liability', debit: krone(0), credit: krone(400), balance: krone(-400) },
      { code: '3010', balance: krone(-250) },
    ]);
  });

  it('is a table for spreadsheets in either language', async () => {
    const { text } = await textOf(`/reports/trial-balance.csv?on=${today()}`);
    expect(text.split('\r\n')[0]).toBe('\uFEFFKonto;Navn;Debet;Kredit;Saldo');
    expect(text).toContain('1200;Betalingsformidler;650,00;0,00;650,00');
    const english = await textOf(`/reports/trial-balance.csv?on=${today()}`, 'en');
    expect(english.text).toContain('Account;Name;Debit;Credit;Balance');
    expect(english.text).toContain(';650.00;0.00;650.00');
  });
});

describe('the VAT report', () => {
  it('is what was invoiced less what was credited, by rate', async () => {
    expect(await read(`/reports/vat?${period()}`)).toMatchObject({
      rates: [
        { vatRateBp: 2500, net: krone(680), vat: krone(170) },
        { vatRateBp: 0, net: krone(100), vat: krone(0) },
      ],
      net: krone(780),
      vat: krone(170),
    });
    expect((await textOf(`/reports/vat.csv?${period()}`)).text).toContain('25;680,00;170,00');
    const before = `from=2020-01-01&until=2020-12-31`;
    expect((await read(`/reports/vat?${before}`)).rates).toEqual([]);
  });

  it('refuses periods that make no sense', async () => {
    for (const days of ['from=2026-02-01&until=2026-01-31', 'from=2020-01-01&until=2026-01-31']) {
      const { body } = await till.nord.owner.get(`/reports/vat?${days}`).expect(422);
      expect(body).toMatchObject({ code: 'report.period_invalid', errors: [{ field: 'until' }] });
    }
    await till.nord.owner.get('/reports/vat?from=2026-02-30&until=2026-03-01').expect(400);
    await till.nord.owner.get('/reports/vat').expect(400);
  });
});

describe('revenue', () => {
  it('is summed by day, month and product', async () => {
    const days = await read(`/reports/revenue?${period()}&by=day`);
    expect(days).toMatchObject({ rows: [{ label: today(), amount: krone(780) }], total: krone(780) });
    const months = await read(`/reports/revenue?${period()}`);
    expect(months.rows).toEqual([{ label: today().slice(0, 7), productId: null, teacherId: null, amount: krone(780) }]);
    const products = await read(`/reports/revenue?${period()}&by=product`);
    expect(products.rows).toEqual([{ label: null, productId: null, teacherId: null, amount: krone(780) }]);
    expect((await textOf(`/reports/revenue.csv?${period()}&by=product`)).text).toContain('Uden produkt;780,00');
    const teachers = await read(`/reports/revenue?${period()}&by=teacher`);
    expect(teachers.rows).toEqual([{ label: null, productId: null, teacherId: null, amount: krone(780) }]);
    expect((await textOf(`/reports/revenue.csv?${period()}&by=teacher`)).text).toContain('Uden lærer;780,00');
    const drawn = (await textOf(`/reports/revenue.svg?${period()}&by=teacher`)).body.toString();
    expect(drawn).toContain('Uden lærer');
  });

  it('is a chart that says its figures, in the caller’s language', async () => {
    const danish = (await textOf(`/reports/revenue.svg?${period()}`)).body.toString();
    expect(xmlProblem(danish)).toBeNull();
    expect(danish).toContain('Omsætning uden moms');
    expect(danish).toContain('780,00 kr.');
    const english = (await textOf(`/reports/revenue.svg?${period()}`, 'en')).body.toString();
    expect(english).toContain('Revenue without VAT');
    expect(english).toContain('DKK 780.00');
    expect(english).not.toContain('780,00');
    const empty = (await textOf('/reports/revenue.svg?from=2020-01-01&until=2020-01-31')).body.toString();
    expect(xmlProblem(empty)).toBeNull();
  });
});

describe('an account', () => {
  it('is listed with its balance, and its entries page by page', async () => {
    const { items } = await read('/ledger/accounts?kind=revenue');
    const account = items.find(({ key }: { key: string }) => key === 'revenue/2500');
    expect(account).toMatchObject({ code: '3000', balance: krone(-680), vatRateBp: 2500 });
    const path = `/ledger/accounts/${account.id}/entries`;
    const texts: string[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const page = await read(`${path}?${period()}&limit=1${cursor && `&cursor=${cursor}`}`);
      expect(page.items.length).toBeLessThanOrEqual(1);
      texts.push(...page.items.map((entry: { text: string }) => entry.text));
      cursor = page.nextCursor;
    }
    const [first, second, third] = texts;
    expect(texts).toHaveLength(3);
    expect([first, second, third]).toEqual([
      expect.stringContaining('Faktura'),
      expect.stringContaining('Faktura'),
      expect.stringContaining('Kreditnota'),
    ]);
    const { text } = await textOf(`${path}.csv?${period()}`);
    expect(text.trimEnd().split('\r\n')).toHaveLength(4);
    expect(text).toContain(';100,00;;1100');
    await till.nord.owner.get(`${path}?${period()}&cursor=x`).expect(400);
    await till.syd.owner.get(`${path}?${period()}`).expect(404);
    await till.syd.owner.get(`${path}.csv?${period()}`).expect(404);
  });
});

describe('ages', () => {
  it('of what is overdue are counted from the due day', async () => {
    expect((await read('/reports/arrears')).total).toEqual(krone(0));
    till.test.clock.advance({ days: 9 });
    const owner = await till.nord.join(`later${Date.now()}@nord.example`, 'office');
    const soon = await read('/reports/arrears', owner);
    expect(soon.buckets.map(({ amount }: { amount: object }) => amount)).toEqual([krone(300), ...[0, 0, 0].map(krone)]);
    expect(soon.buckets[0].count).toBe(2);
    const lines = (await owner.get('/reports/arrears.csv').buffer(true).expect(200)).text.trimEnd().split('\r\n');
    expect(lines).toHaveLength(3);
    const svg = (await owner.get('/reports/arrears.svg').set('accept-language', 'da').buffer(true).expect(200)).body;
    expect(xmlProblem(svg.toString())).toBeNull();
    expect(svg.toString()).toContain('300,00 kr.');
    till.test.clock.advance({ days: 60 });
    const later = await till.nord.join(`latest${Date.now()}@nord.example`, 'office');
    const old = await read('/reports/arrears', later);
    expect(old.buckets.map(({ count }: { count: number }) => count)).toEqual([0, 0, 2, 0]);
  });

  it('of what is not delivered yet are counted from the invoice', async () => {
    const { buckets, total } = await read('/reports/deferred-revenue');
    expect(total).toEqual(krone(0));
    expect(buckets).toHaveLength(4);
    const startsAt = new Date(till.test.clock.now().getTime() + 10 * 86_400_000).toISOString().slice(0, 10);
    const hours = [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, starts: '00:00', ends: '24:00' }));
    const { id: teacherId } = await till.nord.addTeacher('reports@nord.example', { workingHours: hours });
    const { id: studentId } = await till.newStudent();
    const wish = { lessonTypeId: till.nord.lessonTypeId, teacherId, studentId, startsAt: `${startsAt}T11:00:00Z` };
    const { body: lesson } = await till.nord.owner.post('/bookings', wish).expect(201);
    await till.nord.owner.post('/invoices', { studentId }).expect(201);
    const net = Math.round(lesson.price.amount / 1.25);
    const report = await read('/reports/deferred-revenue');
    expect(report.buckets[0]).toMatchObject({ count: 1, amount: { amount: net } });
    expect(xmlProblem((await textOf('/reports/deferred-revenue.svg')).body.toString())).toBeNull();
    expect((await textOf('/reports/deferred-revenue.csv')).text).toContain('0;30;1;');
  });
});

it('the books are read by the office, and by nobody else', async () => {
  for (const path of [
    'trial-balance?on=2026-01-01',
    'arrears',
    'deferred-revenue',
    `vat?${period()}`,
    `revenue?${period()}`,
  ]) {
    await till.nord.teacher.caller.get(`/reports/${path}`).expect(403);
    await till.nord.student.caller.get(`/reports/${path}`).expect(403);
  }
});
