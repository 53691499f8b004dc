import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import { BillingAudit } from '../../src/modules/billing/queries/billing-audit.js';
import { FinanceAudit } from '../../src/modules/finance/index.js';
import { bin, globalQuery } from '../../src/platform/database/query.js';
import { inSchool } from '../../src/platform/tenancy/tenancy.js';
import type { Id } from '../../src/platform/values/id.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { billSchools } from '../support/billing.js';
import { callerOf, openTestSchool, platformAdmin, type TestSchool } from '../support/test-school.js';
import { until } from '../support/until.js';
import { tellLate } from './webhook-storm.js';

/*
 * All that Stripe tells of a school's subscription comes three days late, each message five times and in any order. It ends as it ends
 * when all of it is told at once: with the same bills, each of which is invoiced once and paid once.
 */
const cards = { pays: '4242424242424242', declinesLater: '4000000000000341' };
const rounds = 3;

let test: TestApp;
let sellerId: Id;
let schools: TestSchool[];

beforeAll(async () => {
  test = await startTestApp();
  schools = [];
  for (let n = 0; n <= rounds; n++) schools.push(await openTestSchool(test, `school${n}`));
  ({ sellerId } = await billSchools(test, await platformAdmin(test)));
});
afterAll(() => test?.close());

const stripe = () => test.sandbox.stripe;
const db = () => globalQuery<object>(test.em.fork());
const owner = ({ id, owner: { userId } }: TestSchool) => callerOf(test, userId, `/v1/schools/${id}`);
const read = async (school: TestSchool) => (await (await owner(school)).get('/subscription').expect(200)).body;
const billsOf = async (school: TestSchool) =>
  (await (await owner(school)).get('/subscription/bills').expect(200)).body.items;

/** What Stripe calls it and who pays. */
async function atStripe(school: TestSchool): Promise<{ ref: string; customer: string }> {
  const { rows } = await sql<{ ref: string; customer: string }>`
    SELECT provider_ref AS ref, customer_ref AS customer FROM subscriptions WHERE school_id = ${bin(school.id)}`.execute(
    db(),
  );
  return rows[0]!;
}

/** What the seller's books have of a school: each bill with its invoice and what was taken for it. */
async function books(school: TestSchool) {
  const { rows } = await sql<{ total: number; invoiced: number; state: string; received: number }>`
    SELECT CAST(b.total_minor AS SIGNED) AS total, CAST(i.gross_minor AS SIGNED) AS invoiced, i.state,
      CAST(p.received_minor AS SIGNED) AS received
    FROM subscription_bills b LEFT JOIN invoices i ON i.id = b.invoice_id LEFT JOIN payments p ON p.id = b.payment_id
    WHERE b.subscriber_id = ${bin(school.id)} ORDER BY b.id`.execute(db());
  return rows.map((each) => Object.values(each).map(String));
}

const findings = () =>
  inSchool(sellerId, async () => [
    ...(await test.app.get(FinanceAudit, { strict: false }).verify()),
    ...(await test.app.get(BillingAudit, { strict: false }).verify()),
  ]);

/** From the card to the end, with a month that was paid late. `told` is asked for after each thing that Stripe tells of. */
async function life(school: TestSchool, told: () => Promise<void>) {
  const becomes = async (state: string) => {
    await test.settle();
    await told();
    await until(async () => (await read(school)).state === state, 30);
    await test.settle();
  };
  const boss = await owner(school);
  const { body: checkout } = await boss.post('/subscription/checkout', {}).expect(201);
  await stripe().pay(stripe().checkout(checkout.url.split('/').at(-1))!, cards.pays);
  await test.settle();
  await told();
  await until(async () => (await read(school)).hasCard, 30);
  const { ref, customer } = await atStripe(school);
  await stripe().billing.advanceToRenewal(ref);
  await becomes('active');
  await stripe().billing.changeCard(customer, cards.declinesLater);
  await stripe().billing.advanceToRenewal(ref);
  await becomes('past_due');
  const unpaid = (await billsOf(school)).find(({ state }: { state: string }) => state === 'open');
  await stripe().billing.pay(unpaid.url.split('/').at(-1), cards.pays);
  await becomes('active');
  await (await owner(school)).post('/subscription/cancellation').expect(200);
  await stripe().billing.advanceToRenewal(ref);
  await becomes('canceled');
  const { state, standing, seats, unpaidSince } = await read(school);
  const bills = (await billsOf(school)).map((bill: { state: string; total: object; invoiceNumber: number | null }) => ({
    state: bill.state,
    total: bill.total,
    isInvoiced: bill.invoiceNumber !== null,
  }));
  return { state, standing, seats, unpaidSince, bills, books: await books(school) };
}

describe('what Stripe tells of a subscription', () => {
  it('ends the same when all of it comes five times, in any order and three days late', async () => {
    const [first, ...others] = schools;
    const atOnce = await life(first!, async () => undefined);
    expect(atOnce.books).toEqual([
      // The trial is billed by nothing.
      ['0', 'null', 'null', 'null'],
      ['24900', '24900', 'paid', '24900'],
      ['24900', '24900', 'paid', '24900'],
    ]);
    for (const school of others) {
      const hold = () => test.sandbox.faults.add({ system: 'stripe', kind: 'webhook_hold', times: 1_000 });
      hold();
      const answers: (number | string)[] = [];
      const late = await life(school, async () => {
        test.sandbox.faults.clear();
        answers.push(...(await tellLate(test, stripe().webhooks)));
        hold();
      });
      test.sandbox.faults.clear();
      expect(answers.length).toBeGreaterThanOrEqual(30);
      expect(new Set(answers)).toEqual(new Set([204]));
      expect(late).toEqual(atOnce);
    }
    expect(await findings()).toEqual([]);
  }, 240_000);
});
