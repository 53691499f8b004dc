import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { newId, type Id } from '../../src/platform/values/id.js';
import { krone, statusesOf, Till } from './till.js';

let till: Till;

beforeAll(async () => {
  till = await Till.open();
});
afterEach(() => till.tidy());
afterAll(() => till?.close());

const refused = (body: object) => (body as { code: string }).code;

function record(studentId: Id, kroner: number, more: object = {}) {
  const body = { studentId, amount: krone(kroner), method: 'cash', receivedOn: till.today(), ...more };
  return till.nord.owner.post('/payments', body);
}

/** A student with an invoice for each price. */
async function owing(...prices: number[]) {
  const { id: studentId, caller: student } = await till.newStudent();
  const invoices: Id[] = [];
  for (const price of prices) {
    await till.charge(studentId, price);
    invoices.push((await till.nord.owner.post('/invoices', { studentId }).expect(201)).body.id);
  }
  return { student, studentId, invoices };
}

const credit = async (studentId: Id) => (await till.nord.owner.get(`/students/${studentId}/credit`).expect(200)).body;

describe('money that staff take in', () => {
  it('pays the first due first, and what is left is the student’s credit', async () => {
    const { student, studentId, invoices } = await owing(100, 200);
    const { body } = await record(studentId, 150, { reference: 'Bilag 42', note: 'Betalt af moderen' }).expect(201);
    expect(body).toMatchObject({
      invoiceId: invoices[0],
      provider: 'manual',
      method: 'cash',
      state: 'succeeded',
      received: krone(150),
      reference: 'Bilag 42',
      allocations: [
        { invoiceId: invoices[0], amount: krone(100) },
        { invoiceId: invoices[1], amount: krone(50) },
      ],
    });
    expect(await till.invoice(invoices[0]!)).toMatchObject({ state: 'paid' });
    expect(await till.invoice(invoices[1]!)).toMatchObject({ state: 'issued', outstanding: krone(150) });
    await record(studentId, 200, { method: 'bank_transfer' }).expect(201);
    expect(await credit(studentId)).toMatchObject({ credit: krone(50) });
    expect(await till.balance(studentId)).toBe(-5_000);
    await till.test.settle();
    const { items } = (await till.nord.owner.get(`/messages?studentId=${studentId}`).expect(200)).body;
    expect(items.filter(({ kind }: { kind: string }) => kind === 'payment_received').length).toBeGreaterThan(0);
    expect((await student.get(`/payments/${body.id}`).expect(200)).body).toMatchObject({ id: body.id });
  });

  it('pays what somebody names, exactly', async () => {
    const { studentId, invoices } = await owing(100, 200);
    const [first, second] = invoices;
    const to = (...allocations: object[]) => record(studentId, 150, { allocations });
    const { body } = await to({ invoiceId: second, amount: krone(120) }).expect(201);
    expect(body).toMatchObject({ invoiceId: second, allocations: [{ invoiceId: second, amount: krone(120) }] });
    expect(await credit(studentId)).toMatchObject({ credit: krone(30) });
    expect(refused((await to({ invoiceId: second, amount: krone(81) }).expect(422)).body)).toBe(
      'payment.allocation_above_outstanding',
    );
    const twice = { invoiceId: first, amount: krone(100) };
    expect(refused((await to(twice, twice).expect(422)).body)).toBe('payment.allocation_above_amount');
    expect(refused((await to({ invoiceId: first, amount: krone(0) }).expect(422)).body)).toBe('money.not_positive');
    expect(refused((await to({ invoiceId: newId(), amount: krone(1) }).expect(404)).body)).toBe('invoice.not_found');
    const other = await owing(100);
    await to({ invoiceId: other.invoices[0], amount: krone(1) }).expect(404);
    // Half and half is the same invoice twice, and fits.
    const half = { invoiceId: first, amount: krone(50) };
    await to(half, half).expect(201);
    expect(await till.invoice(first!)).toMatchObject({ state: 'paid' });
  });

  it('may stay on account, and pays an invoice later', async () => {
    const { studentId, invoices } = await owing(100, 200);
    const { body } = await record(studentId, 150, { allocations: [] }).expect(201);
    expect(body).toMatchObject({ invoiceId: null, allocations: [] });
    const uses = `/students/${studentId}/credit-uses`;
    await till.nord.owner.post(uses, { invoiceId: newId() }).expect(404);
    const after = (await till.nord.owner.post(uses, { invoiceId: invoices[1] }).expect(200)).body;
    expect(after).toMatchObject({ credit: krone(0), payments: [] });
    expect(await till.invoice(invoices[1]!)).toMatchObject({ outstanding: krone(50) });
    expect(refused((await till.nord.owner.post(uses, {}).expect(409)).body)).toBe('account.no_credit');
    await record(studentId, 500, { allocations: [] }).expect(201);
    await till.nord.owner.post(uses, {}).expect(200);
    expect(await credit(studentId)).toMatchObject({ credit: krone(350) });
    expect(refused((await till.nord.owner.post(uses, {}).expect(409)).body)).toBe('invoice.nothing_to_pay');
  });

  it('pays each øre once when two record and two use credit at once', async () => {
    const { studentId, invoices } = await owing(100, 100, 100);
    await record(studentId, 150, { allocations: [] }).expect(201);
    const uses = `/students/${studentId}/credit-uses`;
    const answers = await Promise.all([
      record(studentId, 80),
      record(studentId, 80),
      till.nord.owner.post(uses, {}),
      till.nord.owner.post(uses, { invoiceId: invoices[2] }),
    ]);
    expect(statusesOf(answers).filter((status) => status >= 500)).toEqual([]);
    const states = await Promise.all(invoices.map(async (id) => (await till.invoice(id)).outstanding.amount));
    expect(states).toEqual([0, 0, 0]);
    expect(await till.balance(studentId)).toBe(-1_000);
    expect(await credit(studentId)).toMatchObject({ credit: krone(10) });
  });

  it('is one for one Idempotency-Key', async () => {
    const { studentId } = await owing(100);
    const key = newId();
    const again = () => record(studentId, 100).set('Idempotency-Key', key);
    const [first, second] = [await again(), await again()];
    expect([first.status, second.status]).toEqual([201, 201]);
    expect(second.body.id).toBe(first.body.id);
    expect(await till.balance(studentId)).toBe(0);
  });

  it('is refused when it makes no sense', async () => {
    const { studentId } = await owing(100);
    const code = async (more: object) => refused((await record(studentId, 100, more)).body);
    expect(await code({ amount: { amount: 100, currency: 'EUR' } })).toBe('money.wrong_currency');
    expect(await code({ amount: krone(-1) })).toBe('money.not_positive');
    expect(await code({ receivedOn: '2199-01-01' })).toBe('payment.received_in_future');
    expect(await code({ studentId: newId() })).toBe('student.not_found');
    expect((await record(studentId, 100, { method: 'barter' })).status).toBe(400);
    expect((await record(studentId, 100, { amount: { amount: 1.5, currency: 'DKK' } })).status).toBe(400);
    expect(await till.balance(studentId)).toBe(10_000);
  });
});

describe('a payment recorded by mistake', () => {
  it('is reversed by entries of its own, once', async () => {
    const { studentId, invoices } = await owing(100, 200);
    const { id } = (await record(studentId, 350).expect(201)).body;
    const reverse = () => till.nord.owner.post(`/payments/${id}/reversal`, { reason: 'Tastet på den forkerte elev' });
    const answers = await Promise.all([reverse(), reverse()]);
    expect(statusesOf(answers)).toEqual([200, 409]);
    expect(await till.payment(id)).toMatchObject({
      state: 'reversed',
      received: krone(0),
      amount: krone(350),
      reversalReason: 'Tastet på den forkerte elev',
      allocations: [],
    });
    for (const invoice of invoices)
      expect(await till.invoice(invoice)).toMatchObject({ state: 'issued', paid: krone(0) });
    expect(await till.balance(studentId)).toBe(30_000);
  });

  it('is not one that a gateway took, nor one that was partly given back', async () => {
    const { paymentId } = await till.paid();
    const reversal = (id: Id) => till.nord.owner.post(`/payments/${id}/reversal`, { reason: 'x' });
    expect(refused((await reversal(paymentId).expect(409)).body)).toBe('payment.not_reversible');
    const { studentId } = await owing();
    const { id } = (await record(studentId, 100).expect(201)).body;
    await till.nord.owner
      .post(`/payments/${id}/payouts`, { amount: krone(10), method: 'cash', reason: 'x' })
      .expect(201);
    await reversal(id).expect(409);
    await reversal(newId()).expect(404);
  });

  it('does not take a credit note’s share twice', async () => {
    const { studentId, invoices } = await owing(100, 200);
    const { id } = (await record(studentId, 300).expect(201)).body;
    const answers = await Promise.all([
      till.nord.owner.post(`/invoices/${invoices[0]}/credit-notes`, {}),
      till.nord.owner.post(`/payments/${id}/reversal`, { reason: 'x' }),
    ]);
    expect(statusesOf(answers)).toEqual([200, 201]);
    expect(await till.balance(studentId)).toBe(20_000);
  });
});

describe('money that staff pay out', () => {
  it('goes back by hand, never more than came, and never through a gateway that did not take it', async () => {
    const { studentId, invoices } = await owing(100);
    const { id } = (await record(studentId, 150).expect(201)).body;
    const out = (kroner: number) =>
      till.nord.owner.post(`/payments/${id}/payouts`, { amount: krone(kroner), method: 'bank_transfer', reason: 'x' });
    const gateway = await till.nord.owner.post(`/payments/${id}/refunds`, { reason: 'x' }).expect(409);
    expect(refused(gateway.body)).toBe('payment.refund_by_hand');
    expect((await out(50).expect(201)).body).toMatchObject({ state: 'succeeded', method: 'bank_transfer' });
    expect(await till.invoice(invoices[0]!)).toMatchObject({ state: 'paid' });
    expect(statusesOf(await Promise.all([out(60), out(60)]))).toEqual([201, 422]);
    expect(await till.invoice(invoices[0]!)).toMatchObject({ state: 'issued', outstanding: krone(60) });
    expect(await till.balance(studentId)).toBe(6_000);
  });

  it('is what a gateway took, when the office pays it out in cash', async () => {
    const { paymentId, studentId } = await till.paid();
    await till.nord.owner.post(`/payments/${paymentId}/payouts`, { method: 'cash', reason: 'x' }).expect(201);
    expect(await till.payment(paymentId)).toMatchObject({ refunded: krone(650), refunds: [{ method: 'cash' }] });
    expect(await till.balance(studentId)).toBe(65_000);
    const taken = [...till.test.sandbox.stripe.account.charges.values()].filter(
      ({ metadata }) => metadata['payment_id'] === paymentId,
    );
    expect(taken.map(({ amount_refunded: back }) => back)).toEqual([0]);
  });

  it('is a student’s credit, out of several payments, once', async () => {
    const { studentId } = await owing();
    for (const kroner of [30, 40, 50]) await record(studentId, kroner).expect(201);
    const give = (more: object) =>
      till.nord.owner.post(`/students/${studentId}/credit-refunds`, {
        method: 'bank_transfer',
        reason: 'Stoppet',
        ...more,
      });
    expect(refused((await give({ amount: krone(121) }).expect(422)).body)).toBe('account.credit_too_small');
    expect(refused((await give({ amount: krone(0) }).expect(422)).body)).toBe('money.not_positive');
    expect(refused((await give({ method: undefined }).expect(409)).body)).toBe('payment.refund_by_hand');
    const first = (await give({ amount: krone(50) }).expect(201)).body;
    expect(first.map(({ amount }: { amount: object }) => amount)).toEqual([krone(30), krone(20)]);
    expect(statusesOf(await Promise.all([give({}), give({})]))).toEqual([201, 409]);
    expect(await till.balance(studentId)).toBe(0);
  });

  it('is the source’s when no other way is named', async () => {
    const { studentId, invoiceId } = await till.paid();
    await till.nord.owner.post(`/invoices/${invoiceId}/credit-notes`, {}).expect(201);
    expect(await credit(studentId)).toMatchObject({ credit: krone(650) });
    const { body } = await till.nord.owner.post(`/students/${studentId}/credit-refunds`, { reason: 'x' }).expect(201);
    expect(body).toMatchObject([{ amount: krone(650), method: null }]);
    await till.test.settle();
    expect(await till.balance(studentId)).toBe(0);
  });
});

describe('credit', () => {
  it('pays the next invoice by itself where the school says so', async () => {
    const settings = { paymentTermsDays: 8, bankAccount: null };
    await till.nord.owner.put('/finance-settings', { ...settings, useCredit: true }).expect(200);
    const { studentId } = await owing();
    await record(studentId, 100).expect(201);
    await till.charge(studentId, 300);
    const { id } = (await till.nord.owner.post('/invoices', { studentId }).expect(201)).body;
    await till.test.settle();
    expect(await till.invoice(id)).toMatchObject({ outstanding: krone(200) });
    await till.nord.owner.put('/finance-settings', { ...settings, useCredit: false }).expect(200);
  });
});
