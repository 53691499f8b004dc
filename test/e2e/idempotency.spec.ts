import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { IsolationLevel } from '@mikro-orm/core';
import { sql } from 'kysely';
import { randomUUID } from 'node:crypto';
import type { Response } from 'supertest';
import {
  lessonTypeInput,
  schoolInput,
  teacherInput,
  vehicleInput,
} from '../../src/modules/schools/testing/school-inputs.js';
import { studentInput } from '../../src/modules/students/testing/student-inputs.js';
import { globalQuery } from '../../src/platform/database/query.js';
import { StoredAnswers } from '../../src/platform/http/idempotency/stored-answers.js';
import { idToBytes } from '../../src/platform/values/id.js';
import { Verification } from '../../src/platform/verification/verification.js';
import { platformAdmin, type Caller } from '../support/test-school.js';
import { until } from '../support/until.js';
import { krone, statusesOf, Till } from './till.js';

let till: Till;

beforeAll(async () => {
  till = await Till.open();
});
afterEach(async () => {
  await till.tidy();
  const verdicts = await till.nord.run(() => till.test.app.get(Verification, { strict: false }).ofSchool(till.nord.id));
  expect(verdicts.flatMap(({ findings }) => findings)).toEqual([]);
});
afterAll(() => till?.close());

const post = (caller: Caller, path: string, body: object | undefined, key: string) =>
  caller.post(path, body).set('Idempotency-Key', key);

const fiftyTimes = (send: () => Promise<Response>) => Promise.all(Array.from({ length: 50 }, send));

const isReplay = ({ headers }: Response) => headers['idempotent-replayed'] === 'true';

const database = () => globalQuery<object>(till.test.em.fork());

async function count(table: string): Promise<number> {
  const { rows } = await sql<{ n: number }>`SELECT COUNT(*) AS n FROM ${sql.table(table)}`.execute(database());
  return rows[0]!.n;
}

let weeks = 1;

/** A working hour of its own for each test, a Wednesday at ten. */
function freeTime(): string {
  const day = new Date(till.test.clock.now().getTime() + 7 * 86_400_000 * weeks++);
  day.setUTCDate(day.getUTCDate() + ((3 - day.getUTCDay() + 7) % 7));
  return `${day.toISOString().slice(0, 10)}T10:00:00.000Z`;
}

const lesson = (startsAt = freeTime()) => ({ lessonTypeId: till.nord.lessonTypeId, startsAt });

async function charged(): Promise<{ studentId: string }> {
  const { id: studentId } = await till.newStudent();
  await till.charge(studentId);
  return { studentId };
}

/** One of them did it; the others were told the same, or that it was being done. */
function expectOneEffect(answers: readonly Response[], status: number): Response {
  expect(answers.filter((answer) => answer.status === status && !isReplay(answer))).toHaveLength(1);
  const done = answers.filter((answer) => answer.status === status);
  for (const { body } of done) expect(body).toEqual(done[0]!.body);
  for (const { status: other, body, headers } of answers.filter((answer) => answer.status !== status)) {
    expect([other, body.code, headers['retry-after']]).toEqual([409, 'idempotency.in_flight', '1']);
  }
  return done[0]!;
}

describe('one key from fifty clients at once', () => {
  it('issues one invoice', async () => {
    const [body, key, before] = [await charged(), randomUUID(), await count('invoices')];
    const send = () => post(till.nord.owner, '/invoices', body, key);
    const first = expectOneEffect(await fiftyTimes(send), 201);
    expect(await count('invoices')).toBe(before + 1);
    const again = await send().expect(201);
    expect([isReplay(again), again.text]).toEqual([true, first.text]);
  });

  it('books one lesson', async () => {
    const [body, key, before] = [lesson(), randomUUID(), await count('bookings')];
    const send = () => post(till.nord.student.caller, '/bookings', body, key);
    const first = expectOneEffect(await fiftyTimes(send), 201);
    expect(await count('bookings')).toBe(before + 1);
    const again = await send().expect(201);
    expect([isReplay(again), again.text]).toEqual([true, first.text]);
  });

  it('opens one checkout', async () => {
    const { student, invoiceId } = await till.invoiced();
    const send = () => post(student, `/invoices/${invoiceId}/checkout`, undefined, 'pay');
    const answers = await fiftyTimes(send);
    for (const { status } of answers) expect([201, 409, 503]).toContain(status);
    const { body } = await send().expect(201);
    for (const answer of answers.filter(({ status }) => status === 201)) expect(answer.body).toEqual(body);
    expect(till.sessionsOf(body.paymentId)).toHaveLength(1);
  });

  it('is refused as often as the request itself is, and never breaks', async () => {
    const { id: studentId } = await till.newStudent();
    const answers = await fiftyTimes(() => post(till.nord.owner, '/invoices', { studentId }, 'nothing'));
    for (const { status, body } of answers) {
      expect([status, ['invoice.nothing_to_invoice', 'idempotency.in_flight']]).toEqual([
        409,
        expect.arrayContaining([body.code]),
      ]);
    }
  });
});

describe('a key', () => {
  it('is answered at once while the first request hangs', async () => {
    const [body, key] = [await charged(), randomUUID()];
    const send = () => post(till.nord.owner, '/invoices', body, key);
    const hanging = await till.test.em.fork().transactional(
      async (em) => {
        const taken = async () => (await em.execute<{ n: number }[]>('SELECT COUNT(*) AS n FROM stored_answers'))[0]!.n;
        const before = await taken();
        await em.execute('SELECT id FROM charges WHERE student_id = ? FOR UPDATE', [idToBytes(body.studentId)]);
        const answer = send().then((response) => response);
        await until(async () => (await taken()) > before);
        const { body: problem } = await send().expect(409).expect('Retry-After', '1');
        expect(problem.code).toBe('idempotency.in_flight');
        return { answer };
      },
      { isolationLevel: IsolationLevel.READ_UNCOMMITTED },
    );
    const { status, text } = await hanging.answer;
    expect([status, text]).toEqual([201, (await send().expect(201)).text]);
  });

  it('stands for one path and body', async () => {
    const [body, key] = [lesson(), randomUUID()];
    const { id } = (await post(till.nord.owner, '/bookings', { ...body, studentId: till.nord.student.id }, key)).body;
    const reordered = { studentId: till.nord.student.id, startsAt: body.startsAt, lessonTypeId: body.lessonTypeId };
    expect(isReplay(await post(till.nord.owner, '/bookings', reordered, key).expect(201))).toBe(true);
    const other = await post(till.nord.owner, '/bookings', { ...reordered, startsAt: freeTime() }, key).expect(422);
    expect(other.body.code).toBe('idempotency.key_reused');

    const second = (await till.nord.student.caller.post('/bookings', lesson()).expect(201)).body.id;
    await post(till.nord.owner, `/bookings/${id}/cancel`, {}, key).expect(200);
    await post(till.nord.owner, `/bookings/${second}/cancel`, {}, key).expect(422);
    expect(isReplay(await post(till.nord.owner, `/bookings/${id}/cancel`, {}, key).expect(200))).toBe(true);
  });

  it('is its sender’s and his school’s alone', async () => {
    const key = randomUUID();
    const charge = await charged();
    const invoice = await post(till.nord.owner, '/invoices', charge, key).expect(201);
    const here = await post(till.nord.owner, '/vehicles', vehicleInput('KL 12 345'), key).expect(201);
    const there = await post(till.syd.owner, '/vehicles', vehicleInput('KL 12 345'), key).expect(201);
    expect([isReplay(here), isReplay(there)]).toEqual([false, false]);
    const student = await post(till.nord.student.caller, '/bookings', lesson(), key).expect(201);
    const owner = await post(
      till.nord.owner,
      '/bookings',
      { ...lesson(), studentId: till.nord.student.id },
      key,
    ).expect(201);
    expect(new Set([invoice.body.id, student.body.id, owner.body.id]).size).toBe(3);
  });

  it('may be sent again after a refusal, corrected or not', async () => {
    const { id: studentId } = await till.newStudent();
    const send = () => post(till.nord.owner, '/invoices', { studentId }, 'later');
    await send().expect(409);
    await till.charge(studentId);
    expect(isReplay(await send().expect(201))).toBe(false);

    const key = randomUUID();
    const refused = await post(till.nord.student.caller, '/bookings', { startsAt: 'soon' }, key).expect(400);
    expect(refused.body.code).toBe('request.invalid');
    await post(till.nord.student.caller, '/bookings', lesson(), key).expect(201);
  });

  it('is refused when it is malformed, by its name', async () => {
    for (const key of ['', 'two words', 'æ', 'x'.repeat(256)]) {
      const { body } = await post(till.nord.owner, '/invoices', await charged(), key).expect(400);
      expect(body.errors).toEqual([expect.objectContaining({ field: 'Idempotency-Key' })]);
    }
    await post(till.nord.owner, '/invoices', await charged(), 'x'.repeat(255)).expect(201);
  });

  it('means nothing to a read, and nothing where tokens are given out', async () => {
    const list = () => till.nord.owner.get('/invoices').set('Idempotency-Key', 'two words');
    expect(isReplay(await list().expect(200))).toBe(false);
    const before = await count('stored_answers');
    const forgotten = { email: 'nobody@example.org' };
    await till.test.http.post('/v1/auth/password-resets').set('Idempotency-Key', 'same').send(forgotten).expect(202);
    expect(await count('stored_answers')).toBe(before);
  });

  it('is forgotten after a day, and not before', async () => {
    const [body, key] = [await charged(), randomUUID()];
    await post(till.nord.owner, '/invoices', body, key).expect(201);
    const answers = till.test.app.get(StoredAnswers, { strict: false });
    const inHours = (hours: number) => new Date(till.test.clock.now().getTime() + hours * 3_600_000);
    await answers.purge(inHours(23));
    expect(isReplay(await post(till.nord.owner, '/invoices', body, key).expect(201))).toBe(true);
    await answers.purge(inHours(25));
    expect(await count('stored_answers')).toBe(0);
    await post(till.nord.owner, '/invoices', body, key).expect(409);
  });
});

describe('effect and answer', () => {
  // The statement that stores the answer is the last before the commit: whatever ends the process there does the same.
  const breakStoring = () =>
    sql`CREATE TRIGGER stored_answers_fail BEFORE UPDATE ON stored_answers
        FOR EACH ROW SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'gone'`.execute(database());
  const mendStoring = () => sql`DROP TRIGGER IF EXISTS stored_answers_fail`.execute(database());
  afterEach(mendStoring);

  it('are there both or neither', async () => {
    const [invoice, booking] = [await charged(), lesson()];
    await till.test.settle();
    const before = [await count('invoices'), await count('bookings'), await count('outbox_events')];
    const sendInvoice = () => post(till.nord.owner, '/invoices', invoice, 'both');
    const sendBooking = () => post(till.nord.student.caller, '/bookings', booking, 'both');
    await breakStoring();
    expect(statusesOf([await sendInvoice(), await sendBooking()])).toEqual([500, 500]);
    expect([await count('invoices'), await count('bookings'), await count('outbox_events')]).toEqual(before);
    await mendStoring();
    expect(isReplay(await sendInvoice().expect(201))).toBe(false);
    expect(isReplay(await sendBooking().expect(201))).toBe(false);
    expect(isReplay(await sendBooking().expect(201))).toBe(true);
  });

  it('of a checkout may part: then a repeat finds the same one', async () => {
    const { student, invoiceId } = await till.invoiced();
    const send = () => post(student, `/invoices/${invoiceId}/checkout`, undefined, 'parted');
    await breakStoring();
    await send().expect(500);
    await mendStoring();
    const { body } = await send().expect(201);
    expect(till.sessionsOf(body.paymentId)).toHaveLength(1);
    expect(await till.checkout(student, invoiceId)).toEqual(body);
  });

  it('of every kind of change are repeated as they were', async () => {
    const { owner } = till.nord;
    const moved = freeTime();
    const { id } = (await till.nord.student.caller.post('/bookings', lesson()).expect(201)).body;
    const { paymentId, invoiceId } = await till.paid();
    const { studentId } = await charged();
    const timeOff = { startsAt: '2031-01-01T08:00:00Z', endsAt: '2031-01-02T08:00:00Z' };
    const calls: [path: string, body: object, status: number][] = [
      [`/bookings/${id}/reschedule`, { startsAt: moved }, 200],
      [`/bookings/${id}/cancel`, {}, 200],
      [`/payments/${paymentId}/refunds`, { amount: krone(1), reason: 'Kulance' }, 202],
      [`/invoices/${invoiceId}/credit-notes`, {}, 201],
      ['/charges', { studentId, description: 'Bog', gross: krone(100), vatRateBp: 2500 }, 201],
      [`/teachers/${till.nord.teacher.id}/time-off`, timeOff, 201],
      ['/teachers', teacherInput('each@nord.example'), 201],
      ['/students', studentInput('each.student@nord.example'), 201],
      ['/lesson-types', lessonTypeInput(), 201],
    ];
    const admin = await platformAdmin(till.test);
    const all = calls.map((call) => [owner, ...call] as const);
    for (const [caller, path, body, status] of [...all, [admin, '/v1/schools', schoolInput('each'), 201] as const]) {
      const first = await post(caller, path, body, 'each').expect(status);
      const again = await post(caller, path, body, 'each').expect(status);
      expect([isReplay(first), isReplay(again), again.text]).toEqual([false, true, first.text]);
    }
  });
});
