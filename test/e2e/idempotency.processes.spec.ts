import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { accessTokenOf } from '../../src/modules/identity/testing/sign-in.js';
import type { Id } from '../../src/platform/values/id.js';
import { startTestApp, type TestApp } from '../support/app.js';
import type { Caller } from '../support/test-school.js';
import { krone, Till } from './till.js';

/*
 * One key from fifty clients at once, through two processes. Each asks again while it is told that somebody else's request is under way,
 * as the answer says; in the end all of them hold the same answer, and the thing was done once.
 */
const clients = 50;

let till: Till;
let beside: TestApp;

beforeAll(async () => {
  till = await Till.open();
  beside = await startTestApp({ beside: till.test, env: till.test.env, jobs: false });
}, 120_000);
afterEach(() => till.tidy());
afterAll(async () => {
  await beside?.close();
  await till?.close();
});

interface Asked {
  readonly path: string;
  readonly token: string;
  readonly body: object;
  readonly key: string;
}

interface Answer {
  readonly status: number;
  readonly text: string;
  readonly isReplay: boolean;
}

async function send({ path, token, body, key }: Asked, app: TestApp): Promise<Answer> {
  for (;;) {
    const response = await fetch(`${app.url}/v1/schools/${till.nord.id}${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', 'idempotency-key': key },
      body: JSON.stringify(body),
    });
    const text = await response.text();
    if (!text.includes('"idempotency.in_flight"'))
      return { status: response.status, text, isReplay: response.headers.get('idempotent-replayed') === 'true' };
    expect([response.status, response.headers.get('retry-after')]).toEqual([409, '1']);
    await sleep(100);
  }
}

const app = (n: number) => (n % 2 === 0 ? till.test : beside);
const tokenOf = ({ userId }: Caller) => accessTokenOf(till.test.app, userId);

/** @returns the one answer that all of them got */
async function fifty(path: string, by: Caller, body: object, other: object, status = 201) {
  const asked = { path, token: await tokenOf(by), body, key: randomUUID() };
  const answers = await Promise.all(Array.from({ length: clients }, (_, n) => send(asked, app(n))));
  expect(answers.map((each) => each.status)).toEqual(answers.map(() => status));
  expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
  expect(answers.filter(({ isReplay }) => !isReplay)).toHaveLength(1);
  for (const n of [0, 1]) {
    const reused = await send({ ...asked, body: other }, app(n));
    expect([reused.status, JSON.parse(reused.text).code]).toEqual([422, 'idempotency.key_reused']);
  }
  return JSON.parse(answers[0]!.text);
}

async function saved(): Promise<{ student: Caller; studentId: Id; invoiceId: Id }> {
  const issued = await till.invoiced();
  const { body } = await issued.student.post(`/students/${issued.studentId}/payment-methods`, { consent: true });
  await till.test.sandbox.stripe.pay(till.sessionAt(body.url), '4242424242424242');
  await till.test.settle();
  return issued;
}

const chargesOf = (paymentId: Id) =>
  [...till.test.sandbox.stripe.account.charges.values()].filter(({ metadata }) => metadata['payment_id'] === paymentId);

describe('one key from fifty clients through two processes', () => {
  it('books one lesson', async () => {
    const body = { lessonTypeId: till.nord.lessonTypeId, startsAt: '2026-12-02T10:00:00.000Z' };
    const { caller } = till.nord.student;
    const booked = await fifty('/bookings', caller, body, { ...body, startsAt: '2026-12-02T12:00:00.000Z' });
    const { items } = (await caller.get('/bookings').expect(200)).body;
    expect(items.map(({ id }: { id: Id }) => id)).toEqual([booked.id]);
  });

  it('issues one invoice', async () => {
    const { id: studentId } = await till.newStudent();
    await till.charge(studentId);
    const issued = await fifty('/invoices', till.nord.owner, { studentId }, { studentId: till.nord.student.id });
    const { items } = (await till.nord.owner.get(`/invoices?studentId=${studentId}`).expect(200)).body;
    expect(items.map(({ id }: { id: Id }) => id)).toEqual([issued.id]);
  });

  it('opens one checkout', async () => {
    const { student, invoiceId } = await till.invoiced();
    const { paymentId } = await fifty(`/invoices/${invoiceId}/checkout`, student, {}, { more: 1 });
    expect(till.sessionsOf(paymentId)).toHaveLength(1);
  });

  it('charges a saved card once', async () => {
    const { student, studentId, invoiceId } = await saved();
    const path = `/invoices/${invoiceId}/charge`;
    const { paymentId } = await fifty(path, student, {}, { capture: 'manual' });
    await till.test.settle();
    expect(chargesOf(paymentId)).toMatchObject([{ amount: 65_000 }]);
    expect(await till.balance(studentId)).toBe(0);
  });

  it('gives back once', async () => {
    const { paymentId, studentId } = await till.paid();
    const refund = { amount: krone(50), reason: 'Fejl' };
    await fifty(`/payments/${paymentId}/refunds`, till.nord.owner, refund, { ...refund, amount: krone(60) }, 202);
    await till.test.settle();
    expect(chargesOf(paymentId)).toMatchObject([{ amount_refunded: 5_000 }]);
    expect(await till.balance(studentId)).toBe(5_000);
  });

  it('takes in cash once', async () => {
    const { studentId } = await till.invoiced();
    const payment = { studentId, method: 'bank_transfer', amount: krone(100), receivedOn: till.today() };
    await fifty('/payments', till.nord.owner, payment, { ...payment, amount: krone(200) });
    expect(await till.balance(studentId)).toBe(55_000);
  });
});
