import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import { globalQuery } from '../../src/platform/database/query.js';
import { ProcessWebhook } from '../../src/platform/webhooks/process-webhook.js';
import { krone, Till } from './till.js';

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
