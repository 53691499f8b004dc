import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import { globalQuery } from '../../src/platform/database/query.js';
import type { Id } from '../../src/platform/values/id.js';
import { Verification } from '../../src/platform/verification/verification.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { openTestSchool, type Caller, type TestSchool } from '../support/test-school.js';
import { krone } from './till.js';

// A Friday, nine o'clock in Denmark.
const now = '2026-11-20T08:00:00Z';
const openSettings = {
  studentsBook: true,
  noticeMinutes: 0,
  horizonDays: null,
  maxPerDay: null,
  maxPerWeek: null,
  arrearsLimit: null,
  holdMinutes: 30,
};
const plain = {
  noticeMinutes: null,
  horizonDays: null,
  maxPerDay: null,
  maxPerWeek: null,
  prepayment: 'none',
  theoryPercent: null,
  deposit: null,
};
const asSchool = { open: null, openUntil: null, maxPerDay: null, maxPerWeek: null };

let test: TestApp;
let nord: TestSchool;
let syd: TestSchool;
let people = 0;

beforeAll(async () => {
  test = await startTestApp({ jobs: false });
  test.clock.set(now);
  nord = await openTestSchool(test, 'nord');
  syd = await openTestSchool(test, 'syd');
});
afterAll(() => test?.close());
afterEach(async () => {
  test.clock.set(now);
  await set({});
  await setType({});
  const verdicts = await nord.run(() => test.app.get(Verification, { strict: false }).ofSchool(nord.id));
  expect(verdicts.flatMap(({ findings }) => findings)).toEqual([]);
});

const set = (change: object) => nord.owner.put('/booking-settings', { ...openSettings, ...change }).expect(200);
const setType = (change: object) =>
  nord.owner.put(`/lesson-types/${nord.lessonTypeId}/booking-rules`, { ...plain, ...change }).expect(200);
const setStudent = (id: Id, change: object) =>
  nord.owner.put(`/students/${id}/booking-rules`, { ...asSchool, ...change }).expect(200);

/** Somebody of his own for each test, and a teacher nobody else wants. */
async function somebody() {
  people += 1;
  const student = await nord.enrol(`rules${people}@nord.example`);
  const teacher = await nord.addTeacher(`rulesteacher${people}@nord.example`);
  const vehicle = await nord.owner.post('/vehicles', {
    name: `Bil ${people}`,
    plate: `CD 10 ${100 + people}`,
    licenceClass: 'B',
    gearbox: 'manual',
  });
  const wish = (startsAt: string, more: object = {}) => ({
    lessonTypeId: nord.lessonTypeId,
    startsAt,
    teacherId: teacher.id,
    ...(vehicle.status === 201 && { vehicleId: vehicle.body.id }),
    ...more,
  });
  const book = (startsAt: string, more: object = {}) => student.caller.post('/bookings', wish(startsAt, more));
  const bookByStaff = (startsAt: string, more: object = {}) =>
    nord.owner.post('/bookings', wish(startsAt, { studentId: student.id, ...more }));
  return { student, teacher, book, bookByStaff };
}

async function refused(call: ReturnType<Caller['post']>, status: number, code: string, extra: object = {}) {
  expect((await call.expect(status)).body).toMatchObject({ code, ...extra });
}

async function starts(caller: Caller, teacherId: Id, from = '2026-11-20', until = '2026-12-04'): Promise<string[]> {
  const query = `lessonTypeId=${nord.lessonTypeId}&teacherId=${teacherId}&from=${from}&until=${until}&limit=200`;
  const { body } = await caller.get(`/free-times?${query}`).expect(200);
  return body.items.map(({ startsAt }: { startsAt: string }) => startsAt);
}

async function overrideOf(bookingId: Id) {
  const { rows } = await sql<{ reason: string | null; details: string }>`
    SELECT b.override_reason AS reason, a.details FROM bookings b
      JOIN audit_entries a ON a.subject_id = b.id AND a.action = 'booking.booked'
    WHERE b.id = UNHEX(REPLACE(${bookingId}, '-', ''))`.execute(globalQuery<object>(test.em.fork()));
  const { reason, details } = rows[0]!;
  return { reason, overrode: (typeof details === 'string' ? JSON.parse(details) : details).overrode };
}

describe('notice and horizon', () => {
  it('are the school’s unless the type has its own, bind staff too, and hide what cannot be booked', async () => {
    const { student, teacher, book, bookByStaff } = await somebody();
    await set({ noticeMinutes: 24 * 60, horizonDays: 5 });
    await refused(book('2026-11-20T14:00:00Z'), 422, 'booking.notice_too_short', {
      rule: 'notice',
      limit: 1440,
      earliestStart: '2026-11-21T08:00:00.000Z',
      errors: [expect.objectContaining({ field: 'startsAt' })],
    });
    await refused(bookByStaff('2026-11-20T14:00:00Z'), 422, 'booking.notice_too_short');
    await refused(book('2026-11-26T08:00:00Z'), 422, 'booking.beyond_horizon', { rule: 'horizon', limit: 5 });
    const seen = await starts(student.caller, teacher.id);
    expect(seen[0]).toBe('2026-11-23T07:00:00.000Z');
    expect(seen.at(-1)).toBe('2026-11-25T08:00:00.000Z');
    expect((await starts(nord.owner, teacher.id, '2026-12-01'))[0]).toBe('2026-12-01T07:00:00.000Z');

    await setType({ noticeMinutes: 0, horizonDays: 60 });
    await book('2026-11-20T14:00:00Z').expect(201);
    await book('2026-11-26T08:00:00Z').expect(201);
  });

  it('give way to staff who say why, and to nobody else; never does a collision', async () => {
    const { student, book, bookByStaff } = await somebody();
    await set({ noticeMinutes: 24 * 60 });
    const override = { reason: 'Køreprøve i morgen' };
    await refused(book('2026-11-20T14:00:00Z', { override }), 403, 'booking.override_not_allowed');
    const { body } = await bookByStaff('2026-11-20T14:00:00Z', { override }).expect(201);
    expect(await overrideOf(body.id)).toEqual({ reason: 'Køreprøve i morgen', overrode: 'notice' });
    await refused(bookByStaff('2026-11-20T14:00:00Z', { override }), 409, 'booking.slot_taken');
    // Nothing was in the way, so nothing was overridden.
    const free = (await bookByStaff('2026-11-24T14:00:00Z', { override }).expect(201)).body;
    expect(await overrideOf(free.id)).toEqual({ reason: null, overrode: undefined });
    await refused(
      student.caller.post(`/bookings/${free.id}/reschedule`, { startsAt: '2026-11-20T12:00:00Z' }),
      422,
      'booking.notice_too_short',
    );
    const moved = { startsAt: '2026-11-20T12:00:00Z', override };
    await nord.owner.post(`/bookings/${free.id}/reschedule`, moved).expect(200);
  });

  it('do not count for lessons that staff write down afterwards', async () => {
    const { bookByStaff } = await somebody();
    await set({ noticeMinutes: 24 * 60 });
    test.clock.set('2026-11-20T12:00:00Z');
    await bookByStaff('2026-11-20T08:00:00Z').expect(201);
  });
});

describe('how many lessons a student has', () => {
  it('is counted by day and week, by type and by all, of everybody and of him', async () => {
    const { student, teacher, book, bookByStaff } = await somebody();
    await setType({ maxPerDay: 1 });
    await set({ maxPerWeek: 2 });
    const first = (await book('2026-11-24T08:00:00Z').expect(201)).body;
    await refused(book('2026-11-24T12:00:00Z'), 409, 'booking.too_many_lessons', {
      rule: 'day_limit',
      limit: 1,
      scope: 'lesson_type',
    });
    expect((await starts(student.caller, teacher.id)).some((at) => at.startsWith('2026-11-24'))).toBe(false);
    await book('2026-11-25T08:00:00Z').expect(201);
    await refused(bookByStaff('2026-11-27T08:00:00Z'), 409, 'booking.too_many_lessons', {
      rule: 'week_limit',
      limit: 2,
      scope: 'school',
    });
    const left = await starts(student.caller, teacher.id);
    expect(left.filter((at) => at > '2026-11-22')[0]).toBe('2026-11-30T07:00:00.000Z');
    const moved = { startsAt: '2026-11-24T13:00:00Z' };
    await student.caller.post(`/bookings/${first.id}/reschedule`, moved).expect(200);
    const override = { reason: 'Ferie i næste uge' };
    const more = (await bookByStaff('2026-11-25T12:00:00Z', { override }).expect(201)).body;
    expect(await overrideOf(more.id)).toEqual({ reason: override.reason, overrode: 'day_limit week_limit' });

    await setStudent(student.id, { maxPerWeek: 0 });
    await refused(book('2026-12-08T08:00:00Z'), 409, 'booking.too_many_lessons', { scope: 'student', limit: 0 });
  });

  it('is his by the school’s clocks: a lesson after midnight is another day’s', async () => {
    const { bookByStaff } = await somebody();
    const workingHours = [1, 2, 3, 4, 5].map((weekday) => ({ weekday, starts: '00:00', ends: '24:00' }));
    const { id: teacherId } = await nord.addTeacher(`night${people}@nord.example`, { workingHours });
    await setType({ maxPerDay: 1 });
    await bookByStaff('2026-11-24T22:00:00Z', { teacherId }).expect(201);
    await bookByStaff('2026-11-24T23:15:00Z', { teacherId }).expect(201);
    await refused(bookByStaff('2026-11-24T12:00:00Z', { teacherId }), 409, 'booking.too_many_lessons');
    await refused(bookByStaff('2026-11-25T12:00:00Z', { teacherId }), 409, 'booking.too_many_lessons');
  });

  it('holds when fifty of one student’s bookings come at once', async () => {
    const { student } = await somebody();
    await set({ maxPerWeek: 3 });
    const teachers = await Promise.all(
      Array.from({ length: 10 }, (_, i) => nord.addTeacher(`crowd${people}x${i}@nord.example`)),
    );
    const vehicles = await Promise.all(
      Array.from({ length: 10 }, async (_, i) => {
        const input = { name: `V${i}`, plate: `EE 20 ${100 + i}`, licenceClass: 'B', gearbox: 'manual' };
        return (await nord.owner.post('/vehicles', input).expect(201)).body.id as Id;
      }),
    );
    const wishes = Array.from({ length: 50 }, (_, i) => ({
      lessonTypeId: nord.lessonTypeId,
      studentId: student.id,
      teacherId: teachers[i % 10]!.id,
      vehicleId: vehicles[i % 10]!,
      startsAt: `2026-12-${['07', '08', '09', '10', '11'][Math.floor((i % 20) / 4)]}T${['08', '10', '12', '14'][i % 4]}:00:00Z`,
    }));
    const answers = await Promise.all(
      wishes.map((wish, i) => (i % 2 ? student.caller : nord.owner).post('/bookings', wish)),
    );
    const codes = answers.map(({ status, body }) => (status === 201 ? 'ok' : body.code));
    expect(codes.filter((code) => code === 'ok')).toHaveLength(3);
    expect(new Set(codes)).toEqual(new Set(['ok', 'booking.too_many_lessons', 'booking.slot_taken']));
  });
});

describe('opening', () => {
  it('of all and of one student', async () => {
    const { student, teacher, book, bookByStaff } = await somebody();
    await set({ studentsBook: false });
    await refused(book('2026-11-24T08:00:00Z'), 409, 'booking.not_open', { rule: 'opening' });
    expect(await starts(student.caller, teacher.id)).toEqual([]);
    await bookByStaff('2026-11-24T08:00:00Z').expect(201);
    await setStudent(student.id, { open: true, openUntil: '2026-11-20' });
    await book('2026-11-25T08:00:00Z').expect(201);
    test.clock.set('2026-11-20T23:30:00Z');
    await refused(book('2026-11-26T08:00:00Z'), 409, 'booking.not_open', { openUntil: '2026-11-20' });
    await setStudent(student.id, { open: false });
    await refused(bookByStaff('2026-11-26T08:00:00Z'), 409, 'booking.not_open');
    const override = { reason: 'Aftalt med forældrene' };
    const { body } = await bookByStaff('2026-11-26T08:00:00Z', { override }).expect(201);
    expect((await overrideOf(body.id)).overrode).toBe('opening');
  });
});

describe('arrears', () => {
  it('beyond what the school allows keep him from booking, and not from moving', async () => {
    const { student, teacher, book, bookByStaff } = await somebody();
    await nord.owner.put('/finance-settings', { paymentTermsDays: 0, bankAccount: null }).expect(200);
    const charge = { studentId: student.id, description: 'Teori', gross: krone(600), vatRateBp: 2500 };
    await nord.owner.post('/charges', charge).expect(201);
    const invoice = (await nord.owner.post('/invoices', { studentId: student.id }).expect(201)).body;
    await set({ arrearsLimit: krone(500) });
    const booked = (await book('2026-12-10T08:00:00Z').expect(201)).body;
    test.clock.set('2026-11-20T23:30:00Z');
    const answer = (await book('2026-12-08T08:00:00Z').expect(409)).body;
    expect(answer).toMatchObject({ code: 'booking.student_in_arrears', rule: 'arrears' });
    expect(JSON.stringify(answer)).not.toMatch(/600|60000/);
    expect(await starts(student.caller, teacher.id, '2026-12-07', '2026-12-12')).toEqual([]);
    await refused(bookByStaff('2026-12-08T08:00:00Z'), 409, 'booking.student_in_arrears');
    await student.caller.post(`/bookings/${booked.id}/reschedule`, { startsAt: '2026-12-11T08:00:00Z' }).expect(200);
    await set({ arrearsLimit: krone(600) });
    await book('2026-12-08T08:00:00Z').expect(201);
    await set({ arrearsLimit: krone(0) });
    await nord.owner.post(`/invoices/${invoice.id}/credit-notes`, {}).expect(201);
    await book('2026-12-09T08:00:00Z').expect(201);
  });
});

describe('the rules themselves', () => {
  it('are the school’s own, read by its people and changed by the office', async () => {
    const { student } = await somebody();
    const type = `/lesson-types/${nord.lessonTypeId}/booking-rules`;
    await refused(nord.owner.put(type, { ...plain, prepayment: 'deposit' }), 422, 'booking_rules.deposit_invalid');
    await refused(nord.owner.put(type, { ...plain, deposit: krone(100) }), 422, 'booking_rules.deposit_invalid');
    const deposit = (amount: object) => ({ ...plain, prepayment: 'deposit', deposit: amount });
    await refused(nord.owner.put(type, deposit(krone(100_000))), 422, 'booking_rules.deposit_invalid');
    await refused(nord.owner.put(type, deposit({ amount: 100, currency: 'EUR' })), 422, 'booking_rules.wrong_currency');
    expect((await student.caller.get(type).expect(200)).body).toEqual(plain);
    await student.caller.put(type, plain).expect(403);
    await syd.owner.get(`/lesson-types/${nord.lessonTypeId}/booking-rules`).expect(404);
    await syd.owner.put(`/students/${student.id}/booking-rules`, asSchool).expect(404);
    await nord.student.caller.get(`/students/${student.id}/booking-rules`).expect(404);
    expect((await student.caller.get(`/students/${student.id}/booking-rules`).expect(200)).body).toEqual(asSchool);
    expect((await syd.owner.get('/booking-settings').expect(200)).body).toEqual(openSettings);
  });
});
