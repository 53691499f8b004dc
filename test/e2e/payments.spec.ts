import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { RecordPaymentOutcome } from '../../src/modules/finance/index.js';
import type { Id } from '../../src/platform/values/id.js';
import { Money } from '../../src/platform/values/money.js';
import { until } from '../support/until.js';
import { krone, statusesOf, Till } from './till.js';

let till: Till;

beforeAll(async () => {
  till = await Till.open();
});
afterEach(() => till.tidy());
afterAll(() => till?.close());

describe('a payment', () => {
  it('is one even when the provider acts and does not answer', async () => {
    const { student, invoiceId } = await till.invoiced();
    till.test.sandbox.faults.add({
      system: 'stripe',
      kind: 'timeout_after_acting',
      operation: 'checkout.sessions.create',
      times: 50,
      delayMs: 5,
    });
    const refused = await student.post(`/invoices/${invoiceId}/checkout`).expect(503);
    expect(refused.body.code).toBe('payment.provider_unavailable');
    const { items } = (await till.nord.owner.get(`/payments?invoiceId=${invoiceId}`).expect(200)).body;
    expect(items).toMatchObject([{ state: 'unknown' }]);

    till.test.sandbox.faults.clear();
    till.test.clock.advance({ minutes: 5 });
    await till.reconcile();
    const paymentId: Id = items[0].id;
    expect(await till.payment(paymentId)).toMatchObject({ state: 'pending' });
    const again = await till.checkout(student, invoiceId);
    expect(again.paymentId).toBe(paymentId);
    expect(till.sessionsOf(paymentId)).toHaveLength(1);
    await till.pay(again.url);
    expect(await till.invoice(invoiceId)).toMatchObject({ state: 'paid', paid: krone(650) });
  });

  it('is one when two ask at once', async () => {
    const { student, invoiceId } = await till.invoiced();
    const answers = await Promise.all(Array.from({ length: 5 }, () => student.post(`/invoices/${invoiceId}/checkout`)));
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 201));
    expect(new Set(answers.map(({ body }) => body.url)).size).toBe(1);
    expect((await till.nord.owner.get(`/payments?invoiceId=${invoiceId}`).expect(200)).body.items).toHaveLength(1);
  });

  it('stays open when the card is declined', async () => {
    const { student, invoiceId } = await till.invoiced();
    const { paymentId, url } = await till.checkout(student, invoiceId);
    await till.pay(url, '4000000000000002');
    expect(await till.payment(paymentId)).toMatchObject({ state: 'pending', received: krone(0) });
    await till.pay(url);
    expect(await till.payment(paymentId)).toMatchObject({ state: 'succeeded' });
  });

  it('ends when its checkout expires, and a new one can be made', async () => {
    const { student, invoiceId } = await till.invoiced();
    const { paymentId, url } = await till.checkout(student, invoiceId);
    till.test.sandbox.faults.add({ system: 'stripe', kind: 'webhook_hold', operation: 'checkout.session.expired' });
    till.test.sandbox.stripe.checkouts.expire(till.sessionAt(url).session.id);
    till.test.clock.advance({ minutes: 3 });
    await till.reconcile();
    expect(await till.payment(paymentId)).toMatchObject({ state: 'expired' });
    const next = await till.checkout(student, invoiceId);
    expect(next.paymentId).not.toBe(paymentId);
    await till.pay(next.url);
    expect(await till.invoice(invoiceId)).toMatchObject({ state: 'paid' });
  });

  it('that arrives after another has paid the invoice is the student’s credit', async () => {
    const { student, studentId, invoiceId } = await till.invoiced();
    const late = await till.checkout(student, invoiceId);
    till.test.sandbox.stripe.checkouts.expire(till.sessionAt(late.url).session.id);
    till.test.clock.advance({ minutes: 3 });
    await till.reconcile();
    await till.pay((await till.checkout(student, invoiceId)).url);
    const status = {
      state: 'paid',
      ref: till.sessionAt(late.url).session.id,
      chargeRef: 'pi_late',
      received: Money.of(65_000),
    } as const;
    for (let time = 0; time < 2; time++) {
      await till.nord.run(() =>
        till.test.app.get(RecordPaymentOutcome, { strict: false }).execute(late.paymentId, status),
      );
    }
    expect(await till.payment(late.paymentId)).toMatchObject({ state: 'succeeded' });
    expect(await till.invoice(invoiceId)).toMatchObject({ state: 'paid', paid: krone(650) });
    expect(await till.balance(studentId)).toBe(-65_000);
  });

  it('in another currency is kept in sight and counts for nothing', async () => {
    const { student, invoiceId } = await till.invoiced();
    const { paymentId, url } = await till.checkout(student, invoiceId);
    const status = {
      state: 'paid',
      ref: till.sessionAt(url).session.id,
      chargeRef: 'pi_eur',
      received: Money.of(65_000, 'EUR'),
    } as const;
    await till.nord.run(() => till.test.app.get(RecordPaymentOutcome, { strict: false }).execute(paymentId, status));
    expect(await till.payment(paymentId)).toMatchObject({ state: 'pending', received: krone(0) });
    expect(await till.invoice(invoiceId)).toMatchObject({ state: 'issued' });
  });

  it('for an invoice that was credited meanwhile is asked for anew', async () => {
    const { id: studentId, caller: student } = await till.newStudent();
    const [first] = [await till.charge(studentId, 100), await till.charge(studentId, 200)];
    const { id: invoiceId } = (await till.nord.owner.post('/invoices', { studentId }).expect(201)).body;
    const before = await till.checkout(student, invoiceId);
    await till.nord.owner.post(`/invoices/${invoiceId}/credit-notes`, { chargeIds: [first] }).expect(201);
    const after = await till.checkout(student, invoiceId);
    expect(after.url).not.toBe(before.url);
    expect(till.sessionAt(before.url).session.status).toBe('expired');
    expect(till.sessionAt(after.url).session.amount_total).toBe(20_000);
  });
});

describe('a refund', () => {
  it('gives back what was paid, never more', async () => {
    const { paymentId, invoiceId, studentId } = await till.paid();
    const refund = (amount: object) =>
      till.nord.owner.post(`/payments/${paymentId}/refunds`, { reason: 'aflyst', ...amount });
    expect((await refund({ amount: krone(651) }).expect(422)).body.code).toBe('payment.refund_above_received');
    expect((await refund({ amount: { amount: 100, currency: 'EUR' } }).expect(422)).body.code).toBe(
      'money.wrong_currency',
    );
    expect((await refund({ amount: krone(0) }).expect(422)).body.code).toBe('money.not_positive');
    const racing = await Promise.all([refund({ amount: krone(400) }), refund({ amount: krone(400) })]);
    expect(statusesOf(racing)).toEqual([202, 422]);
    await till.test.settle();
    await until(async () => (await till.payment(paymentId)).refunds[0].state === 'succeeded', 10);
    expect(await till.invoice(invoiceId)).toMatchObject({ state: 'issued', outstanding: krone(400) });
    expect(await till.balance(studentId)).toBe(40_000);
    const charges = [...till.test.sandbox.stripe.account.charges.values()].filter(
      ({ metadata }) => metadata['payment_id'] === paymentId,
    );
    expect(charges.map(({ amount_refunded: back }) => back)).toEqual([40_000]);
  });

  it('is one even when the provider acts and does not answer', async () => {
    const { paymentId } = await till.paid();
    till.test.sandbox.faults.add({
      system: 'stripe',
      kind: 'timeout_after_acting',
      operation: 'refunds.create',
      times: 50,
      delayMs: 5,
    });
    till.test.sandbox.faults.add({ system: 'stripe', kind: 'webhook_hold', times: 50 });
    const { body } = await till.nord.owner.post(`/payments/${paymentId}/refunds`, { reason: 'aflyst' }).expect(202);
    await until(async () => (await till.payment(paymentId)).refunds[0].state === 'unknown', 15);
    till.test.sandbox.faults.clear();
    till.test.clock.advance({ minutes: 5 });
    await till.reconcile();
    expect(await till.payment(paymentId)).toMatchObject({
      refunded: krone(650),
      refunds: [{ id: body.id, state: 'succeeded' }],
    });
    const refunds = [...till.test.sandbox.stripe.account.refunds.values()].filter(
      ({ metadata }) => metadata?.['refund_id'] === body.id,
    );
    expect(refunds).toHaveLength(1);
    await till.test.sandbox.stripe.webhooks.release();
    await till.test.settle();
  });
});

describe('a refund that the student’s bank sends back', () => {
  it('is his credit', async () => {
    const { student, studentId, invoiceId } = await till.invoiced();
    const { paymentId, url } = await till.checkout(student, invoiceId);
    await till.pay(url, '4000000000005126');
    await till.nord.owner.post(`/payments/${paymentId}/refunds`, { reason: 'aflyst' }).expect(202);
    await until(async () => (await till.payment(paymentId)).refunds[0].state === 'failed', 15);
    await till.test.settle();
    expect(await till.payment(paymentId)).toMatchObject({ refunded: krone(0) });
    expect(await till.balance(studentId)).toBe(0);
  });
});
