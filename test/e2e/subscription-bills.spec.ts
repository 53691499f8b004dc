import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { RequestContext } from '@mikro-orm/core';
import { sql } from 'kysely';
import { SyncBooks } from '../../src/modules/accounting/use-cases/sync-books.js';
import { ReadGateway } from '../../src/modules/billing/jobs/read-gateway.js';
import { RecordBill, RecordSubscription } from '../../src/modules/billing/index.js';
import { BillingAudit } from '../../src/modules/billing/queries/billing-audit.js';
import { FinanceAudit } from '../../src/modules/finance/index.js';
import { InviteUser } from '../../src/modules/identity/index.js';
import { WriteOffInvoice } from '../../src/modules/finance/ledger/use-cases/write-off-invoice.js';
import type { Actor } from '../../src/platform/auth/actor.js';
import { ReconcileGateways } from '../../src/modules/finance/reconciliation/jobs/reconcile-gateways.js';
import { bin, globalQuery } from '../../src/platform/database/query.js';
import { inSchool } from '../../src/platform/tenancy/tenancy.js';
import type { Id } from '../../src/platform/values/id.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { billSchools, keepInStep } from '../support/billing.js';
import { type Caller, callerOf, openTestSchool, platformAdmin, type TestSchool } from '../support/test-school.js';
import { until } from '../support/until.js';

const cards = { pays: '4242424242424242', declinesLater: '4000000000000341' };
const day = 86_400_000;

let test: TestApp;
let nord: TestSchool;
let syd: TestSchool;
let sellerId: Id;
let admin: Caller;

beforeAll(async () => {
  test = await startTestApp({ env: { XERO_CLIENT_ID: 'sandbox', XERO_CLIENT_SECRET: 'sandbox' } });
  [nord, syd] = [await openTestSchool(test, 'nord'), await openTestSchool(test, 'syd')];
  admin = await platformAdmin(test);
  ({ sellerId } = await billSchools(test, admin));
});
afterAll(() => test?.close());

const stripe = () => test.sandbox.stripe;
const db = () => globalQuery<object>(test.em.fork());
const get = <T>(type: abstract new (...args: never[]) => T): T => test.app.get(type as never, { strict: false });
const owner = ({ id, owner: { userId } }: TestSchool) => callerOf(test, userId, `/v1/schools/${id}`);
const read = async (school: TestSchool) => (await (await owner(school)).get('/subscription').expect(200)).body;
const bills = async (school: TestSchool) =>
  (await (await owner(school)).get('/subscription/bills').expect(200)).body.items;

async function row(school: TestSchool): Promise<{ provider_ref: string; customer_ref: string }> {
  const found = await sql<{ provider_ref: string; customer_ref: string }>`
    SELECT provider_ref, customer_ref FROM subscriptions WHERE school_id = ${bin(school.id)}`.execute(db());
  return found.rows[0]!;
}

async function becomes(school: TestSchool, state: string): Promise<void> {
  await until(async () => (await read(school)).state === state, 30);
  await test.settle();
}

async function subscribe(school: TestSchool): Promise<void> {
  const boss = await owner(school);
  const { body } = await boss.post('/subscription/checkout', {}).expect(201);
  expect((await boss.post('/subscription/checkout', {}).expect(201)).body.url).toBe(body.url);
  await stripe().pay(stripe().checkout(body.url.split('/').at(-1))!, cards.pays);
  await until(async () => (await read(school)).hasCard, 30);
}

/** The seller's invoices, in the order of their numbers. */
async function invoices() {
  const { rows } = await sql<{
    number: number;
    gross: number | string;
    vat: number | string;
    state: string;
    buyer: { name: string; cvr: string };
  }>`
    SELECT number, CAST(gross_minor AS SIGNED) AS gross, CAST(vat_minor AS SIGNED) AS vat, state, buyer FROM invoices
    WHERE school_id = ${bin(sellerId)} ORDER BY number`.execute(db());
  return rows.map((each) => ({ ...each, gross: Number(each.gross), vat: Number(each.vat) }));
}

const inSeller = <T>(work: () => Promise<T>) => inSchool(sellerId, () => RequestContext.create(test.em, work));

const findings = () =>
  inSchool(sellerId, async () => [...(await get(FinanceAudit).verify()), ...(await get(BillingAudit).verify())]);

describe('a school that has left its card', () => {
  it('pays when the trial is over, and is invoiced by the platform’s company', async () => {
    await subscribe(nord);
    expect(await read(nord)).toMatchObject({ state: 'trialing', standing: 'good', seats: 1 });
    expect(await invoices()).toEqual([]);
    await stripe().billing.advanceToRenewal((await row(nord)).provider_ref);
    await becomes(nord, 'active');
    await until(
      async () => (await bills(nord)).some(({ invoiceNumber }: { invoiceNumber: number }) => invoiceNumber),
      30,
    );
    expect(await invoices()).toMatchObject([{ number: 1, gross: 24_900, vat: 4_980, state: 'paid' }]);
    expect((await (await owner(syd)).get('/subscription/bills').expect(200)).body.items).toEqual([]);
    expect(await findings()).toEqual([]);
  });

  it('pays for as many as teach', async () => {
    await nord.addTeacher('second@nord.example');
    await keepInStep(test);
    expect((await read(nord)).seats).toBe(2);
    await keepInStep(test);
    const boss = await owner(nord);
    const { body } = await boss.post('/subscription/cancellation').expect(200);
    expect(body.cancelsAt).toEqual(expect.any(String));
    expect((await boss.delete('/subscription/cancellation').expect(200)).body.cancelsAt).toBeNull();
    expect((await boss.post('/subscription/portal').expect(201)).body.url).toMatch(/^http/);
  });

  it('is invoiced once, however often and in whatever order it is told', async () => {
    await stripe().billing.advanceToRenewal((await row(nord)).provider_ref);
    await until(async () => (await invoices()).length === 2, 30);
    const { rows } = await sql<{ ref: string }>`SELECT bill_ref AS ref FROM subscription_bills`.execute(db());
    const { provider_ref: ref } = await row(nord);
    const told = rows.flatMap((bill) =>
      Array.from({ length: 5 }, () => () => get(RecordBill).told('stripe', bill.ref)),
    );
    const looked = Array.from({ length: 3 }, () => () => get(RecordSubscription).told('stripe', ref));
    expect(new Set(await Promise.all([...told, ...looked].toReversed().map((tell) => tell())))).toEqual(
      new Set([true]),
    );
    expect(await get(RecordSubscription).told('stripe', 'sub_of_somebody_else')).toBe(false);
    expect((await invoices()).map(({ number, state }) => [number, state])).toEqual([
      [1, 'paid'],
      [2, 'paid'],
    ]);
    expect(await findings()).toEqual([]);
  });

  it('is found by the schedule where no message came', async () => {
    for (const operation of ['invoice.paid', 'invoice.finalized', 'customer.subscription.updated'])
      test.sandbox.faults.add({ system: 'stripe', kind: 'webhook_hold', operation, times: 50 });
    await stripe().billing.advanceToRenewal((await row(nord)).provider_ref);
    await get(ReadGateway).run(test.clock.now());
    expect((await invoices()).length).toBe(3);
    test.sandbox.faults.clear();
    await get(ReconcileGateways).run(test.clock.now());
    const differences = await sql`SELECT kind FROM gateway_differences WHERE school_id = ${bin(sellerId)}`.execute(
      db(),
    );
    expect(differences.rows).toEqual([]);
    expect(await findings()).toEqual([]);
  });

  it('is held back step by step when its card is declined, and has everything back when it has paid', async () => {
    const { provider_ref: ref, customer_ref: customer } = await row(nord);
    await stripe().billing.changeCard(customer, cards.declinesLater);
    await stripe().billing.advanceToRenewal(ref);
    await becomes(nord, 'past_due');
    const now = test.clock.now();
    const at = async (days: number) => {
      test.clock.set(new Date(now.getTime() + days * day));
      return (await read(nord)).standing;
    };
    expect([await at(0.1), await at(14.1), await at(30.1)]).toEqual(['past_due', 'restricted', 'read_only']);
    expect(
      (await (await owner(nord)).put(`/teachers/${nord.teacher.id}/working-hours`, { workingHours: [] })).status,
    ).toBe(402);
    const open = (await bills(nord)).find(({ state }: { state: string }) => state === 'open');
    expect(open.url).toEqual(expect.any(String));
    // Another one sells from now on: what was billed before stays where it is.
    const platform = await callerOf(test, admin.userId, '');
    const { body: terms } = await platform.get('/v1/billing/settings').expect(200);
    await platform.put('/v1/billing/settings', { ...terms, sellerId: syd.id }).expect(200);
    await stripe().billing.pay(open.url.split('/').at(-1), cards.pays);
    await becomes(nord, 'active');
    await until(async () => (await invoices()).length === 4, 30);
    await platform.put('/v1/billing/settings', terms).expect(200);
    expect(await read(nord)).toMatchObject({ standing: 'good', unpaidSince: null });
    expect(
      (await (await owner(nord)).put(`/teachers/${nord.teacher.id}/working-hours`, { workingHours: [] })).status,
    ).toBe(200);
    await test.settle();
    expect(await findings()).toEqual([]);
    test.clock.follow();
  });
});

describe('a bill that is given up', () => {
  it('is the seller’s to ask for; written off there, it may still be voided', async () => {
    await stripe().billing.advanceToRenewal((await row(nord)).provider_ref);
    await until(async () => (await bills(nord))[0]?.state === 'open', 30);
    const ref = (await bills(nord))[0].url.split('/').at(-1);
    await stripe().billing.giveUp(ref, 'uncollectible');
    await until(async () => (await invoices()).length === 5, 30);
    const { rows } = await sql<{ id: Id }>`
      SELECT invoice_id AS id FROM subscription_bills WHERE bill_ref = ${ref}`.execute(db());
    const { body: seller } = await (await callerOf(test, admin.userId, '')).get('/v1/billing/settings').expect(200);
    expect(seller.sellerId).toBe(sellerId);
    await inSchool(sellerId, () =>
      get(WriteOffInvoice).execute({ id: admin.userId } as Actor, { invoiceId: rows[0]!.id, reason: 'Konkurs' }),
    );
    await stripe().billing.giveUp(ref, 'void');
    await until(async () => (await bills(nord))[0].state === 'void', 30);
    await test.settle();
    expect((await invoices()).at(-1)).toMatchObject({ number: 5, state: 'written_off' });
    expect(await findings()).toEqual([]);
  });
});

describe('a school that gives back seats', () => {
  it('has them credited, and its next bill paid by that', async () => {
    await subscribe(syd);
    const { provider_ref: ref } = await row(syd);
    const more: Id[] = [];
    for (const name of ['a', 'b', 'c', 'd']) more.push((await syd.addTeacher(`${name}@syd.example`)).id);
    await keepInStep(test);
    const before = (await invoices()).length;
    await stripe().billing.advanceToRenewal(ref);
    await until(async () => (await invoices()).length === before + 1, 30);
    const boss = await owner(syd);
    for (const id of more) await boss.patch(`/teachers/${id}`, { active: false }).expect(200);
    await keepInStep(test);
    for (const operation of ['invoice.paid', 'invoice.finalized'])
      test.sandbox.faults.add({ system: 'stripe', kind: 'webhook_hold', operation, times: 50 });
    for (let month = 0; month < 2; month++) await stripe().billing.advanceToRenewal(ref);
    // The newest first: what it is paid by is not known yet.
    await get(ReadGateway).run(test.clock.now());
    test.sandbox.faults.clear();
    await test.settle();
    const given = (await bills(syd)).find(({ total }: { total: { amount: number } }) => total.amount < 0).total.amount;
    expect((await invoices()).slice(before).map(({ gross, state }) => [gross, state])).toEqual([
      [expect.any(Number), 'paid'],
      [24_900, 'paid'],
      [given, 'issued'],
    ]);
    expect(await findings()).toEqual([]);
  });
});

describe('the platform’s own books', () => {
  it('have what schools were billed, with the schools as customers', async () => {
    const invited = { email: 'books@platform.example', name: 'Mette Holm', role: 'owner' as const };
    const { userId } = await inSeller(() => get(InviteUser).execute(invited));
    const office = await callerOf(test, userId, `/v1/schools/${sellerId}/accounting`);
    const { body } = await office.post('/connection/consent', { provider: 'xero' }).expect(201);
    const [theirs] = test.sandbox.books.xero.organisations.values();
    const agreed = new URLSearchParams({ company: theirs!.id });
    const { headers } = await fetch(body.url, { method: 'POST', body: agreed, redirect: 'manual' });
    await fetch(headers.get('location')!);
    const { body: settings } = await office.get('/settings').expect(200);
    await office.put('/settings', { ...settings, mode: 'documents', startsOn: '2026-01-01' }).expect(200);
    const accounts = { 1000: '090', 1200: '090', 2200: '655', 3000: '200', 4100: '404', 4200: '655' };
    const mappings = Object.entries(accounts).map(([ours, code]) => ({ kind: 'account', ours, theirs: code }));
    await office.put('/mappings', { mappings: [...mappings, { kind: 'tax', ours: '2500', theirs: 'OUTPUT2' }] });
    await inSeller(() => get(SyncBooks).execute());

    const sold = await invoices();
    expect([...theirs!.documents.values()].map(({ number }) => Number(number)).sort((a, b) => a - b)).toEqual(
      sold.map(({ number }) => number),
    );
    const { body: schools } = await admin.get('/v1/schools').expect(200);
    const names = (schools.items as { id: Id; name: string }[]).filter(({ id }) => [nord.id, syd.id].includes(id));
    const customers = [...theirs!.contacts.values()];
    expect(new Set(customers.map(({ CompanyNumber }) => CompanyNumber))).toEqual(new Set(['12345674']));
    expect(customers.map(({ Name: name }) => name.replace(/ \(\d+\)$/, '')).sort()).toEqual(
      names.map(({ name }) => name).sort(),
    );
    const period = 'from=2026-06-01&until=2027-05-31';
    const { body: compared } = await office.get(`/reconciliation?${period}`).expect(200);
    expect(compared.kinds.map(({ same }: { same: boolean }) => same)).toEqual([true, true, true, true]);
    expect((await office.get('/records?state=failed').expect(200)).body.items).toEqual([]);
  });
});

describe('verify', () => {
  it('finds what must not be of bills and subscriptions', async () => {
    const paid = 'subscription_bills SET %s WHERE payment_id IS NOT NULL';
    const breaches = [
      [paid, 'total_minor = total_minor + 1', 'total_minor = total_minor - 1', 'invoice with its total'],
      [paid, 'received_minor = received_minor + 1', 'received_minor = received_minor - 1', 'gateway has taken'],
      [paid, "state = 'void'", "state = 'paid'", 'void bill is credited'],
      [
        'subscriptions SET %s WHERE provider_ref IS NOT NULL',
        "provider_ref = CONCAT('x', provider_ref)",
        'provider_ref = SUBSTRING(provider_ref, 2)',
        'came of a checkout',
      ],
    ] as const;
    for (const [rows, breach, undoing, named] of breaches) {
      const change = (what: string) => test.em.fork().execute(`UPDATE ${rows.replace('%s', what)}`);
      await change(breach);
      const found = [...(await findings()), ...(await inSchool(nord.id, () => get(BillingAudit).verify()))];
      await change(undoing);
      expect(found).toEqual(expect.arrayContaining([expect.stringContaining(named)]));
    }
    expect(await findings()).toEqual([]);
  });
});
