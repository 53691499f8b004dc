import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import { IntendCharge } from '../../src/modules/finance/saved-methods/use-cases/intend-charge.js';
import { MindSavedMethods } from '../../src/modules/finance/saved-methods/jobs/mind-saved-methods.js';
import { SavedMethod } from '../../src/modules/finance/domain/saved-method.js';
import { globalQuery } from '../../src/platform/database/query.js';
import { inTransaction } from '../../src/platform/database/transaction.js';
import type { Id } from '../../src/platform/values/id.js';
import type { Caller } from '../support/test-school.js';
import { until } from '../support/until.js';
import { krone, statusesOf, Till } from './till.js';

const cards = { pays: '4242424242424242', wantsCustomer: '4000002760003184', declines: '4000000000000341' };

let till: Till;

beforeAll(async () => {
  till = await Till.open();
});
afterEach(() => till.tidy());
afterAll(() => till?.close());

const methodsOf = (studentId: Id) => `/students/${studentId}/payment-methods`;

async function save(student: Caller, studentId: Id, card = cards.pays): Promise<Id> {
  const { body } = await student.post(methodsOf(studentId), { consent: true }).expect(201);
  const record = till.test.sandbox.stripe.checkout(body.url.split('/').at(-1))!;
  await till.test.sandbox.stripe.pay(record, card);
  if (record.authenticating) await till.test.sandbox.stripe.authenticate(record, true);
  await till.test.settle();
  return body.methodId;
}

async function ready(card = cards.pays) {
  const issued = await till.invoiced();
  return { ...issued, methodId: await save(issued.student, issued.studentId, card) };
}

const chargesOf = (paymentId: Id) =>
  [...till.test.sandbox.stripe.account.charges.values()].filter(
    ({ metadata, status }) => metadata['payment_id'] === paymentId && status === 'succeeded',
  );

const allCharges = (invoicePayments: readonly { id: Id }[]) => invoicePayments.flatMap(({ id }) => chargesOf(id));

const paymentsOf = async (invoiceId: Id) =>
  (await till.nord.owner.get(`/payments?invoiceId=${invoiceId}`).expect(200)).body.items as { id: Id; state: string }[];

describe('saving a card', () => {
  it('needs the consent of the one who pays, and shows no more of the card than he knows it by', async () => {
    const { student, studentId } = await till.invoiced();
    await student.post(methodsOf(studentId), { consent: false }).expect(400);
    await till.nord.owner.post(methodsOf(studentId), { consent: true }).expect(403);
    await save(student, studentId);
    const { body } = await till.nord.owner.get(methodsOf(studentId)).expect(200);
    expect(body.items).toMatchObject([
      { provider: 'stripe', brand: 'visa', last4: '4242', expMonth: 12, expYear: 2034 },
    ]);
    expect(JSON.stringify(body)).not.toContain('pm_');
    const { caller: another, id } = await till.newStudent();
    await another.get(methodsOf(studentId)).expect(404);
    await another.post(methodsOf(studentId), { consent: true }).expect(404);
    expect((await another.get(methodsOf(id)).expect(200)).body.items).toEqual([]);
  });

  it('is found by asking when the webhook is lost, and counts once when it comes twenty times', async () => {
    const { student, studentId } = await till.invoiced();
    const { faults, stripe } = till.test.sandbox;
    faults.add({ system: 'stripe', kind: 'webhook_hold', operation: 'checkout.session.completed' });
    await save(student, studentId);
    expect((await student.get(methodsOf(studentId)).expect(200)).body.items).toEqual([]);
    till.test.clock.advance({ minutes: 5 });
    await till.test.app.get(MindSavedMethods, { strict: false }).run(till.test.clock.now());
    expect((await student.get(methodsOf(studentId)).expect(200)).body.items).toHaveLength(1);
    await stripe.webhooks.release();
    faults.add({
      system: 'stripe',
      kind: 'webhook_duplicate',
      operation: 'checkout.session.completed',
      copies: 20,
    });
    await save(student, studentId);
    expect((await student.get(methodsOf(studentId)).expect(200)).body.items).toHaveLength(2);
  });

  it('is undone: the card is charged no more, and the provider forgets it', async () => {
    const { student, studentId, invoiceId, methodId } = await ready();
    await student.delete(`${methodsOf(studentId)}/${methodId}`).expect(204);
    await student.delete(`${methodsOf(studentId)}/${methodId}`).expect(204);
    const refused = await student.post(`/invoices/${invoiceId}/charge`, {}).expect(409);
    expect(refused.body.code).toBe('payment_method.none');
    const saved = () => [...till.test.sandbox.stripe.account.paymentMethods.values()].at(-1)!.method.customer;
    expect(saved()).not.toBeNull();
    await till.test.app.get(MindSavedMethods, { strict: false }).run(till.test.clock.now());
    expect(saved()).toBeNull();
  });
});

describe('a card that is removed while it is to be charged', () => {
  it('is not charged once it has been removed', async () => {
    const { student, invoiceId, methodId } = await ready();
    let answer: number | undefined;
    const isWaiting = async () => {
      const { rows } = await sql<{ Value: string }>`SHOW GLOBAL STATUS LIKE 'Innodb_row_lock_current_waits'`.execute(
        globalQuery<object>(till.test.em.fork()),
      );
      return Number(rows[0]!.Value) > 0 || answer !== undefined;
    };
    let charged: Promise<void> | undefined;
    await till.nord.run(() =>
      inTransaction(till.test.em, async () => {
        const method = await till.test.em.findOneOrFail(SavedMethod, { id: methodId });
        method.remove(till.test.clock.now());
        await till.test.em.flush();
        charged = student.post(`/invoices/${invoiceId}/charge`, {}).then(({ status }) => void (answer = status));
        await until(isWaiting);
      }),
    );
    await charged;
    expect(answer).toBe(409);
    expect(await paymentsOf(invoiceId)).toEqual([]);
  });

  it('is charged as often as was decided before, however many ask at once', async () => {
    const { student, studentId, methodId } = await ready();
    const wanted: Id[] = [];
    for (let i = 0; i < 20; i++) {
      await till.charge(studentId, 10);
      wanted.push((await till.nord.owner.post('/invoices', { studentId }).expect(201)).body.id);
    }
    const [removed, ...answers] = await Promise.all([
      student.delete(`${methodsOf(studentId)}/${methodId}`),
      ...wanted.map((id) => student.post(`/invoices/${id}/charge`, {})),
    ]);
    expect(removed.status).toBe(204);
    await till.test.settle();
    expect(statusesOf(answers).every((status) => [201, 409].includes(status))).toBe(true);
    const states = await Promise.all(wanted.map(async (id) => (await paymentsOf(id)).map(({ state }) => state)));
    expect(states.flat().every((state) => ['succeeded', 'failed'].includes(state))).toBe(true);
    for (const id of wanted) expect(allCharges(await paymentsOf(id)).length).toBeLessThanOrEqual(1);
  });
});

describe('charging a saved card', () => {
  it('pays the invoice once, however many ask at once', async () => {
    const { student, invoiceId, studentId } = await ready();
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => student.post(`/invoices/${invoiceId}/charge`, {})),
    );
    await till.test.settle();
    expect(statusesOf(answers).every((status) => [201, 409, 503].includes(status))).toBe(true);
    const payments = await paymentsOf(invoiceId);
    expect(allCharges(payments)).toHaveLength(1);
    expect(await till.invoice(invoiceId)).toMatchObject({ state: 'paid', paid: krone(650) });
    expect(await till.balance(studentId)).toBe(0);
  });

  it('closes a checkout that nobody has paid, and leaves one that was paid', async () => {
    const { student, invoiceId } = await ready();
    const { paymentId } = await till.checkout(student, invoiceId);
    const { body } = await student.post(`/invoices/${invoiceId}/charge`, {}).expect(201);
    expect(body).toMatchObject({ state: 'succeeded', url: null });
    expect(await till.payment(paymentId)).toMatchObject({ state: 'expired' });
    const other = await ready();
    const { url } = await till.checkout(other.student, other.invoiceId);
    await till.pay(url);
    const refused = await other.student.post(`/invoices/${other.invoiceId}/charge`, {}).expect(409);
    expect(refused.body.code).toBe('invoice.nothing_to_pay');
  });

  it('sends the customer to the page when his bank wants to see him', async () => {
    const { student, invoiceId } = await ready(cards.wantsCustomer);
    const { body } = await student.post(`/invoices/${invoiceId}/charge`, {}).expect(201);
    expect(body).toMatchObject({ state: 'failed', url: expect.stringContaining('/checkout/') });
    await till.pay(body.url);
    expect(await till.invoice(invoiceId)).toMatchObject({ state: 'paid' });
    expect(allCharges(await paymentsOf(invoiceId))).toHaveLength(1);
  });

  it('ends when the bank says no, and the invoice is open as before', async () => {
    const { student, invoiceId } = await ready(cards.declines);
    const { body } = await student.post(`/invoices/${invoiceId}/charge`, {}).expect(201);
    expect(body).toMatchObject({ state: 'failed', url: null });
    expect(await till.invoice(invoiceId)).toMatchObject({ state: 'issued', paid: krone(0) });
  });

  it('that acted and never answered is found, and taken no second time', async () => {
    const { student, invoiceId } = await ready();
    const { faults } = till.test.sandbox;
    const silent = { kind: 'timeout_after_acting', times: 9, delayMs: 5 } as const;
    faults.add({ system: 'stripe', operation: 'payment_intents.create', ...silent });
    faults.add({ system: 'stripe', kind: 'webhook_hold', operation: 'payment_intent.succeeded' });
    const { body } = await student.post(`/invoices/${invoiceId}/charge`, {}).expect(201);
    expect(body).toMatchObject({ state: 'unknown', url: null });
    faults.clear();
    const refused = await student.post(`/invoices/${invoiceId}/charge`, {}).expect(409);
    expect(refused.body.code).toBe('payment.under_way');
    till.test.clock.advance({ minutes: 10 });
    await till.reconcile();
    expect(await till.payment(body.paymentId)).toMatchObject({ state: 'succeeded', received: krone(650) });
    expect(chargesOf(body.paymentId)).toHaveLength(1);
    await till.test.sandbox.stripe.webhooks.release();
    await till.test.settle();
    expect(await till.invoice(invoiceId)).toMatchObject({ state: 'paid', paid: krone(650) });
  }, 60_000);

  it('that was decided and never asked, because the process died, is asked later; a day later it is only looked for', async () => {
    const { invoiceId } = await ready();
    const intend = () => till.nord.run(() => till.test.app.get(IntendCharge, { strict: false }).execute(invoiceId, {}));
    const { id: first } = await intend();
    till.test.clock.advance({ minutes: 3 });
    await till.reconcile();
    expect(await till.payment(first)).toMatchObject({ state: 'succeeded' });
    const other = await ready();
    const late = await till.nord.run(() =>
      till.test.app.get(IntendCharge, { strict: false }).execute(other.invoiceId, {}),
    );
    till.test.clock.advance({ days: 2 });
    await till.reconcile();
    till.test.clock.follow();
    expect(await till.payment(late.id)).toMatchObject({ state: 'failed' });
    expect(chargesOf(late.id)).toHaveLength(0);
  });

  it('that was never asked is not asked later, when the money has come in another way', async () => {
    const { invoiceId, studentId } = await ready();
    const intend = () => till.nord.run(() => till.test.app.get(IntendCharge, { strict: false }).execute(invoiceId, {}));
    const { id } = await intend();
    const cash = { studentId, amount: krone(650), method: 'cash', receivedOn: till.today() };
    await till.nord.owner.post('/payments', cash).expect(201);
    till.test.clock.advance({ minutes: 3 });
    await till.reconcile();
    expect(chargesOf(id)).toHaveLength(0);
    expect(await till.payment(id)).toMatchObject({ state: 'failed' });
    expect(await till.balance(studentId)).toBe(0);
  });

  it('is not the bank of another school, nor of another student', async () => {
    const { invoiceId } = await ready();
    const { caller } = await till.newStudent();
    await caller.post(`/invoices/${invoiceId}/charge`, {}).expect(404);
    await till.syd.owner.post(`/invoices/${invoiceId}/charge`, {}).expect(404);
  });
});

describe('reserved money', () => {
  const reserve = async () => {
    const one = await ready();
    const { body } = await one.student.post(`/invoices/${one.invoiceId}/charge`, { capture: 'manual' }).expect(201);
    expect(body).toMatchObject({ state: 'authorized' });
    await till.test.settle();
    return { ...one, paymentId: body.paymentId as Id };
  };

  it('is taken once, in part, by twenty at once', async () => {
    const { paymentId, invoiceId, student } = await reserve();
    expect(await till.invoice(invoiceId)).toMatchObject({ state: 'issued', paid: krone(0) });
    await student.post(`/payments/${paymentId}/capture`, {}).expect(403);
    await till.nord.owner.post(`/payments/${paymentId}/capture`, { amount: krone(651) }).expect(422);
    const amount = krone(400);
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => till.nord.owner.post(`/payments/${paymentId}/capture`, { amount })),
    );
    await till.test.settle();
    expect(statusesOf(answers).every((status) => [200, 409, 503].includes(status))).toBe(true);
    expect(await till.payment(paymentId)).toMatchObject({ state: 'succeeded', received: krone(400) });
    expect(await till.invoice(invoiceId)).toMatchObject({ state: 'issued', paid: krone(400) });
    expect(chargesOf(paymentId).map(({ amount_captured: taken }) => taken)).toEqual([40_000]);
  });

  it('is let go', async () => {
    const { paymentId, invoiceId, student } = await reserve();
    const blocked = await student.post(`/invoices/${invoiceId}/checkout`).expect(409);
    expect(blocked.body.code).toBe('payment.under_way');
    const { body } = await till.nord.owner.post(`/payments/${paymentId}/cancel`).expect(200);
    expect(body).toMatchObject({ state: 'expired', received: krone(0) });
    await till.nord.owner.post(`/payments/${paymentId}/cancel`).expect(409);
    await till.nord.owner.post(`/payments/${paymentId}/capture`, {}).expect(409);
    await student.post(`/invoices/${invoiceId}/checkout`).expect(201);
  });
});

it('what was agreed to, charged, taken and let go stands in the audit log', async () => {
  const { student, studentId, invoiceId, methodId } = await ready();
  const { body } = await student.post(`/invoices/${invoiceId}/charge`, { capture: 'manual' }).expect(201);
  await till.nord.owner.post(`/payments/${body.paymentId}/capture`, {}).expect(200);
  await student.delete(`${methodsOf(studentId)}/${methodId}`).expect(204);
  const actionsOf = async (subjectId: Id) =>
    (await till.nord.owner.get(`/audit-log?subjectId=${subjectId}&limit=50`).expect(200)).body.items.map(
      ({ action }: { action: string }) => action,
    );
  const card = ['payment_method.consented', 'payment_method.saved', 'payment_method.removed'];
  expect((await actionsOf(methodId)).sort()).toEqual(card.sort());
  const money = ['payment.begun', 'payment.authorized', 'payment.capture_requested', 'payment.received'];
  expect((await actionsOf(body.paymentId)).sort()).toEqual(money.sort());
});
