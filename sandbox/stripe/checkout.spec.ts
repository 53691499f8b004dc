import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Stripe } from 'stripe';
import type { Sandbox } from '../sandbox.js';
import { lessonCheckout, startTestSandbox, stripeClient } from '../testing/clients.js';

describe('Checkout, spoken to by the Stripe SDK', () => {
  let sandbox: Sandbox;
  let stripe: Stripe;

  beforeAll(async () => {
    sandbox = await startTestSandbox();
    stripe = stripeClient(sandbox);
  });
  beforeEach(() => sandbox.reset());
  afterEach(() => expect(sandbox.violations).toEqual([]));
  afterAll(() => sandbox.close());

  const pay = async (id: string, card: string): Promise<string> => {
    const record = sandbox.stripe.account.checkouts.get(id);
    if (!record) throw new Error('no such checkout');
    return sandbox.stripe.pay(record, card);
  };

  it('opens a session with a page to pay it on', async () => {
    const session = await stripe.checkout.sessions.create(lessonCheckout());
    expect(session).toMatchObject({
      object: 'checkout.session',
      amount_total: 70_000,
      currency: 'dkk',
      status: 'open',
      payment_status: 'unpaid',
      payment_intent: null,
      client_reference_id: 'payment-1',
      metadata: { payment_id: 'payment-1' },
      url: `${sandbox.url}/checkout/${session.id}`,
    });
    expect(session.lastResponse.requestId).toMatch(/^req_/);
  });

  it('completes when the customer pays, and shows the payment intent with our metadata', async () => {
    const { id } = await stripe.checkout.sessions.create(lessonCheckout({ customer_email: 'elev@example.dk' }));
    expect(await pay(id, '4242 4242 4242 4242')).toBe('paid');

    const session = await stripe.checkout.sessions.retrieve(id, {
      expand: ['payment_intent.latest_charge', 'line_items'],
    });
    expect(session).toMatchObject({ status: 'complete', payment_status: 'paid', url: null });
    expect(session.customer_details?.email).toBe('elev@example.dk');
    expect(session.line_items?.data).toMatchObject([{ description: 'Køretime, 45 min.', amount_total: 70_000 }]);
    expect(session.payment_intent).toMatchObject({
      status: 'succeeded',
      amount_received: 70_000,
      metadata: { payment_id: 'payment-1' },
      latest_charge: { paid: true, payment_method_details: { type: 'card', card: { last4: '4242' } } },
    });
    const found = await stripe.checkout.sessions.list({
      payment_intent: (session.payment_intent as Stripe.PaymentIntent).id,
    });
    expect(found.data.map((one) => one.id)).toEqual([id]);
  });

  it('takes MobilePay', async () => {
    const { id } = await stripe.checkout.sessions.create(lessonCheckout());
    expect(await pay(id, 'mobilepay')).toBe('paid');
    const [charge] = (await stripe.charges.list()).data;
    expect(charge?.payment_method_details?.type).toBe('mobilepay');
    const entry = await stripe.balanceTransactions.retrieve(charge?.balance_transaction as string);
    expect(entry.amount - entry.fee).toBe(entry.net);
  });

  it('stays open when the card is declined, and can be paid after that', async () => {
    const { id } = await stripe.checkout.sessions.create(lessonCheckout());
    expect(await pay(id, '4000000000000002')).toBe('declined');
    const session = await stripe.checkout.sessions.retrieve(id, { expand: ['payment_intent'] });
    expect(session.status).toBe('open');
    expect(session.payment_intent).toMatchObject({
      status: 'requires_payment_method',
      last_payment_error: { code: 'card_declined', decline_code: 'generic_decline' },
    });
    expect(await pay(id, '4242424242424242')).toBe('paid');
    expect(await pay(id, '4242424242424242')).toBe('closed');
    expect((await stripe.charges.list()).data.map(({ status }) => status)).toEqual(['succeeded', 'failed']);
  });

  it('expires on request, once', async () => {
    const { id } = await stripe.checkout.sessions.create(lessonCheckout());
    expect(await stripe.checkout.sessions.expire(id)).toMatchObject({ status: 'expired', url: null });
    await expect(stripe.checkout.sessions.expire(id)).rejects.toMatchObject({ statusCode: 400 });
    expect(await pay(id, '4242424242424242')).toBe('closed');
  });

  it('expires by itself when its time has come', async () => {
    const { id } = await stripe.checkout.sessions.create(lessonCheckout());
    const record = sandbox.stripe.account.checkouts.get(id);
    if (record) record.session.expires_at = Math.floor(Date.now() / 1000) - 1;
    expect(sandbox.stripe.checkouts.expireOverdue()).toBe(true);
    expect((await stripe.checkout.sessions.retrieve(id)).status).toBe('expired');
  });

  it('pages its lists', async () => {
    for (let i = 0; i < 5; i += 1) await stripe.checkout.sessions.create(lessonCheckout());
    const ids: string[] = [];
    for await (const session of stripe.checkout.sessions.list({ limit: 2 })) ids.push(session.id);
    expect(new Set(ids).size).toBe(5);
  });

  it.each<[string, Partial<Stripe.Checkout.SessionCreateParams>, object]>([
    ['no success_url', { success_url: '' }, { code: 'parameter_missing', param: 'success_url' }],
    ['no lines', { line_items: [] }, { code: 'parameter_missing', param: 'line_items' }],
    ['an unknown customer', { customer: 'cus_nobody' }, { code: 'resource_missing', statusCode: 404 }],
    ['an expiry too soon', { expires_at: Math.floor(Date.now() / 1000) + 60 }, { param: 'expires_at' }],
    [
      'an amount below 2.50 kr.',
      { line_items: [{ quantity: 1, price_data: { currency: 'dkk', unit_amount: 100, product_data: { name: 'x' } } }] },
      { code: 'amount_too_small' },
    ],
    [
      'MobilePay alone in dollars',
      {
        allowed_payment_method_types: ['mobilepay'],
        line_items: [
          { quantity: 1, price_data: { currency: 'usd', unit_amount: 10_000, product_data: { name: 'x' } } },
        ],
      },
      { param: 'allowed_payment_method_types' },
    ],
    ['metadata that is too long', { metadata: { note: 'x'.repeat(501) } }, { param: 'metadata' }],
  ])('refuses %s', async (_what, overrides, error) => {
    await expect(stripe.checkout.sessions.create(lessonCheckout(overrides))).rejects.toMatchObject({
      type: 'StripeInvalidRequestError',
      ...error,
    });
  });

  it('refuses a wrong key and an unknown session', async () => {
    await expect(stripeClient(sandbox, 'sk_test_other').checkout.sessions.list()).rejects.toMatchObject({
      type: 'StripeAuthenticationError',
      statusCode: 401,
    });
    await expect(stripe.checkout.sessions.retrieve('cs_test_none')).rejects.toMatchObject({ statusCode: 404 });
  });
});
