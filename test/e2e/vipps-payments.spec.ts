import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { SANDBOX_CREDENTIALS } from '../../sandbox/sandbox.js';
import { signedHeaders } from '../../sandbox/vipps/vipps-signature.js';
import type { Id } from '../../src/platform/values/id.js';
import { platformAdmin } from '../support/test-school.js';
import { until } from '../support/until.js';
import { krone, Till } from './till.js';
import { ordersOf, tellAllAgain } from './webhook-storm.js';

const { vippsClientId, vippsClientSecret, vippsWebhookSecret } = SANDBOX_CREDENTIALS;

let till: Till;

beforeAll(async () => {
  till = await Till.open({
    PAYMENT_PROVIDER: 'vipps',
    VIPPS_CLIENT_ID: vippsClientId,
    VIPPS_CLIENT_SECRET: vippsClientSecret,
    VIPPS_SUBSCRIPTION_KEY: 'sandbox',
    VIPPS_MERCHANT_SERIAL_NUMBER: '123456',
    VIPPS_WEBHOOK_SECRET: vippsWebhookSecret,
    VIPPS_TIMEOUT_MS: '8000',
  });
});
afterEach(() => till.tidy());
afterAll(() => till?.close());

const recordOf = (paymentId: Id) => till.test.sandbox.vipps.payments.get(paymentId);

describe('an invoice paid by Vipps MobilePay', () => {
  it('is paid once, by the page, the webhooks and the checks together, and its money goes back the same way', async () => {
    const { student, invoiceId } = await till.invoiced();
    const { paymentId, url } = await till.checkout(student, invoiceId);
    expect((await fetch(url)).status).toBe(200);
    const approve = { method: 'POST', body: new URLSearchParams({ answer: 'approve' }), redirect: 'manual' } as const;
    expect((await fetch(url, approve)).status).toBe(303);
    await Promise.all([till.test.settle(), till.reconcile()]);
    expect(await till.payment(paymentId)).toMatchObject({ state: 'succeeded', received: krone(650) });
    expect(await till.invoice(invoiceId)).toMatchObject({ state: 'paid' });
    expect(recordOf(paymentId)).toMatchObject({ captured: 65_000, cancelled: 0 });
    await till.nord.owner.post(`/payments/${paymentId}/refunds`, { reason: 'Fejl' }).expect(202);
    await till.test.settle();
    expect(recordOf(paymentId)).toMatchObject({ refunded: 65_000 });
    expect((await till.payment(paymentId)).refunds).toMatchObject([{ state: 'succeeded' }]);
  });

  it('is paid once when the customer is faster than our own answer', async () => {
    const { student, invoiceId } = await till.invoiced();
    for (const operation of ['payments.create', 'payments.capture']) {
      till.test.sandbox.faults.add({ system: 'vipps', operation, kind: 'webhook_before_answer' });
    }
    const { paymentId } = await till.checkout(student, invoiceId);
    await till.test.settle();
    expect(await till.payment(paymentId)).toMatchObject({ state: 'succeeded', received: krone(650) });
    expect(recordOf(paymentId)).toMatchObject({ captured: 65_000 });
  });

  it('is one payment and one refund, however often it is all told, in every order, and after a restart', async () => {
    const { webhooks } = till.test.sandbox.vipps;
    const told = webhooks.log().length;
    const { student, studentId, invoiceId } = await till.invoiced();
    const { paymentId } = await till.checkout(student, invoiceId);
    await till.test.sandbox.vipps.approve(paymentId);
    await till.test.settle();
    await till.nord.owner.post(`/payments/${paymentId}/refunds`, { amount: krone(50), reason: 'Fejl' }).expect(202);
    await till.test.settle();
    const before = [await till.payment(paymentId), await till.balance(studentId)];
    expect(before).toMatchObject([{ state: 'succeeded', refunded: krone(50) }, 5_000]);
    const messages = webhooks.log().slice(0, webhooks.log().length - told);
    expect(messages.length).toBeGreaterThan(2);
    const wanted = messages.filter(({ event }) => ['AUTHORIZED', 'CAPTURED', 'REFUNDED'].includes(event.name));
    for (const order of ordersOf(wanted)) for (const { id } of order) await webhooks.resend(id);
    await tellAllAgain(till, webhooks, told);
    expect([await till.payment(paymentId), await till.balance(studentId)]).toEqual(before);
    expect(recordOf(paymentId)).toMatchObject({ captured: 65_000, refunded: 5_000 });
  });

  it('is told by a message that comes late, or that we could not take at first', async () => {
    const { student, invoiceId } = await till.invoiced();
    const { paymentId } = await till.checkout(student, invoiceId);
    const { faults, vipps } = till.test.sandbox;
    faults.add({ system: 'vipps', kind: 'webhook_delay', operation: 'AUTHORIZED', delayMs: 50 });
    await vipps.approve(paymentId);
    await until(async () => {
      await till.test.settle();
      return (await till.payment(paymentId)).state === 'succeeded';
    }, 30);
    expect(recordOf(paymentId)).toMatchObject({ captured: 65_000 });
  });

  it('is still open when the bank refuses the amount, as Vipps’ own test amounts do', async () => {
    const { student, invoiceId } = await till.invoiced(1.51);
    const { paymentId, url } = await till.checkout(student, invoiceId);
    await till.test.sandbox.vipps.approve(paymentId);
    await till.test.settle();
    expect(await till.payment(paymentId)).toMatchObject({ state: 'pending', received: krone(0) });
    const sayNo = { method: 'POST', body: new URLSearchParams({ answer: 'abort' }), redirect: 'manual' } as const;
    const back = (await fetch(url, sayNo)).headers.get('location')!;
    const page = await fetch(back);
    expect([page.status, await page.text()]).toEqual([200, expect.stringContaining(`value="${paymentId}"`)]);
  });

  it('is found paid when no webhook came', async () => {
    const { student, invoiceId } = await till.invoiced();
    const { paymentId } = await till.checkout(student, invoiceId);
    till.test.sandbox.vipps.payments.approve(recordOf(paymentId));
    till.test.sandbox.vipps.payments.takeUntold();
    till.test.clock.advance({ hours: 1 });
    await till.reconcile();
    await till.test.settle();
    expect(await till.payment(paymentId)).toMatchObject({ state: 'succeeded', received: krone(650) });
  });

  it('is still owed when the customer says no, and can be paid anew', async () => {
    const { student, invoiceId } = await till.invoiced();
    const first = await till.checkout(student, invoiceId);
    await till.test.sandbox.vipps.end(first.paymentId, 'ABORTED');
    await till.test.settle();
    expect(await till.payment(first.paymentId)).toMatchObject({ state: 'failed', received: krone(0) });
    const second = await till.checkout(student, invoiceId);
    expect(second.paymentId).not.toBe(first.paymentId);
    await till.test.sandbox.vipps.approve(second.paymentId);
    await till.test.settle();
    expect(await till.invoice(invoiceId)).toMatchObject({ state: 'paid' });
  });

  it('believes the API, whatever a message says, and no message that somebody else has signed', async () => {
    const { student, invoiceId } = await till.invoiced();
    const { paymentId } = await till.checkout(student, invoiceId);
    const body = JSON.stringify({ reference: paymentId, pspReference: 'psp', name: 'CAPTURED', success: true });
    const tell = (secret: string) =>
      till.test.http
        .post('/webhooks/vipps')
        .type('json')
        .set(signedHeaders(body, new URL('/webhooks/vipps', till.test.url), secret))
        .send(body);
    expect((await tell('somebody-elses').expect(400)).body.code).toBe('webhook.untrusted');
    await tell(vippsWebhookSecret).expect(204);
    await till.test.settle();
    expect(await till.payment(paymentId)).toMatchObject({ state: 'pending', received: krone(0) });
  });

  it('is for schools without an account of their own, as Vipps MobilePay has none', async () => {
    const admin = await platformAdmin(till.test);
    const choose = (choice: object) => admin.put(`/v1/schools/${till.syd.id}/payment-gateway`, choice);
    const refused = await choose({ provider: 'vipps', accountRef: 'msn-1' }).expect(422);
    expect(refused.body.code).toBe('payment_gateway.no_school_accounts');
    await choose({ provider: 'stripe', accountRef: null }).expect(200);
    await choose({ provider: 'vipps', accountRef: null }).expect(200);
  });
});
