import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { SANDBOX_CREDENTIALS, startSandbox, type Sandbox } from '../../sandbox/sandbox.js';
import { signatureOf } from '../../sandbox/stripe/webhooks.js';
import { startApplication, type ListeningApplication } from '../../sandbox/testing/application.js';
import type { WebhookRequest } from '../../src/platform/webhooks/webhook-adapter.js';
import { StripeClient } from '../../src/integrations/stripe/stripe-client.js';
import { StripePaymentGateway } from '../../src/integrations/stripe/stripe-payment-gateway.js';
import { Money } from '../../src/platform/values/money.js';
import { Metrics } from '../../src/platform/observability/metrics/metrics.js';
import { ProviderCalls } from '../../src/platform/ports/provider-calls.js';
import { checkoutOf, paymentGatewayContract } from './payment-gateway.contract.js';

const operations = {
  'create checkout': 'checkout.sessions.create',
  'fetch checkout': 'checkout.sessions.retrieve',
  'charge customer': 'payment_intents.create',
  capture: 'payment_intents.capture',
  refund: 'refunds.create',
};

const savedCards = { pays: '4242424242424242', wantsCustomer: '4000002760003184', declines: '4000000000000341' };

let sandbox: Sandbox;
let gateway: StripePaymentGateway;
let listening: ListeningApplication;

beforeAll(async () => {
  listening = await startApplication();
  sandbox = await startSandbox({ vendorSpecs: process.env['VENDOR_SPECS'], appUrl: listening.url });
});

// A new one each time, whose circuit breaker has not met the faults of the test before.
beforeEach(() => {
  sandbox.faults.clear();
  gateway = newGateway();
});

afterAll(async () => {
  await sandbox.close();
  await listening.close();
});

function newGateway(): StripePaymentGateway {
  const { stripeSecretKey: secretKey, stripeWebhookSecret, stripeConnectWebhookSecret } = SANDBOX_CREDENTIALS;
  const config = {
    secretKey,
    webhookSecret: stripeWebhookSecret,
    connectWebhookSecret: stripeConnectWebhookSecret,
    apiUrl: sandbox.url,
    mobilePay: false,
    timeoutMs: 400,
    applicationFeeBp: 100,
  };
  return new StripePaymentGateway(new StripeClient(config, new ProviderCalls(new Metrics())), config);
}

function requestOf(body: string, signature: string): WebhookRequest {
  return { body: Buffer.from(body), headers: { 'stripe-signature': signature }, url: '/webhooks/stripe' };
}

paymentGatewayContract('Stripe', () => ({
  gateway: () => gateway,
  customerPays: async (ref) => {
    await sandbox.stripe.pay(sandbox.stripe.checkout(ref)!, '4242424242424242');
  },
  customerSaves: async (ref, behaviour) => {
    const record = sandbox.stripe.checkout(ref)!;
    await sandbox.stripe.pay(record, savedCards[behaviour]);
    if (record.authenticating) await sandbox.stripe.authenticate(record, true);
  },
  chargesOf: (paymentId) =>
    [...sandbox.stripe.account.charges.values()]
      .filter(({ metadata, status }) => metadata['payment_id'] === paymentId && status === 'succeeded')
      .map(({ amount_captured: taken }) => taken),
  checkoutsOf: (paymentId) =>
    [...sandbox.stripe.account.checkouts.values()].filter(({ session }) => session.client_reference_id === paymentId)
      .length,
  refundsOf: (refundId) =>
    [...sandbox.stripe.account.refunds.values()]
      .filter(({ metadata }) => metadata?.['refund_id'] === refundId)
      .map(({ amount }) => amount),
  breakCalls: (operation, kind) =>
    sandbox.faults.add({ system: 'stripe', operation: operations[operation], kind, times: 50, delayMs: 50 }),
  heal: () => sandbox.faults.clear(),
  heard: () => listening.received.map(({ body, headers }) => requestOf(body, String(headers['stripe-signature']))),
  forged: ({ body }) => requestOf(body.toString(), signatureOf(body.toString(), 'whsec_somebody_elses')),
  stale: ({ body }) => {
    const time = Math.floor(Date.now() / 1000) - 3_600;
    const secret = SANDBOX_CREDENTIALS.stripeWebhookSecret;
    const signature = createHmac('sha256', secret).update(`${time}.${body.toString()}`).digest('hex');
    return requestOf(body.toString(), `t=${time},v1=${signature}`);
  },
  ofUnknownKind: () => {
    const body = JSON.stringify({ id: 'evt_new', object: 'event', type: 'moon.landed', data: { object: {} } });
    return requestOf(body, signatureOf(body, SANDBOX_CREDENTIALS.stripeWebhookSecret));
  },
}));

describe('a school’s own account at Stripe', () => {
  const account = 'acct_nordhavn';

  it('takes its payments, keeps the platform’s share, and is told of by its own secret', async () => {
    const intent = { ...checkoutOf(), account };
    const opened = await gateway.createCheckout(intent);
    if (opened.outcome !== 'accepted') throw new Error(opened.reason);
    expect(await gateway.fetchPayment({ ref: opened.ref, account: null })).toMatchObject({ outcome: 'rejected' });
    await sandbox.stripe.pay(sandbox.stripe.checkout(opened.ref)!, '4242424242424242');
    expect(await gateway.fetchPayment({ ref: opened.ref, account })).toMatchObject({ status: { state: 'paid' } });
    const [charge] = [...sandbox.stripe.connect(account).account.charges.values()];
    expect(charge).toMatchObject({ amount: 65_000, application_fee_amount: 650 });
    const told = listening.received.find(
      ({ body }) => body.includes(intent.paymentId) && body.includes('checkout.session.completed'),
    )!;
    const request = requestOf(told.body, String(told.headers['stripe-signature']));
    await gateway.acceptWebhook(request);
    expect(await gateway.parseWebhook(told.body)).toMatchObject({ about: 'payment', account });
    const forPlatform = signatureOf(told.body, SANDBOX_CREDENTIALS.stripeWebhookSecret);
    await expect(gateway.acceptWebhook(requestOf(told.body, forPlatform))).rejects.toThrow();
  });
});

it('Stripe tells of disputes and of money that went to the bank', async () => {
  const opened = await gateway.createCheckout(checkoutOf());
  if (opened.outcome !== 'accepted') throw new Error(opened.reason);
  await sandbox.stripe.pay(sandbox.stripe.checkout(opened.ref)!, '4242424242424242');
  const paid = await gateway.fetchPayment({ ref: opened.ref, account: null });
  if (paid.outcome !== 'accepted' || paid.status.state !== 'paid') throw new Error('not paid');
  const chargeRef = paid.status.chargeRef!;
  const dispute = await sandbox.stripe.dispute(chargeRef);
  await sandbox.stripe.decide(dispute, 'won');
  const payout = await sandbox.stripe.payOut();
  const news = await Promise.all(listening.received.map(({ body }) => gateway.parseWebhook(body)));
  const about = { about: 'dispute', ref: dispute.id, chargeRef, amount: Money.of(65_000) };
  expect(news).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ ...about, state: 'opened' }),
      expect.objectContaining({ ...about, state: 'won' }),
      { about: 'payout', ref: payout!.id, account: null, state: 'paid' },
    ]),
  );
  const query = { account: null, since: new Date(0), after: null };
  const lines = await gateway.listPayout(payout!.id, query);
  expect(lines).toMatchObject({ outcome: 'accepted', status: { hasMore: expect.any(Boolean) } });
  const all = await gateway.listMovements(query);
  if (all.outcome !== 'accepted') throw new Error(all.reason);
  const kinds = all.status.movements.filter(({ sourceRef }) => [dispute.id, payout!.id].includes(sourceRef ?? ''));
  expect(kinds.map(({ kind }) => kind)).toEqual(['payout', 'dispute_reversal', 'dispute']);
});

it('Stripe’s own description of its API allows every call', () => {
  expect(sandbox.violations).toEqual([]);
});
