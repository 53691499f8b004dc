import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { WebhookSender } from '../../sandbox/http/webhook-sender.js';
import { SANDBOX_CREDENTIALS, type Sandbox } from '../../sandbox/sandbox.js';
import type { System } from '../../sandbox/faults/faults.js';
import type { Id } from '../../src/platform/values/id.js';
import { krone, Till } from './till.js';
import { tellLate } from './webhook-storm.js';

/*
 * All that a provider tells of a payment comes three days late, each message five times and in any order, signed anew by whoever tries
 * again. It ends as it ends when all of it is told at once.
 */
interface Provider {
  readonly system: System;
  readonly env: Record<string, string>;
  readonly sender: (sandbox: Sandbox) => Pick<WebhookSender<unknown>, 'log' | 'resend' | 'sendTo'>;
  readonly pays: (till: Till, paymentId: Id, url: string) => Promise<unknown>;
  /** The customer's bank takes the money back, and the school is right in the end. */
  readonly disputes?: (till: Till, paymentId: Id) => Promise<unknown>;
}

const known = SANDBOX_CREDENTIALS;
const orderOf = (till: Till, paymentId: Id) =>
  [...till.test.sandbox.paypal.orders.all.values()].find(({ unit }) => unit.invoice_id === paymentId)!;

const providers: readonly Provider[] = [
  {
    system: 'stripe',
    env: {},
    sender: ({ stripe }) => stripe.webhooks,
    pays: (till, _, url) => till.test.sandbox.stripe.pay(till.sessionAt(url), '4242424242424242'),
    disputes: async (till, paymentId) => {
      const { stripe } = till.test.sandbox;
      const charge = [...stripe.account.charges.values()].find(({ metadata }) => metadata['payment_id'] === paymentId)!;
      await stripe.decide(await stripe.dispute(charge.id), 'won');
    },
  },
  {
    system: 'vipps',
    env: {
      PAYMENT_PROVIDER: 'vipps',
      VIPPS_CLIENT_ID: known.vippsClientId,
      VIPPS_CLIENT_SECRET: known.vippsClientSecret,
      VIPPS_SUBSCRIPTION_KEY: 'sandbox',
      VIPPS_MERCHANT_SERIAL_NUMBER: '123456',
      VIPPS_WEBHOOK_SECRET: known.vippsWebhookSecret,
      VIPPS_TIMEOUT_MS: '8000',
    },
    sender: ({ vipps }) => vipps.webhooks,
    pays: (till, paymentId) => till.test.sandbox.vipps.approve(paymentId),
  },
  {
    system: 'paypal',
    env: {
      PAYMENT_PROVIDER: 'paypal',
      PAYPAL_CLIENT_ID: known.paypalClientId,
      PAYPAL_CLIENT_SECRET: known.paypalClientSecret,
      PAYPAL_WEBHOOK_ID: known.paypalWebhookId,
      PAYPAL_TIMEOUT_MS: '8000',
    },
    sender: ({ paypal }) => paypal.webhooks,
    pays: (till, paymentId) => till.test.sandbox.paypal.approve(orderOf(till, paymentId).id),
    disputes: async (till, paymentId) => {
      const { paypal } = till.test.sandbox;
      const dispute = await paypal.dispute(orderOf(till, paymentId).captures[0]!.id);
      await paypal.decide(dispute, 'RESOLVED_SELLER_FAVOUR');
    },
  },
];

describe.each(providers)('what $system tells', ({ system, env, sender, pays, disputes }) => {
  let till: Till;

  beforeAll(async () => {
    till = await Till.open(env);
  });
  afterEach(() => till.tidy());
  afterAll(() => till?.close());

  /** A payment's whole life. `told` is asked for after each thing that the provider tells of. */
  async function life(told: () => Promise<void>) {
    const { student, studentId, invoiceId } = await till.invoiced();
    const { paymentId, url } = await till.checkout(student, invoiceId);
    await pays(till, paymentId, url);
    await till.test.settle();
    await told();
    const refund = { amount: krone(50), reason: 'Fejl' };
    await till.nord.owner.post(`/payments/${paymentId}/refunds`, refund).expect(202);
    await till.test.settle();
    await told();
    await disputes?.(till, paymentId);
    await till.test.settle();
    await told();
    const { state, received, refunded, refunds } = await till.payment(paymentId);
    const { items } = (await till.nord.owner.get('/disputes?limit=100').expect(200)).body;
    return {
      state,
      received,
      refunded,
      refunds: refunds.map((each: { state: string }) => each.state),
      invoice: (await till.invoice(invoiceId)).state,
      balance: await till.balance(studentId),
      disputes: items
        .filter((each: { paymentId: Id }) => each.paymentId === paymentId)
        .map((each: { state: string }) => each.state),
    };
  }

  it('ends the same when all of it comes five times, in any order and three days late', async () => {
    const atOnce = await life(async () => undefined);
    expect(atOnce).toMatchObject({ state: 'succeeded', refunded: krone(50), refunds: ['succeeded'], balance: 5_000 });
    for (let round = 0; round < 3; round++) {
      till.test.sandbox.faults.add({ system, kind: 'webhook_hold', times: 1_000 });
      const answers: (number | string)[] = [];
      const late = await life(async () => {
        till.test.sandbox.faults.clear();
        // What is told of what comes of it is told at once.
        answers.push(...(await tellLate(till.test, sender(till.test.sandbox))));
        till.test.sandbox.faults.add({ system, kind: 'webhook_hold', times: 1_000 });
      });
      till.test.sandbox.faults.clear();
      expect(answers.length).toBeGreaterThanOrEqual(10);
      expect(new Set(answers)).toEqual(new Set([204]));
      expect(late).toEqual(atOnce);
    }
  });
});
