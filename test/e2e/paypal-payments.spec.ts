import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { SANDBOX_CREDENTIALS } from '../../sandbox/sandbox.js';
import { signedHeaders } from '../../sandbox/paypal/paypal-signature.js';
import type { Id } from '../../src/platform/values/id.js';
import { until } from '../support/until.js';
import { krone, Till } from './till.js';

const { paypalClientId, paypalClientSecret, paypalWebhookId } = SANDBOX_CREDENTIALS;

let till: Till;

beforeAll(async () => {
  till = await Till.open({
    PAYMENT_PROVIDER: 'paypal',
    PAYPAL_CLIENT_ID: paypalClientId,
    PAYPAL_CLIENT_SECRET: paypalClientSecret,
    PAYPAL_WEBHOOK_ID: paypalWebhookId,
    PAYPAL_TIMEOUT_MS: '2000',
  });
});
afterEach(() => till.tidy());
afterAll(() => till?.close());

function orderOf(paymentId: Id) {
  const all = [...till.test.sandbox.paypal.orders.all.values()];
  return all.find(({ unit }) => unit.invoice_id === paymentId)!;
}

/** By the webhook, or by the check that is made when a message was lost on a busy machine. */
async function outcomeOf(paymentId: Id) {
  await until(async () => {
    await till.test.settle();
    if ((await till.payment(paymentId)).state !== 'pending') return true;
    till.test.clock.advance({ minutes: 3 });
    await till.reconcile();
    return false;
  }, 30);
  return till.payment(paymentId);
}

describe('an invoice paid by PayPal', () => {
  it('is paid once, by the page, the webhooks and the checks together, and its money goes back the same way', async () => {
    const { student, invoiceId } = await till.invoiced();
    const { paymentId, url } = await till.checkout(student, invoiceId);
    expect((await fetch(url)).status).toBe(200);
    const approve = { method: 'POST', body: new URLSearchParams({ answer: 'approve' }), redirect: 'manual' } as const;
    expect((await fetch(url, approve)).status).toBe(303);
    await Promise.all([till.test.settle(), till.reconcile()]);
    expect(await outcomeOf(paymentId)).toMatchObject({ state: 'succeeded', received: krone(650) });
    expect(await till.invoice(invoiceId)).toMatchObject({ state: 'paid' });
    expect(orderOf(paymentId).captures).toMatchObject([{ amount: { value: '650.00' } }]);
    await till.nord.owner.post(`/payments/${paymentId}/refunds`, { reason: 'Fejl' }).expect(202);
    await till.test.settle();
    expect(orderOf(paymentId).refunds).toMatchObject([{ amount: { value: '650.00' } }]);
    expect((await till.payment(paymentId)).refunds).toMatchObject([{ state: 'succeeded' }]);
  });

  it('is found paid when no webhook came', async () => {
    const { student, invoiceId } = await till.invoiced();
    const { paymentId } = await till.checkout(student, invoiceId);
    till.test.sandbox.paypal.orders.approve(orderOf(paymentId));
    till.test.sandbox.paypal.orders.takeUntold();
    till.test.clock.advance({ hours: 1 });
    await till.reconcile();
    await till.test.settle();
    expect(await till.payment(paymentId)).toMatchObject({ state: 'succeeded', received: krone(650) });
  });

  it('is still owed when the card is declined, and can be paid anew', async () => {
    const { student, invoiceId } = await till.invoiced();
    const first = await till.checkout(student, invoiceId);
    await till.test.sandbox.paypal.approve(orderOf(first.paymentId).id, { declines: true });
    expect(await outcomeOf(first.paymentId)).toMatchObject({ state: 'failed', received: krone(0) });
    const second = await till.checkout(student, invoiceId);
    await till.test.sandbox.paypal.approve(orderOf(second.paymentId).id);
    expect(await outcomeOf(second.paymentId)).toMatchObject({ state: 'succeeded' });
    expect(await till.invoice(invoiceId)).toMatchObject({ state: 'paid' });
  });

  it('believes the API, whatever a message says, and no message that PayPal has not sent', async () => {
    const { student, invoiceId } = await till.invoiced();
    const { paymentId } = await till.checkout(student, invoiceId);
    const resource = { id: orderOf(paymentId).id, status: 'COMPLETED' };
    const body = JSON.stringify({ id: `WH-${paymentId}`, event_type: 'CHECKOUT.ORDER.APPROVED', resource });
    const tell = (secret?: string) =>
      till.test.http
        .post('/webhooks/paypal')
        .type('json')
        .set(signedHeaders(body, paypalWebhookId, secret))
        .send(body);
    expect((await tell('somebody-elses').expect(400)).body.code).toBe('webhook.untrusted');
    await tell().expect(204);
    await till.test.settle();
    expect(await till.payment(paymentId)).toMatchObject({ state: 'pending', received: krone(0) });
  });
});
