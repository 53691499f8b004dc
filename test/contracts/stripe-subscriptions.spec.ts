import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { SANDBOX_CREDENTIALS, startSandbox, type Sandbox } from '../../sandbox/sandbox.js';
import { startApplication, type ListeningApplication } from '../../sandbox/testing/application.js';
import { StripeClient } from '../../src/integrations/stripe/stripe-client.js';
import { StripePaymentGateway } from '../../src/integrations/stripe/stripe-payment-gateway.js';
import { StripeSubscriptionGateway } from '../../src/integrations/stripe/stripe-subscription-gateway.js';
import { Metrics } from '../../src/platform/observability/metrics/metrics.js';
import { ProviderCalls } from '../../src/platform/ports/provider-calls.js';
import {
  accepted,
  planPro,
  subscribed,
  subscriptionGatewayContract,
  type SubscriptionProviderUnderTest,
} from './subscription-gateway.contract.js';

const operations = {
  'open checkout': 'checkout.sessions.create',
  fetch: 'subscriptions.retrieve',
  change: 'subscriptions.update',
  'cancel at once': 'subscriptions.cancel',
  portal: 'billing_portal.sessions.create',
  'list bills': 'invoices.list',
};

const cards = {
  pays: '4242424242424242',
  asksOnce: '4000002500003155',
  asks: '4000002760003184',
  declines: '4000000000000002',
  declinesLater: '4000000000000341',
};

let sandbox: Sandbox;
let listening: ListeningApplication;
let client: StripeClient;
let payments: StripePaymentGateway;
let subscriptions: StripeSubscriptionGateway;

beforeAll(async () => {
  listening = await startApplication();
  sandbox = await startSandbox({ vendorSpecs: process.env['VENDOR_SPECS'], appUrl: listening.url });
});

// New ones each time, whose circuit breaker has not met the faults of the test before.
beforeEach(() => {
  sandbox.faults.clear();
  const config = {
    secretKey: SANDBOX_CREDENTIALS.stripeSecretKey,
    webhookSecret: SANDBOX_CREDENTIALS.stripeWebhookSecret,
    connectWebhookSecret: SANDBOX_CREDENTIALS.stripeConnectWebhookSecret,
    apiUrl: sandbox.url,
    mobilePay: false,
    timeoutMs: 400,
    applicationFeeBp: 0,
  };
  client = new StripeClient(config, new ProviderCalls(new Metrics()));
  payments = new StripePaymentGateway(client, config);
  subscriptions = new StripeSubscriptionGateway(client);
});

afterAll(async () => {
  await sandbox.close();
  await listening.close();
});

const provider: SubscriptionProviderUnderTest = {
  gateway: () => subscriptions,
  subscribes: async (ref, card) => {
    const record = sandbox.stripe.checkout(ref)!;
    const attempt = await sandbox.stripe.pay(record, cards[card]);
    return (attempt === 'authenticate' ? await sandbox.stripe.authenticate(record, true) : attempt) === 'paid';
  },
  daysPass: async (ref, days) => {
    await sandbox.stripe.billing.advance(ref, days);
  },
  monthPasses: async (ref) => {
    await sandbox.stripe.billing.advanceToRenewal(ref);
  },
  changesCard: async (customerRef, card) => {
    expect(await sandbox.stripe.billing.changeCard(customerRef, cards[card])).toBeUndefined();
  },
  pays: async (billRef) => {
    expect(await sandbox.stripe.billing.pay(billRef, cards.pays)).toBeUndefined();
  },
  givesUp: async (billRef, state) => {
    await sandbox.stripe.billing.giveUp(billRef, state);
  },
  checkoutsOf: (subscriptionId) =>
    [...sandbox.stripe.account.checkouts.values()].filter(
      ({ session }) => session.client_reference_id === subscriptionId,
    ).length,
  checkoutRunsOut: async (ref) => {
    const sdk = await client.sdk();
    // Cannot be asked twice, so it has time.
    await sdk.checkout.sessions.expire(ref, {}, { timeout: 30_000 });
  },
  takenFrom: (customerRef) =>
    [...sandbox.stripe.account.charges.values()]
      .filter(({ customer, status }) => customer === customerRef && status === 'succeeded')
      .map(({ amount_captured: taken }) => taken),
  breakCalls: (operation, kind) =>
    sandbox.faults.add({ system: 'stripe', operation: operations[operation], kind, times: 50, delayMs: 50 }),
  heal: () => sandbox.faults.clear(),
};

subscriptionGatewayContract('Stripe', () => provider);

describe('what Stripe tells of a subscription', () => {
  const look = (body: string) => payments.parseWebhook(body);

  it('says “look”, signed, in whatever order and however often it comes', async () => {
    const heard = listening.received.length;
    const { ref, customerRef } = await subscribed(provider, { trialEndsAt: new Date(Date.now() + 21 * 86_400_000) });
    await provider.monthPasses(ref);
    await provider.changesCard(customerRef, 'declinesLater');
    await provider.monthPasses(ref);
    const { bills } = accepted(await subscriptions.listBills({ since: new Date(0), after: null }));
    const [unpaid, paid, trial] = bills.filter(({ subscriptionRef }) => subscriptionRef === ref);
    await provider.pays(unpaid!.ref);
    // What earlier calls had told may come late.
    const told = listening.received.slice(heard).filter(({ body }) => body.includes(ref));
    for (const { body, headers } of told) {
      const request = { body: Buffer.from(body), headers, url: '/webhooks/stripe' };
      expect((await payments.acceptWebhook(request)).key).toMatch(/^evt_/);
    }
    const bodies = told.map(({ body }) => body);
    const kinds = new Set(bodies.map((body) => (JSON.parse(body) as { type: string }).type));
    expect([...kinds]).toEqual(
      expect.arrayContaining([
        'checkout.session.completed',
        'customer.subscription.created',
        'customer.subscription.updated',
        'customer.subscription.trial_will_end',
        'invoice.finalized',
        'invoice.paid',
        'invoice.payment_failed',
      ]),
    );
    const news = await Promise.all([...bodies, ...bodies.toReversed()].map(look));
    const wanted = news.filter(({ about }) => about !== 'nothing');
    const distinct = new Set(wanted.map((one) => JSON.stringify(one)));
    expect([...distinct].map((one) => JSON.parse(one) as object)).toEqual(
      expect.arrayContaining([
        { about: 'subscription', ref },
        ...[trial, paid, unpaid].map((bill) => ({ about: 'bill', ref: bill!.ref, subscriptionRef: ref })),
      ]),
    );
    expect(distinct.size).toBe(4);
    expect(await subscriptions.fetch(ref)).toMatchObject({ status: { state: 'active' } });
  });

  it('comes late, twenty times or not at all on demand', async () => {
    sandbox.faults.add({ system: 'stripe', kind: 'webhook_duplicate', operation: 'invoice.paid', copies: 20 });
    sandbox.faults.add({ system: 'stripe', kind: 'webhook_hold', operation: 'customer.subscription.created' });
    const heard = listening.received.length;
    const { ref } = await subscribed(provider);
    const about = (kind: string) =>
      listening.received.slice(heard).filter(({ body }) => body.includes(ref) && body.includes(`"type":"${kind}"`));
    expect(about('invoice.paid')).toHaveLength(20);
    expect(about('customer.subscription.created')).toHaveLength(0);
    expect(await sandbox.stripe.webhooks.release()).toBe(1);
    expect(about('customer.subscription.created')).toHaveLength(1);
  });

  it('is nothing when a school’s own account has subscriptions of its own, or a bill no subscription', async () => {
    const object = { id: 'sub_theirs', object: 'subscription' };
    const theirs = { id: 'evt_1', account: 'acct_school', type: 'customer.subscription.updated', data: { object } };
    expect(await look(JSON.stringify(theirs))).toMatchObject({ about: 'nothing' });
    const invoice = { id: 'in_1', object: 'invoice', parent: null };
    const byHand = { id: 'evt_2', type: 'invoice.paid', data: { object: invoice } };
    expect(await look(JSON.stringify(byHand))).toMatchObject({ about: 'nothing' });
  });

  it('stands in Stripe’s own books under the name that the bill gives the money', async () => {
    const { ref } = await subscribed(provider, { plan: { ...planPro, code: 'books' } });
    const { bills } = accepted(await subscriptions.listBills({ since: new Date(0), after: null }));
    const bill = bills.find(({ subscriptionRef }) => subscriptionRef === ref)!;
    const { movements } = accepted(await payments.listMovements({ account: null, since: new Date(0), after: null }));
    expect(movements.find(({ chargeRef }) => chargeRef === bill.chargeRef)).toMatchObject({
      kind: 'payment',
      amount: bill.received,
      schoolId: null,
      paymentId: null,
    });
  });
});

it('Stripe’s own description of its API allows every call', () => {
  expect(sandbox.violations).toEqual([]);
});
