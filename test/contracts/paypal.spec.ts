import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { SANDBOX_CREDENTIALS, startSandbox, type Sandbox } from '../../sandbox/sandbox.js';
import { signedHeaders, SIGNING_SECRET } from '../../sandbox/paypal/paypal-signature.js';
import { cents } from '../../sandbox/paypal/paypal-orders.js';
import { startApplication, type ListeningApplication } from '../../sandbox/testing/application.js';
import { PaypalClient } from '../../src/integrations/paypal/paypal-client.js';
import { PaypalPaymentGateway } from '../../src/integrations/paypal/paypal-payment-gateway.js';
import { Metrics } from '../../src/platform/observability/metrics/metrics.js';
import { ProviderCalls } from '../../src/platform/ports/provider-calls.js';
import { UntrustedWebhook, type WebhookRequest } from '../../src/platform/webhooks/webhook-adapter.js';
import { newId } from '../../src/platform/values/id.js';
import { Money } from '../../src/platform/values/money.js';
import { checkoutOf, paymentGatewayContract } from './payment-gateway.contract.js';

const operations = {
  'create checkout': 'orders.create',
  'fetch checkout': 'orders.get',
  'charge customer': 'none',
  capture: 'orders.capture',
  refund: 'captures.refund',
};

const { paypalClientId: clientId, paypalClientSecret: clientSecret, paypalWebhookId: webhookId } = SANDBOX_CREDENTIALS;
const url = '/webhooks/paypal';

let sandbox: Sandbox;
let gateway: PaypalPaymentGateway;
let listening: ListeningApplication;

beforeAll(async () => {
  listening = await startApplication();
  sandbox = await startSandbox({ vendorSpecs: process.env['VENDOR_SPECS'], appUrl: listening.url });
});

// A new one each time, whose circuit breaker has not met the faults of the test before.
beforeEach(() => {
  sandbox.faults.clear();
  const config = { clientId, clientSecret, webhookId, apiUrl: sandbox.url, timeoutMs: 400 };
  gateway = new PaypalPaymentGateway(new PaypalClient(config, new ProviderCalls(new Metrics())), config);
});

afterAll(async () => {
  await sandbox.close();
  await listening.close();
});

function signed(body: string, secret?: string, at?: Date): WebhookRequest {
  return { body: Buffer.from(body), headers: signedHeaders(body, webhookId, secret, at), url };
}

function heard(): WebhookRequest[] {
  const ours = listening.received.filter((one) => one.url === url);
  return ours.map(({ body, headers }) => ({ body: Buffer.from(body), headers, url }));
}

const orders = () => [...sandbox.paypal.orders.all.values()];
const ordersOf = (paymentId: string) => orders().filter(({ unit }) => unit.invoice_id === paymentId);
const event = (kind: string, resource: object) => JSON.stringify({ id: newId(), event_type: kind, resource });

paymentGatewayContract('PayPal', () => ({
  gateway: () => gateway,
  rejectedAmount: 0,
  customerPays: (ref) => sandbox.paypal.approve(ref),
  customerSaves: () => Promise.reject(new Error('saves no cards')),
  chargesOf: (paymentId) =>
    ordersOf(paymentId)
      .flatMap(({ captures }) => captures)
      .map(({ amount }) => cents(amount)),
  checkoutsOf: (paymentId) => ordersOf(paymentId).length,
  refundsOf: (refundId) =>
    orders()
      .flatMap(({ refunds }) => refunds)
      .filter(({ custom_id: name }) => name?.endsWith(refundId))
      .map(({ amount }) => cents(amount)),
  breakCalls: (operation, kind) =>
    sandbox.faults.add({ system: 'paypal', operation: operations[operation], kind, times: 50, delayMs: 50 }),
  heal: () => sandbox.faults.clear(),
  heard,
  forged: ({ body }) => signed(body.toString(), 'somebody-elses'),
  // PayPal itself goes on for three days.
  stale: ({ body }) => signed(body.toString(), SIGNING_SECRET, new Date(Date.now() - 5 * 86_400_000)),
  ofUnknownKind: () => signed(event('MOON.LANDED', { id: newId() })),
}));

describe('PayPal', () => {
  const opened = async () => {
    const intent = checkoutOf();
    const answer = await gateway.createCheckout(intent);
    if (answer.outcome !== 'accepted') throw new Error(answer.reason);
    return { intent, at: { ref: answer.ref, account: null } };
  };

  it('takes an approved payment once, whoever hears of it first', async () => {
    const { intent, at } = await opened();
    await sandbox.paypal.approve(at.ref);
    const told = gateway.parseWebhook(event('CHECKOUT.ORDER.APPROVED', { id: at.ref }));
    const answers = await Promise.all([gateway.fetchPayment(at), told, gateway.cancel(at), gateway.fetchPayment(at)]);
    for (const { status } of answers as { status: unknown }[]) expect(status).toMatchObject({ state: 'paid' });
    expect(ordersOf(intent.paymentId)[0]?.captures).toHaveLength(1);
  });

  it('finds the money taken when the answer to the capture was lost', async () => {
    const { intent, at } = await opened();
    await sandbox.paypal.approve(at.ref);
    sandbox.faults.add({ system: 'paypal', operation: 'orders.capture', kind: 'timeout_after_acting', times: 3 });
    expect(await gateway.fetchPayment(at)).toMatchObject({ outcome: 'unknown' });
    sandbox.faults.clear();
    expect(await gateway.fetchPayment(at)).toMatchObject({ status: { state: 'paid', received: intent.amount } });
    expect(ordersOf(intent.paymentId)[0]?.captures).toHaveLength(1);
  });

  it('takes no money of an order that was closed, even when the customer approves it then', async () => {
    const { intent, at } = await opened();
    const expired = { outcome: 'accepted', status: { state: 'expired' } };
    expect(await gateway.cancel(at)).toMatchObject(expired);
    await sandbox.paypal.approve(at.ref);
    expect(await gateway.fetchPayment(at)).toMatchObject(expired);
    expect(ordersOf(intent.paymentId)[0]?.captures).toEqual([]);
  });

  it('says that a card was declined, and never takes that order later', async () => {
    const { at } = await opened();
    await sandbox.paypal.approve(at.ref, { declines: true });
    const answer = await gateway.fetchPayment(at);
    expect(answer).toMatchObject({ status: { state: 'failed', reason: 'instrument_declined' } });
    expect(sandbox.paypal.orders.get(at.ref).intent).toBe('AUTHORIZE');
  });

  it('calls an order expired that PayPal has forgotten', async () => {
    const { at } = await opened();
    sandbox.paypal.orders.all.delete(at.ref);
    expect(await gateway.fetchPayment(at)).toMatchObject({ status: { state: 'expired', reason: null } });
  });

  it('reserves nothing, as it takes all or nothing', async () => {
    const reserve = { ...checkoutOf(), capture: 'manual' as const };
    expect(await gateway.createCheckout(reserve)).toEqual({ outcome: 'rejected', reason: 'unsupported' });
  });

  it('tells of our refunds, and of none that was made by hand at PayPal', async () => {
    const { intent, at } = await opened();
    await sandbox.paypal.approve(at.ref);
    const paid = await gateway.fetchPayment(at);
    const { chargeRef } = (paid as { status: { chargeRef: string } }).status;
    const refund = { refundId: newId(), schoolId: intent.schoolId, account: null, chargeRef };
    const made = await gateway.refund({ ...refund, amount: Money.of(1_005) });
    const { ref } = (made as { status: { ref: string } }).status;
    expect(await gateway.parseWebhook(event('PAYMENT.CAPTURE.REFUNDED', { id: ref }))).toMatchObject({
      about: 'refund',
      schoolId: intent.schoolId,
      refundId: refund.refundId,
      status: { state: 'succeeded', ref },
    });
    const byHand = sandbox.paypal.orders.refund(chargeRef, { amount: { currency_code: 'DKK', value: '1.00' } });
    expect(await gateway.parseWebhook(event('PAYMENT.CAPTURE.REFUNDED', byHand))).toMatchObject({ about: 'nothing' });
  });

  it('leaves a message to be sent again while PayPal cannot be asked whose it is', async () => {
    sandbox.faults.add({ system: 'paypal', operation: 'webhooks.verify', kind: 'error_500', times: 3 });
    const message = signed(event('PAYMENT.CAPTURE.COMPLETED', { id: newId() }));
    await expect(gateway.acceptWebhook(message)).rejects.not.toThrow(UntrustedWebhook);
    expect(await gateway.acceptWebhook(message)).toMatchObject({ kind: 'PAYMENT.CAPTURE.COMPLETED' });
  });

  it('is asked nothing that its own description of its API does not allow', () => {
    expect(sandbox.violations).toEqual([]);
  });
});
