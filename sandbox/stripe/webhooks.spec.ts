import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { setTimeout as pause } from 'node:timers/promises';
import type { Stripe } from 'stripe';
import { type Sandbox, SANDBOX_CREDENTIALS } from '../sandbox.js';
import { type ListeningApplication, type Received, startApplication } from '../testing/application.js';
import { lessonCheckout, startTestSandbox, stripeClient } from '../testing/clients.js';

describe('Webhooks of the sandbox’s Stripe', () => {
  let sandbox: Sandbox;
  let stripe: Stripe;
  let application: ListeningApplication;

  beforeAll(async () => {
    sandbox = await startTestSandbox();
    stripe = stripeClient(sandbox);
  });
  beforeEach(async () => {
    sandbox.reset();
    application = await startApplication();
    sandbox.sendWebhooksTo(application.url);
  });
  afterEach(async () => {
    await application.close();
    expect(sandbox.violations).toEqual([]);
  });
  afterAll(() => sandbox.close());

  const verified = ({ headers, body }: Received): Stripe.Event =>
    stripe.webhooks.constructEvent(body, headers['stripe-signature'] ?? '', SANDBOX_CREDENTIALS.stripeWebhookSecret);

  async function payCheckout(): Promise<string> {
    const { id } = await stripe.checkout.sessions.create(lessonCheckout());
    const record = sandbox.stripe.account.checkouts.get(id);
    if (record) await sandbox.stripe.pay(record, '4242424242424242');
    return id;
  }

  it('tells of the payment, signed, before the customer is sent back', async () => {
    const id = await payCheckout();
    const events = application.received.map(verified);
    expect(events.map(({ type }) => type).toSorted()).toEqual([
      'checkout.session.completed',
      'payment_intent.succeeded',
    ]);
    const completed = events.find(({ type }) => type === 'checkout.session.completed');
    expect(completed?.data.object).toMatchObject({ id, payment_status: 'paid', metadata: { payment_id: 'payment-1' } });
    expect(application.received[0]?.url).toBe('/webhooks/stripe');
  });

  it('tells of declines, expiry and refunds', async () => {
    const declined = await stripe.checkout.sessions.create(lessonCheckout());
    const record = sandbox.stripe.account.checkouts.get(declined.id);
    if (record) await sandbox.stripe.pay(record, '4000000000000002');
    await stripe.checkout.sessions.expire(declined.id);
    const paid = await stripe.paymentIntents.create({
      amount: 70_000,
      currency: 'dkk',
      payment_method: 'pm_card_visa',
      confirm: true,
    });
    await stripe.refunds.create({ payment_intent: paid.id, amount: 10_000 });
    const events = (await application.hears(5)).map(verified);
    expect(events.map(({ type }) => type).toSorted()).toEqual([
      'charge.refunded',
      'checkout.session.expired',
      'payment_intent.payment_failed',
      'payment_intent.succeeded',
      'refund.updated',
    ]);
  });

  it('tries again until the application takes it, and then gives up', async () => {
    application.answers.push(500, 500);
    await stripe.checkout.sessions.expire((await stripe.checkout.sessions.create(lessonCheckout())).id);
    await application.hears(3);
    await pause(50);
    expect(sandbox.stripe.webhooks.log()[0]).toMatchObject({ state: 'delivered' });

    application.answers.push(500, 500, 500, 500);
    await stripe.checkout.sessions.expire((await stripe.checkout.sessions.create(lessonCheckout())).id);
    await application.hears(6);
    await pause(50);
    const [given] = sandbox.stripe.webhooks.log();
    expect(given).toMatchObject({ state: 'failed', attempts: [{ result: 500 }, { result: 500 }, { result: 500 }] });
    application.answers.length = 0;
    expect(await sandbox.stripe.webhooks.resend(given?.id ?? '')).toMatchObject({ state: 'delivered' });
  });

  it('sends twenty copies at once on demand', async () => {
    sandbox.faults.add({
      system: 'stripe',
      kind: 'webhook_duplicate',
      operation: 'checkout.session.completed',
      copies: 20,
    });
    await payCheckout();
    const ids = application.received.map(verified).filter(({ type }) => type === 'checkout.session.completed');
    expect(ids).toHaveLength(20);
    expect(new Set(ids.map(({ id }) => id)).size).toBe(1);
  });

  it('holds on demand until released', async () => {
    sandbox.faults.add({ system: 'stripe', kind: 'webhook_hold', times: 2 });
    await payCheckout();
    expect(application.received).toHaveLength(0);
    expect(await sandbox.stripe.webhooks.release()).toBe(2);
    expect(application.received).toHaveLength(2);
  });

  it('delays on demand', async () => {
    sandbox.faults.add({ system: 'stripe', kind: 'webhook_delay', times: 2, delayMs: 60 });
    await payCheckout();
    expect(application.received).toHaveLength(0);
    await application.hears(2);
  });

  it('speaks on demand before its own answer', async () => {
    const paid = await stripe.paymentIntents.create({
      amount: 70_000,
      currency: 'dkk',
      payment_method: 'pm_card_visa',
      confirm: true,
    });
    await application.hears(1);
    sandbox.faults.add({ system: 'stripe', kind: 'webhook_before_answer', operation: 'refunds.create' });
    await stripe.refunds.create({ payment_intent: paid.id });
    expect(application.received.map(verified).map(({ type }) => type)).toContain('charge.refunded');

    sandbox.faults.add({ system: 'stripe', kind: 'webhook_before_answer', operation: 'checkout.sessions.create' });
    const session = await stripe.checkout.sessions.create(lessonCheckout());
    expect(session.status).toBe('open');
    expect(application.received.map(verified).map(({ type }) => type)).toContain('checkout.session.completed');
  });
});
