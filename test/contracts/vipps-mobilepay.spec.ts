import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { SANDBOX_CREDENTIALS, startSandbox, type Sandbox } from '../../sandbox/sandbox.js';
import { startApplication, type ListeningApplication } from '../../sandbox/testing/application.js';
import { signedHeaders } from '../../sandbox/vipps/vipps-signature.js';
import { VippsClient } from '../../src/integrations/vipps-mobilepay/vipps-client.js';
import { VippsPaymentGateway } from '../../src/integrations/vipps-mobilepay/vipps-payment-gateway.js';
import type { CheckoutIntent } from '../../src/modules/finance/index.js';
import { Metrics } from '../../src/platform/observability/metrics/metrics.js';
import { ProviderCalls } from '../../src/platform/ports/provider-calls.js';
import { UntrustedWebhook, type WebhookRequest } from '../../src/platform/webhooks/webhook-adapter.js';
import { newId } from '../../src/platform/values/id.js';
import { Money } from '../../src/platform/values/money.js';
import { checkoutOf, paymentGatewayContract } from './payment-gateway.contract.js';

const operations = {
  'create checkout': 'payments.create',
  'fetch checkout': 'payments.retrieve',
  'charge customer': 'none',
  capture: 'payments.capture',
  refund: 'payments.refund',
};

const { vippsClientId: clientId, vippsClientSecret: clientSecret, vippsWebhookSecret } = SANDBOX_CREDENTIALS;
const url = '/webhooks/vipps';

let sandbox: Sandbox;
let gateway: VippsPaymentGateway;
let listening: ListeningApplication;

beforeAll(async () => {
  listening = await startApplication();
  sandbox = await startSandbox({ vendorSpecs: process.env['VENDOR_SPECS'], appUrl: listening.url });
});

// A new one each time, whose circuit breaker has not met the faults of the test before.
beforeEach(() => {
  sandbox.faults.clear();
  const config = {
    clientId,
    clientSecret,
    subscriptionKey: 'sandbox',
    merchantSerialNumber: '123456',
    webhookSecret: vippsWebhookSecret,
    apiUrl: sandbox.url,
    timeoutMs: 400,
  };
  gateway = new VippsPaymentGateway(new VippsClient(config, new ProviderCalls(new Metrics())), config);
});

afterAll(async () => {
  await sandbox.close();
  await listening.close();
});

function signed(body: string, secret: string = vippsWebhookSecret, at?: Date): WebhookRequest {
  return { body: Buffer.from(body), headers: signedHeaders(body, new URL(url, listening.url), secret, at), url };
}

function heard(): WebhookRequest[] {
  const ours = listening.received.filter((one) => one.url === url);
  return ours.map(({ body, headers }) => ({ body: Buffer.from(body), headers, url }));
}

const recordOf = (paymentId: string) => sandbox.vipps.payments.get(paymentId);

paymentGatewayContract('Vipps MobilePay', () => ({
  gateway: () => gateway,
  rejectedAmount: 0,
  customerPays: (ref) => sandbox.vipps.approve(ref),
  customerSaves: () => Promise.reject(new Error('saves no cards')),
  chargesOf: (paymentId) => {
    const captures = recordOf(paymentId).events.filter(({ name }) => name === 'CAPTURED');
    return captures.map(({ amount }) => amount.value);
  },
  checkoutsOf: (paymentId) => Number(sandbox.vipps.payments.all.has(paymentId)),
  refundsOf: (refundId) =>
    [...sandbox.vipps.payments.all.values()]
      .flatMap(({ events }) => events)
      .filter(({ name, idempotencyKey }) => name === 'REFUNDED' && idempotencyKey === `refund-${refundId}`)
      .map(({ amount }) => amount.value),
  breakCalls: (operation, kind) =>
    sandbox.faults.add({ system: 'vipps', operation: operations[operation], kind, times: 50, delayMs: 50 }),
  heal: () => sandbox.faults.clear(),
  heard,
  forged: ({ body }) => signed(body.toString(), 'somebody-elses'),
  stale: ({ body }) => signed(body.toString(), vippsWebhookSecret, new Date(Date.now() - 3_600_000)),
  ofUnknownKind: () => signed(JSON.stringify({ reference: newId(), pspReference: newId(), name: 'MOON_LANDED' })),
}));

describe('Vipps MobilePay', () => {
  const opened = async (intent: CheckoutIntent = checkoutOf()) => {
    expect(await gateway.createCheckout(intent)).toMatchObject({ outcome: 'accepted', ref: intent.paymentId });
    return { intent, at: { ref: intent.paymentId, account: null } };
  };
  const newsOf = async (paymentId: string, name: string) => {
    const one = heard().findLast(({ body }) => body.includes(paymentId) && body.includes(`"${name}"`));
    return gateway.parseWebhook(one!.body.toString());
  };

  it('finds its payment again when the idempotency key has been forgotten', async () => {
    const { intent } = await opened();
    sandbox.vipps.forgetKeys();
    await opened(intent);
    expect(await gateway.createCheckout({ ...intent, amount: Money.of(100) })).toMatchObject({ outcome: 'unknown' });
  });

  it('lets go of what a capture leaves, even when nobody was there to do it at once', async () => {
    const { intent, at } = await opened({ ...checkoutOf(), capture: 'manual' });
    await sandbox.vipps.approve(at.ref);
    sandbox.faults.add({ system: 'vipps', operation: 'payments.cancel', kind: 'error_500', times: 3 });
    const capture = { ...at, paymentId: intent.paymentId, amount: Money.of(40_000) };
    const taken = { outcome: 'accepted', status: { state: 'paid', received: Money.of(40_000) } };
    expect(await gateway.capture(capture)).toMatchObject(taken);
    expect(recordOf(at.ref)).toMatchObject({ captured: 40_000, cancelled: 0 });
    expect(await gateway.fetchPayment(at)).toMatchObject(taken);
    expect(recordOf(at.ref)).toMatchObject({ captured: 40_000, cancelled: 25_000 });
  });

  it('takes an approved payment once, whoever hears of it first', async () => {
    const { at } = await opened();
    await sandbox.vipps.approve(at.ref);
    const answers = await Promise.all([
      gateway.fetchPayment(at),
      newsOf(at.ref, 'AUTHORIZED'),
      gateway.cancel(at),
      gateway.fetchPayment(at),
    ]);
    for (const { status } of answers as { status: unknown }[]) expect(status).toMatchObject({ state: 'paid' });
    expect(recordOf(at.ref)).toMatchObject({ captured: 65_000, cancelled: 0 });
  });

  it.each([
    ['ABORTED', { state: 'failed', reason: 'aborted' }],
    ['EXPIRED', { state: 'expired', reason: null }],
  ] as const)('tells that a payment is %s, and so does its webhook', async (how, status) => {
    const { intent, at } = await opened();
    await sandbox.vipps.end(at.ref, how);
    expect(await gateway.fetchPayment(at)).toMatchObject({ outcome: 'accepted', status });
    expect(await newsOf(at.ref, how)).toMatchObject({ about: 'payment', paymentId: intent.paymentId, status });
  });

  it('tells of our refunds, and of none that was made in the merchant’s portal', async () => {
    const { intent, at } = await opened();
    await sandbox.vipps.approve(at.ref);
    await gateway.fetchPayment(at);
    const refund = { refundId: newId(), schoolId: intent.schoolId, account: null, chargeRef: at.ref };
    await gateway.refund({ ...refund, amount: Money.of(1_000) });
    const told = recordOf(at.ref).events.find(({ name }) => name === 'REFUNDED')!;
    expect(await gateway.parseWebhook(JSON.stringify(told))).toMatchObject({
      about: 'refund',
      schoolId: intent.schoolId,
      refundId: refund.refundId,
      status: { state: 'succeeded' },
    });
    const byHand = JSON.stringify({ ...told, idempotencyKey: newId().slice(0, 8) });
    expect(await gateway.parseWebhook(byHand)).toEqual({ about: 'nothing', kind: 'REFUNDED' });
  });

  it('believes no message that was signed for another address or host', () => {
    const message = signed(JSON.stringify({ reference: newId(), pspReference: newId(), name: 'AUTHORIZED' }));
    expect(gateway.acceptWebhook(message)).toMatchObject({ kind: 'AUTHORIZED' });
    for (const other of [
      { ...message, url: '/webhooks/stripe' },
      { ...message, headers: { ...message.headers, host: 'elsewhere.example' } },
      { ...message, headers: { ...message.headers, 'x-ms-date': 'yesterday' } },
    ]) {
      expect(() => gateway.acceptWebhook(other)).toThrow(UntrustedWebhook);
    }
  });

  it('is asked nothing that its own description of its API does not allow', () => {
    expect(sandbox.violations).toEqual([]);
  });
});
