import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import { globalQuery } from '../../src/platform/database/query.js';
import { ProcessWebhook } from '../../src/platform/webhooks/process-webhook.js';
import { krone, Till } from './till.js';
import { ordersOf, tellAllAgain } from './webhook-storm.js';

let till: Till;

beforeAll(async () => {
  till = await Till.open();
});
afterEach(() => till.tidy());
afterAll(() => till?.close());

describe('a webhook', () => {
  it('that comes twenty times at once counts once', async () => {
    const { student, studentId, invoiceId } = await till.invoiced();
    const { url } = await till.checkout(student, invoiceId);
    till.test.sandbox.faults.add({
      system: 'stripe',
      kind: 'webhook_duplicate',
      operation: 'checkout.session.completed',
      copies: 20,
    });
    await till.pay(url);
    expect(await till.invoice(invoiceId)).toMatchObject({ state: 'paid', paid: krone(650) });
    expect(await till.balance(studentId)).toBe(0);
    const { attempts } = till.test.sandbox.stripe.webhooks
      .log()
      .find(({ event }) => event.type === 'checkout.session.completed')!;
    expect(attempts.map(({ result }) => result)).toEqual(attempts.map(() => 204));
  });

  it('may come before our own call has its answer', async () => {
    const { student, invoiceId } = await till.invoiced();
    till.test.sandbox.faults.add({
      system: 'stripe',
      kind: 'webhook_before_answer',
      operation: 'checkout.sessions.create',
    });
    const { paymentId } = await till.checkout(student, invoiceId);
    await till.test.settle();
    expect(await till.payment(paymentId)).toMatchObject({ state: 'succeeded' });
    expect(await till.invoice(invoiceId)).toMatchObject({ state: 'paid' });
  });

  it('of a whole life changes nothing when it all comes again, twenty times each, and after a restart', async () => {
    const { stripe } = till.test.sandbox;
    const told = stripe.webhooks.log().length;
    const { paymentId, studentId } = await till.paid();
    await till.nord.owner.post(`/payments/${paymentId}/refunds`, { amount: krone(50), reason: 'Fejl' }).expect(202);
    await till.test.settle();
    const charge = [...stripe.account.charges.values()].find(({ metadata }) => metadata['payment_id'] === paymentId)!;
    await stripe.decide(await stripe.dispute(charge.id), 'won');
    await till.test.settle();
    const stands = async () => [
      await till.payment(paymentId),
      await till.balance(studentId),
      (await till.nord.owner.get('/disputes').expect(200)).body.items,
    ];
    const before = await stands();
    expect(before).toMatchObject([{ refunded: krone(50) }, 5_000, [{ paymentId, state: 'won' }]]);
    await tellAllAgain(till, stripe.webhooks, told);
    expect(await stands()).toEqual(before);
  });

  it('has its effect in every order in which it may come, also a dispute before the payment', async () => {
    const { stripe, faults } = till.test.sandbox;
    const kinds = ['checkout.session.completed', 'charge.dispute.created', 'charge.dispute.closed'];
    for (const order of ordersOf(kinds)) {
      const { student, invoiceId } = await till.invoiced();
      const { paymentId, url } = await till.checkout(student, invoiceId);
      faults.add({ system: 'stripe', kind: 'webhook_hold', times: 9 });
      await stripe.pay(till.sessionAt(url), '4242424242424242');
      const charge = [...stripe.account.charges.values()].find(({ metadata }) => metadata['payment_id'] === paymentId)!;
      await stripe.decide(await stripe.dispute(charge.id), 'won');
      faults.clear();
      const held = stripe.webhooks.log().filter(({ state }) => state === 'held');
      for (const kind of order) {
        await stripe.webhooks.resend(held.find(({ event }) => event.type === kind)!.id);
        await till.test.settle();
      }
      await stripe.webhooks.release();
      await till.test.settle();
      expect(await till.invoice(invoiceId)).toMatchObject({ state: 'paid', paid: krone(650) });
      const { items } = (await till.nord.owner.get('/disputes?limit=100').expect(200)).body;
      expect(items.filter((each: { paymentId: string }) => each.paymentId === paymentId)).toMatchObject([
        { state: 'won' },
      ]);
    }
  });

  it('with a wrong signature is refused and not kept', async () => {
    const stored = async () =>
      (
        await sql<{ n: number }>`SELECT COUNT(*) AS n FROM webhook_events`.execute(
          globalQuery<object>(till.test.em.fork()),
        )
      ).rows[0]?.n;
    const before = await stored();
    const answer = await till.test.http
      .post('/webhooks/stripe')
      .set('stripe-signature', 't=1,v1=00')
      .send({ id: 'evt_1', type: 'x' })
      .expect(400);
    expect(answer.body.code).toBe('webhook.untrusted');
    await till.test.http.post('/webhooks/stripe').send({ id: 'evt_1', type: 'x' }).expect(400);
    await till.test.http.post('/webhooks/nobody').send({}).expect(404);
    expect(await stored()).toBe(before);
  });

  it('that is lost is made up for by asking', async () => {
    const { student, invoiceId } = await till.invoiced();
    const { paymentId, url } = await till.checkout(student, invoiceId);
    till.test.sandbox.faults.add({ system: 'stripe', kind: 'webhook_hold', operation: 'checkout.session.completed' });
    await till.pay(url);
    expect(await till.payment(paymentId)).toMatchObject({ state: 'pending' });
    till.test.clock.advance({ minutes: 3 });
    await till.reconcile();
    expect(await till.payment(paymentId)).toMatchObject({ state: 'succeeded' });
    await till.test.sandbox.stripe.webhooks.release();
    await till.test.settle();
    expect(await till.invoice(invoiceId)).toMatchObject({ state: 'paid', paid: krone(650) });
  });

  it('is forgotten after a month', async () => {
    await till.paid();
    const count = async () =>
      (
        await sql<{ n: number }>`SELECT COUNT(*) AS n FROM webhook_events`.execute(
          globalQuery<object>(till.test.em.fork()),
        )
      ).rows[0]!.n;
    const purge = () => till.test.app.get(ProcessWebhook, { strict: false }).purge(till.test.clock.now());
    till.test.clock.advance({ days: 29 });
    await purge();
    expect(await count()).toBeGreaterThan(0);
    till.test.clock.advance({ days: 2 });
    await purge();
    expect(await count()).toBe(0);
  });
});

describe('the pages a checkout sends people back to', () => {
  it('are in their language', async () => {
    expect((await till.test.http.get('/pay/done').expect(200)).text).toContain('Tak for din betaling');
    expect((await till.test.http.get('/pay/cancelled?lang=en').expect(200)).text).toContain('No money was taken');
  });
});
