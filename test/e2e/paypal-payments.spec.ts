import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { SANDBOX_CREDENTIALS } from '../../sandbox/sandbox.js';
import { signedHeaders } from '../../sandbox/paypal/paypal-signature.js';
import type { Id } from '../../src/platform/values/id.js';
import { until } from '../support/until.js';
import { krone, Till } from './till.js';
import { ordersOf, tellAllAgain } from './webhook-storm.js';

const { paypalClientId, paypalClientSecret, paypalWebhookId } = SANDBOX_CREDENTIALS;

let till: Till;

beforeAll(async () => {
  till = await Till.open({
    PAYMENT_PROVIDER: 'paypal',
    PAYPAL_CLIENT_ID: paypalClientId,
    PAYPAL_CLIENT_SECRET: paypalClientSecret,
    PAYPAL_WEBHOOK_ID: paypalWebhookId,
    PAYPAL_TIMEOUT_MS: '8000',
  });
});
afterEach(() => till.tidy());
afterAll(() => till?.close());

const paypal = () => till.test.sandbox.paypal;

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

  it('is told by a message that we could not take at first, as PayPal sends it again', async () => {
    const { student, invoiceId } = await till.invoiced();
    const { paymentId } = await till.checkout(student, invoiceId);
    // PayPal cannot be asked whose the message is: it is answered with an error.
    till.test.sandbox.faults.add({ system: 'paypal', operation: 'webhooks.verify', kind: 'error_500', times: 3 });
    await paypal().approve(orderOf(paymentId).id, { declines: true });
    const [message] = paypal().webhooks.log();
    expect(message).toMatchObject({ state: 'retrying', attempts: [{ result: 500 }] });
    await until(async () => {
      await till.test.settle();
      return (await till.payment(paymentId)).state === 'failed';
    }, 30);
    expect(message).toMatchObject({ state: 'delivered' });
  });

  it('is paid once when the customer is faster than our own answer', async () => {
    const { student, invoiceId } = await till.invoiced();
    for (const operation of ['orders.create', 'orders.capture']) {
      till.test.sandbox.faults.add({ system: 'paypal', operation, kind: 'webhook_before_answer' });
    }
    const { paymentId } = await till.checkout(student, invoiceId);
    expect(await outcomeOf(paymentId)).toMatchObject({ state: 'succeeded', received: krone(650) });
    expect(orderOf(paymentId).captures).toHaveLength(1);
    expect(await till.invoice(invoiceId)).toMatchObject({ state: 'paid', paid: krone(650) });
  });

  it('is one payment, one refund and one dispute, however often it is all told, and after a restart', async () => {
    const told = paypal().webhooks.log().length;
    const { student, studentId, invoiceId } = await till.invoiced();
    const { paymentId } = await till.checkout(student, invoiceId);
    await paypal().approve(orderOf(paymentId).id);
    await outcomeOf(paymentId);
    await till.nord.owner.post(`/payments/${paymentId}/refunds`, { amount: krone(50), reason: 'Fejl' }).expect(202);
    await till.test.settle();
    const dispute = await paypal().dispute(orderOf(paymentId).captures[0]!.id, {
      currency_code: 'DKK',
      value: '600.00',
    });
    await paypal().escalate(dispute);
    await paypal().decide(dispute, 'RESOLVED_BUYER_FAVOUR');
    await till.test.settle();
    const stands = async () => [
      await till.payment(paymentId),
      await till.balance(studentId),
      (await till.nord.owner.get('/disputes').expect(200)).body.items,
    ];
    const before = await stands();
    expect(before).toMatchObject([{ refunded: krone(50) }, 65_000, [{ paymentId, state: 'lost', amount: krone(600) }]]);
    await tellAllAgain(till, paypal().webhooks, told);
    expect(await stands()).toEqual(before);
    expect(orderOf(paymentId)).toMatchObject({ captures: [{}], refunds: [{}] });
  });

  it('has its dispute in every order in which it may be told, also before we know that it is paid', async () => {
    const kinds = ['CHECKOUT.ORDER.APPROVED', 'CUSTOMER.DISPUTE.CREATED', 'CUSTOMER.DISPUTE.RESOLVED'];
    const { webhooks, orders } = paypal();
    for (const order of ordersOf(kinds)) {
      const { student, invoiceId } = await till.invoiced();
      const { paymentId } = await till.checkout(student, invoiceId);
      till.test.sandbox.faults.add({ system: 'paypal', kind: 'webhook_hold', times: 4 });
      await paypal().approve(orderOf(paymentId).id);
      orders.capture(orderOf(paymentId));
      const dispute = await paypal().dispute(orderOf(paymentId).captures[0]!.id);
      await paypal().decide(dispute, 'RESOLVED_SELLER_FAVOUR');
      till.test.sandbox.faults.clear();
      const held = webhooks.log().filter(({ state }) => state === 'held');
      for (const kind of order) {
        await webhooks.resend(held.find(({ event }) => event.event_type === kind)!.id);
        await till.test.settle();
      }
      await webhooks.release();
      await till.test.settle();
      expect(await till.invoice(invoiceId)).toMatchObject({ state: 'paid', paid: krone(650) });
      const { items } = (await till.nord.owner.get('/disputes?limit=100').expect(200)).body;
      expect(items.filter((each: { paymentId: Id }) => each.paymentId === paymentId)).toMatchObject([{ state: 'won' }]);
    }
  });

  it('is taken back while it is disputed, and is nobody’s when it is about no payment of ours', async () => {
    const { student, studentId, invoiceId } = await till.invoiced();
    const { paymentId } = await till.checkout(student, invoiceId);
    await paypal().approve(orderOf(paymentId).id);
    await outcomeOf(paymentId);
    const dispute = await paypal().dispute(orderOf(paymentId).captures[0]!.id);
    await till.test.settle();
    expect(await till.invoice(invoiceId)).toMatchObject({ state: 'issued', paid: krone(0) });
    expect(await till.balance(studentId)).toBe(65_000);
    await paypal().decide(dispute, 'CANCELED_BY_BUYER');
    await till.test.settle();
    expect(await till.invoice(invoiceId)).toMatchObject({ state: 'paid', paid: krone(650) });
    const theirs = { dispute_id: 'PP-R-1', status: 'OPEN', dispute_amount: { currency_code: 'DKK', value: '1.00' } };
    const resource = { ...theirs, disputed_transactions: [{ seller_transaction_id: 'A'.repeat(17) }] };
    const body = JSON.stringify({ id: 'WH-theirs', event_type: 'CUSTOMER.DISPUTE.CREATED', resource });
    const headers = signedHeaders(body, paypalWebhookId);
    await till.test.http.post('/webhooks/paypal').type('json').set(headers).send(body).expect(204);
    await till.test.settle();
    const { items } = (await till.nord.owner.get('/disputes?limit=100').expect(200)).body;
    expect(items.map(({ amount }: { amount: { amount: number } }) => amount.amount)).not.toContain(100);
  });

  it('is not paid when the customer gives up on PayPal’s page, and may be paid from there after all', async () => {
    const { student, invoiceId } = await till.invoiced();
    const { paymentId, url } = await till.checkout(student, invoiceId);
    const giveUp = { method: 'POST', body: new URLSearchParams({ answer: 'cancel' }), redirect: 'manual' } as const;
    const back = (await fetch(url, giveUp)).headers.get('location')!;
    expect(back).toContain('/pay/cancelled?');
    const page = await fetch(back);
    expect([page.status, await page.text()]).toEqual([200, expect.stringContaining(`value="${paymentId}"`)]);
    expect(await till.payment(paymentId)).toMatchObject({ state: 'pending', received: krone(0) });
    expect((await till.checkout(student, invoiceId)).url).toBe(url);
  });

  it('is paid on PayPal’s own page alone: there is nothing for an app of the school’s', async () => {
    const { student, invoiceId } = await till.invoiced();
    const refused = await student.post(`/invoices/${invoiceId}/payment-intents`).expect(409);
    expect(refused.body.code).toBe('payment.intents_not_supported');
    await till.checkout(student, invoiceId);
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
