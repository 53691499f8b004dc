import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { ExpireHolds } from '../../src/modules/bookings/holds/jobs/expire-holds.js';
import { Verification } from '../../src/platform/verification/verification.js';
import type { Id } from '../../src/platform/values/id.js';
import type { Caller } from '../support/test-school.js';
import { krone, Till } from './till.js';

const allDay = [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, starts: '00:00', ends: '24:00' }));
const plain = { noticeMinutes: null, horizonDays: null, maxPerDay: null, maxPerWeek: null };

let till: Till;
let teacherId: Id;
let otherTeacherId: Id;
let typeId: Id;
let days = 0;
const firstDay = Date.now();

beforeAll(async () => {
  till = await Till.open();
  const { nord } = till;
  teacherId = (await nord.addTeacher('holds@nord.example', { workingHours: allDay, licenceClasses: ['BE'] })).id;
  const hours = { workingHours: allDay, licenceClasses: ['BE' as const] };
  otherTeacherId = (await nord.addTeacher('holds2@nord.example', hours)).id;
  const type = {
    name: 'Vejledning',
    minutes: 45,
    price: krone(650),
    vatRateBp: 2500,
    needsVehicle: false,
    licenceClass: 'BE',
    setupMinutes: 0,
    bufferMinutes: 0,
    cancelNoticeHours: 24,
    cancelFee: krone(300),
    bookableByStudents: true,
  };
  typeId = (await nord.owner.post('/lesson-types', type).expect(201)).body.id;
  await prepay('deposit');
});
afterAll(() => till?.close());
afterEach(async () => {
  await till.tidy();
  const verdicts = await till.nord.run(() => till.test.app.get(Verification, { strict: false }).ofSchool(till.nord.id));
  expect(verdicts.flatMap(({ findings }) => findings)).toEqual([]);
});

function prepay(prepayment: 'none' | 'deposit' | 'full') {
  const deposit = prepayment === 'deposit' ? krone(200) : null;
  return till.nord.owner.put(`/lesson-types/${typeId}/booking-rules`, { ...plain, prepayment, deposit }).expect(200);
}

/** A time of its own for each test: counted from one day, as tests move the clock past midnight and back. */
function someTime(): string {
  days += 1;
  const noon = new Date(firstDay + (3 + days) * 86_400_000);
  noon.setUTCHours(11, 0, 0, 0);
  return noon.toISOString();
}

const wish = (startsAt: string, more: object = {}) => ({ lessonTypeId: typeId, teacherId, startsAt, ...more });

async function held(startsAt = someTime()) {
  const { id: studentId, caller } = await till.newStudent();
  const { body } = await caller.post('/bookings', wish(startsAt)).expect(201);
  expect(body.state).toBe('held');
  return { id: body.id as Id, startsAt, student: caller, studentId, invoiceId: body.hold.invoiceId as Id, body };
}

const read = async (id: Id) => (await till.nord.owner.get(`/bookings/${id}`).expect(200)).body;
/** He pays at once, and nobody tells us before release(). */
async function payUnheard(url: string): Promise<void> {
  till.test.sandbox.faults.add({ system: 'stripe', kind: 'webhook_hold', operation: 'checkout.session.completed' });
  await till.test.sandbox.stripe.pay(till.sessionAt(url), '4242424242424242');
}

async function hear(): Promise<void> {
  await till.test.sandbox.stripe.webhooks.release();
  await till.test.settle();
}

const sweep = () => till.test.app.get(ExpireHolds, { strict: false }).run(till.test.clock.now());
const runOut = () => till.test.clock.advance({ minutes: 31 });

async function checkout(hold: Awaited<ReturnType<typeof held>>): Promise<{ paymentId: Id; url: string }> {
  return (await hold.student.post(`/bookings/${hold.id}/checkout`).expect(201)).body;
}

/** The kinds of what he got by e-mail. */
async function messagesTo(caller: Caller): Promise<string[]> {
  const { body } = await caller.get('/messages?limit=100').expect(200);
  const items: { kind: string; channel: string }[] = body.items;
  return items.filter(({ channel }) => channel === 'email').map(({ kind }) => kind);
}

async function charged(studentId: Id): Promise<Record<string, number>> {
  const { body } = await till.nord.owner.get(`/charges?studentId=${studentId}`).expect(200);
  const standing = body.items.filter(({ state }: { state: string }) => state !== 'voided');
  return Object.fromEntries(
    standing.map(({ source, gross }: { source: string; gross: { amount: number } }) => [source, gross.amount / 100]),
  );
}

describe('a lesson that is paid first', () => {
  it('is held, tells nobody, and is booked by its money, which is set off', async () => {
    const hold = await held();
    expect(hold.body.hold).toMatchObject({ prepayment: krone(200) });
    expect(Date.parse(hold.body.hold.until) - till.test.clock.now().getTime()).toBeGreaterThan(29 * 60_000);
    const other = await till.newStudent();
    await other.caller.post('/bookings', wish(hold.startsAt)).expect(409);
    await hold.student.post(`/bookings/${hold.id}/reschedule`, { startsAt: someTime() }).expect(409);
    await hold.student.post(`/bookings/${hold.id}/cancel`, {}).expect(409);
    await other.caller.post(`/bookings/${hold.id}/checkout`).expect(404);
    await other.caller.post(`/bookings/${hold.id}/release`, {}).expect(404);
    await till.test.settle();
    expect(await messagesTo(hold.student)).not.toContain('lesson_booked');
    const { url, paymentId } = await checkout(hold);
    till.test.sandbox.faults.add({
      system: 'stripe',
      kind: 'webhook_duplicate',
      operation: 'checkout.session.completed',
      copies: 20,
    });
    await till.pay(url);
    expect(await read(hold.id)).toMatchObject({ state: 'booked', hold: null, price: krone(650) });
    expect((await messagesTo(hold.student)).filter((kind) => kind === 'lesson_booked')).toHaveLength(1);
    expect(await charged(hold.studentId)).toEqual({ prepayment: 200, booking: 450 });
    expect(await till.invoice(hold.invoiceId)).toMatchObject({ state: 'paid', paid: krone(200) });
    const { body: log } = await till.nord.owner.get(`/audit-log?subjectId=${hold.id}`).expect(200);
    expect(log.items.map(({ action }: { action: string }) => action)).toEqual(['booking.confirmed', 'booking.held']);
    const { body: begun } = await till.nord.owner.get(`/audit-log?subjectId=${paymentId}`).expect(200);
    expect(begun.items.map(({ action }: { action: string }) => action)).toContain('payment.begun');
    await till.nord.owner.post('/invoices', { studentId: hold.studentId }).expect(201);
    expect(await till.balance(hold.studentId)).toBe(450_00);

    await hold.student.post(`/bookings/${hold.id}/cancel`, {}).expect(200);
    expect(await charged(hold.studentId)).toEqual({});
    expect(await till.balance(hold.studentId)).toBe(-200_00);
  });

  it('is charged once when all of it is paid first', async () => {
    await prepay('full');
    const hold = await held();
    await prepay('deposit');
    await till.pay((await checkout(hold)).url);
    expect(await read(hold.id)).toMatchObject({ state: 'booked' });
    expect(await charged(hold.studentId)).toEqual({ prepayment: 650 });
    expect(await till.balance(hold.studentId)).toBe(0);
  });

  it('is nobody’s when it runs out: credited, free, and no word of a cancellation', async () => {
    const hold = await held();
    runOut();
    await sweep();
    await sweep();
    expect(await read(hold.id)).toMatchObject({ state: 'expired', hold: null });
    expect(await till.invoice(hold.invoiceId)).toMatchObject({ state: 'credited', outstanding: krone(0) });
    await till.test.settle();
    const told = await messagesTo(hold.student);
    for (const kind of ['lesson_booked', 'lesson_cancelled']) expect(told).not.toContain(kind);
    expect((await hold.student.post(`/bookings/${hold.id}/checkout`).expect(409)).body.code).toBe('booking.closed');
    const other = await till.newStudent();
    await other.caller.post('/bookings', wish(hold.startsAt)).expect(201);
  });

  it('keeps its time when the money came before anybody ended it', async () => {
    const hold = await held();
    const { url } = await checkout(hold);
    runOut();
    await till.pay(url);
    await sweep();
    expect(await read(hold.id)).toMatchObject({ state: 'booked' });
  });
});

describe('a hold that ran out', () => {
  it('goes to one of twenty who want its time at once', async () => {
    const hold = await held();
    const takers = await Promise.all(Array.from({ length: 20 }, () => till.newStudent()));
    runOut();
    const answers = await Promise.all(
      takers.map(({ caller }, i) => caller.post('/bookings', wish(hold.startsAt, i % 2 ? { teacherId } : {}))),
    );
    const won = answers.filter(({ status }) => status === 201);
    expect(won).toHaveLength(1);
    const codes = answers.filter(({ status }) => status !== 201).map(({ body }) => body.code);
    for (const code of codes) expect(['booking.slot_taken', 'booking.changed']).toContain(code);
    expect(await read(hold.id)).toMatchObject({ state: 'expired' });
    expect(await till.invoice(hold.invoiceId)).toMatchObject({ state: 'credited' });
  });

  it('is not in the way of whoever takes any teacher', async () => {
    const startsAt = someTime();
    const first = await held(startsAt);
    const { caller } = await till.newStudent();
    await caller.post('/bookings', { ...wish(startsAt), teacherId: otherTeacherId }).expect(201);
    runOut();
    const { caller: taker } = await till.newStudent();
    const { body } = await taker.post('/bookings', { lessonTypeId: typeId, startsAt }).expect(201);
    expect(body.teacher.id).toBe(teacherId);
    expect(await read(first.id)).toMatchObject({ state: 'expired' });
  });

  it('may be moved into', async () => {
    const first = await held();
    const second = await held();
    await till.nord.owner.post(`/bookings/${second.id}/confirm`).expect(200);
    runOut();
    await till.nord.owner.post(`/bookings/${second.id}/reschedule`, { startsAt: first.startsAt }).expect(200);
    expect(await read(first.id)).toMatchObject({ state: 'expired' });
  });

  it('is booked all the same when its money comes late and the time is free', async () => {
    const hold = await held();
    const { url } = await checkout(hold);
    await payUnheard(url);
    runOut();
    await sweep();
    await hear();
    expect(await read(hold.id)).toMatchObject({ state: 'booked', teacher: { id: teacherId } });
    expect(await charged(hold.studentId)).toEqual({ late_prepayment: 200, booking: 450 });
    expect(await till.balance(hold.studentId)).toBe(0);
    expect((await messagesTo(hold.student)).filter((kind) => kind === 'lesson_booked')).toHaveLength(1);
  });

  it('is booked with another teacher who is free, when its own is not', async () => {
    const hold = await held();
    const { url } = await checkout(hold);
    await payUnheard(url);
    runOut();
    const taker = await till.newStudent();
    await taker.caller.post('/bookings', wish(hold.startsAt)).expect(201);
    await hear();
    expect(await read(hold.id)).toMatchObject({ state: 'booked', teacher: { id: otherTeacherId } });
  });

  it('takes, when its money comes late, the time of a hold that followed it and ran out too', async () => {
    const hold = await held();
    await payUnheard((await checkout(hold)).url);
    runOut();
    const next = await held(hold.startsAt);
    runOut();
    await hear();
    expect(await read(hold.id)).toMatchObject({ state: 'booked', teacher: { id: teacherId } });
    expect(await read(next.id)).toMatchObject({ state: 'expired' });
    expect(await till.invoice(next.invoiceId)).toMatchObject({ state: 'credited' });
  });

  it('gives late money back when nobody is free', async () => {
    const hold = await held();
    const { url, paymentId } = await checkout(hold);
    await payUnheard(url);
    runOut();
    for (const teacher of [teacherId, otherTeacherId]) {
      const taker = await till.newStudent();
      await taker.caller.post('/bookings', { ...wish(hold.startsAt), teacherId: teacher }).expect(201);
    }
    await hear();
    expect(await read(hold.id)).toMatchObject({ state: 'expired' });
    const { refunds } = await till.payment(paymentId);
    expect(refunds).toMatchObject([{ amount: krone(200), state: 'succeeded' }]);
    expect(await till.balance(hold.studentId)).toBe(0);
    expect(await messagesTo(hold.student)).toContain('refund_completed');
  });

  it('gives late money back when the student has as many lessons by now as he may', async () => {
    const hold = await held();
    const { url, paymentId } = await checkout(hold);
    await payUnheard(url);
    runOut();
    await sweep();
    const body = { open: null, openUntil: null, maxPerDay: 0, maxPerWeek: null };
    await till.nord.owner.put(`/students/${hold.studentId}/booking-rules`, body).expect(200);
    await hear();
    expect(await read(hold.id)).toMatchObject({ state: 'expired' });
    expect((await till.payment(paymentId)).refunds).toHaveLength(1);
  });

  it('ends as one thing when money, the clock and a taker come at once', async () => {
    const seen = new Set<string>();
    for (let round = 0; round < 8; round++) {
      const hold = await held();
      const { url, paymentId } = await checkout(hold);
      const taker = await till.newStudent();
      runOut();
      const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
      const [paid, , taken] = await Promise.all([
        till.test.sandbox.stripe.pay(till.sessionAt(url), '4242424242424242').catch(() => 'closed'),
        pause((round % 4) * 15).then(sweep),
        pause((round % 3) * 20).then(() => taker.caller.post('/bookings', wish(hold.startsAt))),
      ]);
      await till.test.settle();
      const { state, teacher } = await read(hold.id);
      seen.add(`${paid === 'closed' ? 'closed' : 'paid'} ${taken.status}`);
      if (paid === 'closed') {
        expect([state, await till.balance(hold.studentId)]).toEqual(['expired', 0]);
        continue;
      }
      // There is another teacher, so he gets his lesson whoever was faster.
      expect(state).toBe('booked');
      expect(teacher.id).toBe(taken.status === 201 ? otherTeacherId : teacherId);
      expect((await till.payment(paymentId)).refunds).toEqual([]);
      expect(await till.balance(hold.studentId)).toBe(0);
    }
    expect([...seen].filter((end) => !/^(paid|closed) (201|409)$/.test(end))).toEqual([]);
  });
});

describe('the checkout of a hold', () => {
  it('closes with it', async () => {
    const hold = await held();
    const { url, paymentId } = await checkout(hold);
    runOut();
    await sweep();
    await till.test.settle();
    expect(await till.payment(paymentId)).toMatchObject({ state: 'expired' });
    expect(till.sessionAt(url).session.status).toBe('expired');
  });
});

describe('a time that staff hold', () => {
  it('is confirmed, released, or ends', async () => {
    const { id: studentId, caller } = await till.newStudent();
    const hold = { minutes: 60 };
    const byStaff = async () =>
      (await till.nord.owner.post('/bookings', wish(someTime(), { studentId, hold })).expect(201)).body;
    expect((await caller.post('/bookings', wish(someTime(), { hold })).expect(403)).body.code).toBe(
      'booking.staff_hold',
    );
    const [one, two, three] = [await byStaff(), await byStaff(), await byStaff()];
    expect(one).toMatchObject({ state: 'held', hold: { prepayment: krone(0), invoiceId: null } });
    expect((await caller.post(`/bookings/${one.id}/checkout`).expect(409)).body.code).toBe('invoice.nothing_to_pay');
    await caller.post(`/bookings/${one.id}/confirm`).expect(403);
    expect((await till.nord.owner.post(`/bookings/${one.id}/confirm`).expect(200)).body.state).toBe('booked');
    await till.nord.owner.post(`/bookings/${one.id}/confirm`).expect(409);
    expect(await charged(studentId)).toEqual({ booking: 650 });
    await caller.post(`/bookings/${two.id}/release`, {}).expect(200);
    await caller.post(`/bookings/${two.id}/release`, {}).expect(409);
    till.test.clock.advance({ minutes: 59 });
    await sweep();
    expect((await read(three.id)).state).toBe('held');
    till.test.clock.advance({ minutes: 2 });
    await sweep();
    expect((await read(three.id)).state).toBe('expired');
    await till.test.settle();
    expect((await messagesTo(caller)).filter((kind) => kind.startsWith('lesson_'))).toEqual(['lesson_booked']);
  });

  it('that a student released does not come back with his money', async () => {
    const hold = await held();
    const { url, paymentId } = await checkout(hold);
    await payUnheard(url);
    await hold.student.post(`/bookings/${hold.id}/release`, {}).expect(200);
    await hear();
    expect(await read(hold.id)).toMatchObject({ state: 'cancelled' });
    expect((await till.payment(paymentId)).refunds).toHaveLength(1);
    expect(await till.balance(hold.studentId)).toBe(0);
  });
});
