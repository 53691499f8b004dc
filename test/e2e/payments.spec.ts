import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import { PUBLISHABLE_KEY } from '../../sandbox/stripe/stripe-server.js';
import { RecordPaymentOutcome } from '../../src/modules/finance/index.js';
import { bin, globalQuery } from '../../src/platform/database/query.js';
import type { Id } from '../../src/platform/values/id.js';
import { Money } from '../../src/platform/values/money.js';
import type { Caller } from '../support/test-school.js';
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

describe('a payment in the school’s own app', () => {
  const begin = async (student: Caller, invoiceId: Id) =>
    (await student.post(`/invoices/${invoiceId}/payment-intents`).expect(201)).body as {
      paymentId: Id;
      clientSecret: string;
    };
  const intentOf = (secret: string) => secret.split('_secret_')[0]!;

  /** As the provider's library does it in the app. */
  async function confirm(secret: string, card: string, key = PUBLISHABLE_KEY) {
    const answer = await fetch(`${till.test.sandbox.url}/v1/payment_intents/${intentOf(secret)}/confirm`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}` },
      body: new URLSearchParams({ payment_method: card, client_secret: secret }),
    });
    const said = { status: answer.status, body: (await answer.json()) as { status?: string } };
    await till.test.settle();
    return said;
  }

  /** Webhooks leave after the answer. */
  const becomes = (paymentId: Id, state: string) =>
    until(async () => {
      await till.test.settle();
      return (await till.payment(paymentId)).state === state;
    });

  it('is one, whose secret is nowhere but in the answer, and is paid once', async () => {
    const { student, studentId, invoiceId } = await till.invoiced();
    const { caller: another } = await till.newStudent();
    await another.post(`/invoices/${invoiceId}/payment-intents`).expect(404);
    const answers = await Promise.all([begin(student, invoiceId), begin(student, invoiceId)]);
    const [{ paymentId, clientSecret }] = answers;
    expect(answers[1]).toEqual(answers[0]);
    expect(answers[0]).toMatchObject({ provider: 'stripe', accountRef: null });
    const kept = await sql`SELECT * FROM payments WHERE id = ${bin(paymentId)}`.execute(
      globalQuery<object>(till.test.em.fork()),
    );
    expect(JSON.stringify([kept.rows, await till.payment(paymentId)])).not.toContain('_secret_');
    expect(await confirm('pi_other_secret_x', 'pm_card_visa')).toMatchObject({ status: 401 });
    expect(await confirm(clientSecret, 'pm_card_visa')).toMatchObject({ status: 200, body: { status: 'succeeded' } });
    await becomes(paymentId, 'succeeded');
    expect(await till.invoice(invoiceId)).toMatchObject({ state: 'paid', paid: krone(650) });
    expect(await till.balance(studentId)).toBe(0);
    const nothing = await student.post(`/invoices/${invoiceId}/payment-intents`).expect(409);
    expect(nothing.body.code).toBe('invoice.nothing_to_pay');
  });

  it('stays open when the card is declined or the bank’s question is answered wrongly, until it is paid', async () => {
    const { student, invoiceId } = await till.invoiced();
    const { paymentId, clientSecret } = await begin(student, invoiceId);
    expect(await confirm(clientSecret, 'pm_card_visa_chargeDeclinedInsufficientFunds')).toMatchObject({ status: 402 });
    expect(await till.payment(paymentId)).toMatchObject({ state: 'pending' });
    const asked = { status: 200, body: { status: 'requires_action' } };
    expect(await confirm(clientSecret, 'pm_card_authenticationRequired')).toMatchObject(asked);
    await till.test.sandbox.stripe.authenticateIntent(intentOf(clientSecret), false);
    await till.test.settle();
    expect(await till.payment(paymentId)).toMatchObject({ state: 'pending', received: krone(0) });
    expect(await confirm(clientSecret, 'pm_card_authenticationRequired')).toMatchObject(asked);
    await till.test.sandbox.stripe.authenticateIntent(intentOf(clientSecret), true);
    await becomes(paymentId, 'succeeded');
    expect(await till.invoice(invoiceId)).toMatchObject({ state: 'paid' });
  });

  it('takes the place of a checkout, and gives it up to one; what nobody pays is ended', async () => {
    const { student, invoiceId } = await till.invoiced();
    const first = await till.checkout(student, invoiceId);
    const { paymentId, clientSecret } = await begin(student, invoiceId);
    expect(await till.payment(first.paymentId)).toMatchObject({ state: 'expired' });
    const second = await till.checkout(student, invoiceId);
    expect(second.paymentId).not.toBe(paymentId);
    expect(await till.payment(paymentId)).toMatchObject({ state: 'expired' });
    expect(await confirm(clientSecret, 'pm_card_visa')).toMatchObject({ status: 400 });
    const last = await begin(student, invoiceId);
    till.test.clock.advance({ hours: 2 });
    await till.reconcile();
    expect(await till.payment(last.paymentId)).toMatchObject({ state: 'expired' });
    expect(await confirm(last.clientSecret, 'pm_card_visa')).toMatchObject({ status: 400 });
  });

  it('is one intent even when the provider acts and does not answer', async () => {
    const { student, invoiceId } = await till.invoiced();
    const fault = { system: 'stripe', kind: 'timeout_after_acting', operation: 'payment_intents.create' } as const;
    till.test.sandbox.faults.add({ ...fault, times: 50, delayMs: 5 });
    await student.post(`/invoices/${invoiceId}/payment-intents`).expect(503);
    till.test.sandbox.faults.clear();
    till.test.clock.advance({ minutes: 5 });
    await till.reconcile();
    const { paymentId } = await begin(student, invoiceId);
    const all = [...till.test.sandbox.stripe.account.paymentIntents.values()];
    expect(all.filter(({ metadata }) => metadata['payment_id'] === paymentId)).toHaveLength(1);
  });
});

describe('a checkout of an invoice that is settled another way', () => {
  const cash = (studentId: Id, kroner = 650) => {
    const body = { studentId, amount: krone(kroner), method: 'bank_transfer', receivedOn: till.today() };
    return till.nord.owner.post('/payments', body).expect(201);
  };
  const ways: Record<string, (of: { invoiceId: Id; studentId: Id }) => PromiseLike<unknown>> = {
    'money that staff take in': ({ studentId }) => cash(studentId),
    'a credit note': ({ invoiceId }) => till.nord.owner.post(`/invoices/${invoiceId}/credit-notes`, {}).expect(201),
    'a write-off': ({ invoiceId }) =>
      till.nord.owner.post(`/invoices/${invoiceId}/write-offs`, { reason: 'Fraflyttet' }).expect(201),
  };

  it.each(Object.keys(ways))('is closed: %s', async (way) => {
    const owed = await till.invoiced();
    const { paymentId, url } = await till.checkout(owed.student, owed.invoiceId);
    await ways[way]!(owed);
    await till.test.settle();
    expect(till.sessionAt(url).session.status).toBe('expired');
    expect(await till.payment(paymentId)).toMatchObject({ state: 'expired' });
    expect((await owed.student.post(`/invoices/${owed.invoiceId}/checkout`).expect(409)).body.code).toBe(
      'invoice.nothing_to_pay',
    );
  });

  it('is closed when credit pays it, and stays open while something is left to pay', async () => {
    const { student, studentId, invoiceId } = await till.invoiced();
    const { url } = await till.checkout(student, invoiceId);
    const use = () => till.nord.owner.post(`/students/${studentId}/credit-uses`, { invoiceId }).expect(200);
    for (const [kroner, status] of [
      [600, 'open'],
      [50, 'expired'],
    ] as const) {
      const body = { studentId, amount: krone(kroner), method: 'bank_transfer', receivedOn: till.today() };
      await till.nord.owner.post('/payments', { ...body, allocations: [] }).expect(201);
      await use();
      await till.test.settle();
      expect(till.sessionAt(url).session.status).toBe(status);
    }
  });

  it('is closed although the provider does not answer at first', async () => {
    const { student, studentId, invoiceId } = await till.invoiced();
    const { paymentId, url } = await till.checkout(student, invoiceId);
    const { faults } = till.test.sandbox;
    faults.add({ system: 'stripe', operation: 'checkout.sessions.expire', kind: 'error_500', times: 3 });
    await cash(studentId);
    await till.test.settle();
    faults.clear();
    till.test.clock.advance({ minutes: 5 });
    await till.test.settle();
    expect(till.sessionAt(url).session.status).toBe('expired');
    expect(await till.payment(paymentId)).toMatchObject({ state: 'expired' });
  });

  it('is not left open when both happen at once', async () => {
    for (let round = 0; round < 5; round++) {
      const { student, studentId, invoiceId } = await till.invoiced();
      await Promise.all([student.post(`/invoices/${invoiceId}/checkout`), cash(studentId)]);
      await till.test.settle();
      const { items } = (await till.nord.owner.get(`/payments?invoiceId=${invoiceId}`).expect(200)).body;
      expect(items.filter(({ state }: { state: string }) => ['created', 'pending', 'unknown'].includes(state))).toEqual(
        [],
      );
    }
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
    await until(async () => (await till.payment(paymentId)).refunds[0].state === 'succeeded');
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
    await until(async () => (await till.payment(paymentId)).refunds[0].state === 'unknown');
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
    await until(async () => (await till.payment(paymentId)).refunds[0].state === 'failed');
    await till.test.settle();
    expect(await till.payment(paymentId)).toMatchObject({ refunded: krone(0) });
    expect(await till.balance(studentId)).toBe(0);
  });
});
