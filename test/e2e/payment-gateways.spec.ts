import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import { SANDBOX_CREDENTIALS } from '../../sandbox/sandbox.js';
import { signatureOf } from '../../sandbox/stripe/webhooks.js';
import { FindUnbound } from '../../src/modules/finance/reconciliation/jobs/find-unbound.js';
import { bin, globalQuery } from '../../src/platform/database/query.js';
import type { Id } from '../../src/platform/values/id.js';
import { platformAdmin, type Caller } from '../support/test-school.js';
import { krone, Till } from './till.js';

const account = 'acct_nordhavn';

let till: Till;
let admin: Caller;

beforeAll(async () => {
  till = await Till.open({ PAYMENT_APPLICATION_FEE_BP: '150' });
  admin = await platformAdmin(till.test);
});
afterEach(() => till.tidy());
afterAll(() => till?.close());

const choose = (schoolId: Id, choice: object) => admin.put(`/v1/schools/${schoolId}/payment-gateway`, choice);

describe('the gateway of a school', () => {
  it('is the platform’s usual one until the platform chooses another, audited', async () => {
    const usual = { provider: 'stripe', accountRef: null };
    expect((await admin.get(`/v1/schools/${till.syd.id}/payment-gateway`).expect(200)).body).toEqual(usual);
    await till.syd.owner.put('/payment-gateway', usual).expect(403);
    const unknown = await choose(till.syd.id, { provider: 'sparegris', accountRef: null }).expect(422);
    expect(unknown.body.code).toBe('payment_gateway.not_bound');
    await choose(till.syd.id, { provider: 'stripe', accountRef: 'acct_sydhavn' }).expect(200);
    const taken = await choose(till.nord.id, { provider: 'stripe', accountRef: 'acct_sydhavn' }).expect(409);
    expect(taken.body.code).toBe('payment_gateway.account_taken');
    const { body } = await till.syd.owner.get('/audit-log?action=payment_gateway.chosen').expect(200);
    expect(body.items).toMatchObject([{ action: 'payment_gateway.chosen' }]);
  });

  it('takes and gives back on the school’s own account, which keeps what was begun before where it is', async () => {
    const before = await till.invoiced();
    const begun = await till.checkout(before.student, before.invoiceId);
    await choose(till.nord.id, { provider: 'stripe', accountRef: account }).expect(200);
    await till.pay(begun.url);
    expect(await till.payment(begun.paymentId)).toMatchObject({ state: 'succeeded' });
    const { student, invoiceId } = await till.invoiced();
    const { url, paymentId } = await till.checkout(student, invoiceId);
    const { stripe } = till.test.sandbox;
    await stripe.pay(stripe.checkout(url.split('/').at(-1)!)!, '4242424242424242');
    await till.test.settle();
    expect(await till.payment(paymentId)).toMatchObject({ state: 'succeeded', received: krone(650) });
    const { charges, refunds } = stripe.connect(account).account;
    const [charge] = [...charges.values()].filter(({ metadata }) => metadata['payment_id'] === paymentId);
    expect(charge).toMatchObject({ amount: 65_000, application_fee_amount: 975 });
    await till.nord.owner.post(`/payments/${paymentId}/refunds`, { reason: 'Fejl' }).expect(202);
    await till.test.settle();
    expect([...refunds.values()].map(({ amount }) => amount)).toEqual([65_000]);
    expect((await till.payment(paymentId)).refunds).toMatchObject([{ state: 'succeeded' }]);
  });

  it('that is no longer set up leaves its payments in sight, and lets the others have their turn', async () => {
    const { student, invoiceId } = await till.invoiced();
    const { paymentId } = await till.checkout(student, invoiceId);
    const write = globalQuery<object>(till.test.em.fork());
    const made = async (provider: string) =>
      sql`UPDATE payments SET provider = ${provider} WHERE id = ${bin(paymentId)}`.execute(write);
    await made('sparegris');
    const find = () => till.test.app.get(FindUnbound, { strict: false }).run();
    const listed = async (state: string) =>
      (await till.nord.owner.get(`/gateway-differences?state=${state}&limit=100`).expect(200)).body.items;
    till.test.clock.advance({ minutes: 5 });
    await till.reconcile();
    const waits = sql<{ due: Date }>`SELECT next_check_at AS due FROM payments WHERE id = ${bin(paymentId)}`;
    const [row] = (await waits.execute(write)).rows;
    expect(new Date(row!.due).getTime()).toBeGreaterThan(till.test.clock.now().getTime());
    for (let time = 0; time < 2; time++) await find();
    expect(await listed('open')).toMatchObject([
      { kind: 'provider_unbound', provider: 'sparegris', paymentId, here: krone(650), there: null },
    ]);
    await sql`UPDATE payments SET next_check_at = NULL WHERE id = ${bin(paymentId)}`.execute(write);
    await find();
    expect(await listed('open')).toEqual([]);
    expect(await listed('resolved')).toMatchObject([{ kind: 'provider_unbound' }]);
    await made('stripe');
  });

  it('speaks for its own payments alone: another account’s word about them is not believed', async () => {
    await choose(till.nord.id, { provider: 'stripe', accountRef: account }).expect(200);
    const { student, invoiceId } = await till.invoiced();
    const { paymentId, url } = await till.checkout(student, invoiceId);
    const session = {
      ...till.test.sandbox.stripe.checkout(url.split('/').at(-1)!)!.session,
      status: 'complete',
      payment_status: 'paid',
      payment_intent: 'pi_forged',
    };
    const forged = JSON.stringify({
      id: 'evt_forged',
      object: 'event',
      type: 'checkout.session.completed',
      account: 'acct_crook',
      data: { object: session },
    });
    await till.test.http
      .post('/webhooks/stripe')
      .type('json')
      .set('stripe-signature', signatureOf(forged, SANDBOX_CREDENTIALS.stripeConnectWebhookSecret))
      .send(forged)
      .expect(204);
    await till.test.settle();
    expect(await till.payment(paymentId)).toMatchObject({ state: 'pending', received: krone(0) });
  });
});
