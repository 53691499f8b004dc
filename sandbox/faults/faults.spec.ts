import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Stripe } from 'stripe';
import type { Sandbox } from '../sandbox.js';
import { startTestSandbox, stripeClient, twilioClient } from '../testing/clients.js';

describe('Faults on demand', () => {
  let sandbox: Sandbox;
  let stripe: Stripe;

  beforeAll(async () => {
    sandbox = await startTestSandbox();
    stripe = stripeClient(sandbox);
  });
  beforeEach(() => sandbox.reset());
  afterAll(() => sandbox.close());

  const order = { amount: 70_000, currency: 'dkk' };
  const intents = (): number => sandbox.stripe.account.paymentIntents.size;

  it.each([
    ['timeout_before', 0],
    ['timeout_after_acting', 1],
  ] as const)('%s: the caller waits in vain, and %d intents exist', async (kind, existing) => {
    sandbox.faults.add({ system: 'stripe', operation: 'payment_intents.create', kind });
    await expect(stripe.paymentIntents.create(order, { timeout: 150 })).rejects.toMatchObject({
      type: 'StripeConnectionError',
    });
    expect(intents()).toBe(existing);
  });

  it('answers the retry of a call that was cut off after acting with what was done', async () => {
    sandbox.faults.add({ system: 'stripe', kind: 'timeout_after_acting', delayMs: 50 });
    const retried = await stripe.paymentIntents.create(order, { idempotencyKey: 'k', maxNetworkRetries: 1 });
    expect(retried.lastResponse.headers['idempotent-replayed']).toBe('true');
    expect(intents()).toBe(1);
  });

  it.each([
    ['error_500', 'StripeAPIError'],
    ['rate_limited', 'StripeRateLimitError'],
    ['garbage', 'StripeAPIError'],
  ] as const)('%s', async (kind, type) => {
    sandbox.faults.add({ system: 'stripe', kind });
    await expect(stripe.paymentIntents.create(order)).rejects.toMatchObject({ type });
    expect(intents()).toBe(0);
    await stripe.paymentIntents.create(order);
  });

  it('slow', async () => {
    sandbox.faults.add({ system: 'stripe', kind: 'slow', delayMs: 100 });
    const start = Date.now();
    await stripe.paymentIntents.create(order);
    expect(Date.now() - start).toBeGreaterThanOrEqual(95);
  });

  it('strikes only its operation, and only so many times', async () => {
    sandbox.faults.add({ system: 'stripe', operation: 'refunds.create', kind: 'error_500' });
    sandbox.faults.add({ system: 'twilio', kind: 'rate_limited', times: 2 });
    await stripe.paymentIntents.create(order);
    const send = (): Promise<unknown> =>
      twilioClient(sandbox).messages.create({ to: '+4520123456', from: '+4520000000', body: 'Hej' });
    await expect(send()).rejects.toMatchObject({ status: 429, code: 20429 });
    await expect(send()).rejects.toMatchObject({ status: 429 });
    await send();
    expect(sandbox.faults.list()).toMatchObject([{ operation: 'refunds.create' }]);
  });

  it('is ordered, listed and cleared over HTTP', async () => {
    const url = `${sandbox.url}/_sandbox/faults`;
    const put = async (body: object): Promise<number> =>
      (
        await fetch(url, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(body),
        })
      ).status;
    expect(await put({ system: 'twilio', kind: 'slow', times: 3, delayMs: 10 })).toBe(201);
    expect(await put({ system: 'acme', kind: 'slow' })).toBe(400);
    expect(await (await fetch(url)).json()).toEqual({
      faults: [{ system: 'twilio', kind: 'slow', times: 3, delayMs: 10 }],
    });
    expect((await fetch(url, { method: 'DELETE' })).status).toBe(204);
    expect(sandbox.faults.list()).toEqual([]);
  });
});
