import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { SANDBOX_CREDENTIALS, startSandbox, type Sandbox } from '../../sandbox/sandbox.js';
import { StripeClient } from '../../src/integrations/stripe/stripe-client.js';
import { StripePaymentGateway } from '../../src/integrations/stripe/stripe-payment-gateway.js';
import { Metrics } from '../../src/platform/observability/metrics/metrics.js';
import { ProviderCalls } from '../../src/platform/ports/provider-calls.js';
import { paymentGatewayContract } from './payment-gateway.contract.js';

const operations = {
  'create checkout': 'checkout.sessions.create',
  'fetch checkout': 'checkout.sessions.retrieve',
  refund: 'refunds.create',
};

let sandbox: Sandbox;
let gateway: StripePaymentGateway;

beforeAll(async () => {
  sandbox = await startSandbox({ vendorSpecs: process.env['VENDOR_SPECS'] });
});

// A new one each time, whose circuit breaker has not met the faults of the test before.
beforeEach(() => {
  sandbox.faults.clear();
  const { stripeSecretKey: secretKey, stripeWebhookSecret: webhookSecret } = SANDBOX_CREDENTIALS;
  const config = { secretKey, webhookSecret, apiUrl: sandbox.url, mobilePay: false, timeoutMs: 400 };
  gateway = new StripePaymentGateway(new StripeClient(config, new ProviderCalls(new Metrics())), config);
});

afterAll(() => sandbox.close());

paymentGatewayContract('Stripe', () => ({
  gateway: () => gateway,
  customerPays: async (ref) => {
    await sandbox.stripe.pay(sandbox.stripe.account.checkout(ref), '4242424242424242');
  },
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
}));

it('Stripe’s own description of its API allows every call', () => {
  expect(sandbox.violations).toEqual([]);
});
