import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { CalendarAudit } from '../../src/modules/bookings/queries/calendar-audit.js';
import type { Id } from '../../src/platform/values/id.js';
import { ScheduleRunner } from '../../src/platform/schedules/schedule-runner.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { callerOf, openTestSchool, type Caller, type TestSchool } from '../support/test-school.js';

const kroner = (amount: number) => ({ amount: amount * 100, currency: 'DKK' });

let test: TestApp;
let nord: TestSchool;
let syd: TestSchool;
let owner: Caller;
let number = 0;
/** Somebody new for each test, and a Wednesday of its own, at 09:00 in Copenhagen. */
let student: { readonly id: Id; readonly caller: Caller };
let wednesday: string;
const at = (time: string) => `${wednesday}T${time}:00.000Z`;

beforeAll(async () => {
  test = await startTestApp();
  test.clock.set('2027-01-04T08:00:00Z');
  nord = await openTestSchool(test, 'nord');
  syd = await openTestSchool(test, 'syd');
});
afterAll(async () => {
  // What lay two months before the latest time that a test has set is purged.
  test.clock.set('2027-04-07T08:00:00Z');
  expect(await nord.run(() => test.app.get(CalendarAudit, { strict: false }).verify())).toEqual([]);
  await test.close();
});

beforeEach(async () => {
  await itIs('2027-01-04T08:00:00Z');
  wednesday = new Date(Date.UTC(2027, 0, 13 + 7 * number)).toISOString().slice(0, 10);
  number += 1;
  student = await nord.enrol(`exam${number}@nord.example`);
});

async function itIs(time: string): Promise<void> {
  await test.settle();
  test.clock.set(time);
  owner = await callerOf(test, nord.owner.userId, `/v1/schools/${nord.id}`);
}

function practical(more: object = {}) {
  const who = { studentId: student.id, teacherId: nord.teacher.id, vehicleId: nord.vehicleId };
  const when = { startsAt: at('08:00'), minutes: 45, setupMinutes: 30, bufferMinutes: 15 };
  return { kind: 'practical', ...who, ...when, place: 'Herlev', ...more };
}

const theory = (more: object = {}) => ({
  kind: 'theory',
  studentId: student.id,
  startsAt: at('08:00'),
  minutes: 60,
  place: 'Herlev',
  ...more,
});

const plan = (body: object) => owner.post('/exams', body);
const lesson = (startsAt: string, more: object = {}) =>
  owner.post('/bookings', { lessonTypeId: nord.lessonTypeId, studentId: student.id, startsAt, ...more });

describe('an exam', () => {
  it('takes the time of student, teacher and vehicle, with the way there and back', async () => {
    const { body } = await plan(practical()).expect(201);
    expect(body).toMatchObject({
      state: 'planned',
      licenceClass: 'B',
      endsAt: at('08:45'),
      student: { id: student.id },
      teacher: { id: nord.teacher.id },
      vehicle: { id: nord.vehicleId },
      feeStatus: 'unpaid',
      cancelledInTime: null,
    });
    const other = await nord.enrol(`beside${number}@nord.example`);
    const beside = { teacherId: nord.teacher.id, studentId: other.id };
    expect((await lesson(at('08:45'), beside).expect(409)).body.busy).toEqual(['teacher', 'vehicle']);
    await lesson(at('09:00'), beside).expect(201);
    const date = wednesday;
    const next = new Date(Date.parse(at('00:00')) + 86_400_000).toISOString().slice(0, 10);
    const free = `/free-times?lessonTypeId=${nord.lessonTypeId}&from=${date}&until=${next}&limit=200`;
    const starts = (await owner.get(free).expect(200)).body.items.map((time: { startsAt: string }) =>
      time.startsAt.slice(11, 16),
    );
    expect(starts).toContain('09:45');
    for (const taken of ['07:00', '07:30', '08:00', '08:45']) expect(starts).not.toContain(taken);
  });

  it('of theory takes the student alone', async () => {
    await plan(theory()).expect(201);
    expect((await lesson(at('08:15')).expect(409)).body.busy).toEqual(['student']);
    const other = await nord.enrol(`beside${number}@nord.example`);
    await lesson(at('08:15'), { studentId: other.id, teacherId: nord.teacher.id }).expect(201);
    const fields = async (body: object) =>
      (await plan(body).expect(422)).body.errors.map(({ field }: { field: string }) => field);
    expect(await fields(theory({ teacherId: nord.teacher.id, vehicleId: nord.vehicleId }))).toEqual([
      'teacherId',
      'vehicleId',
    ]);
    const { teacherId: _, ...without } = practical();
    expect(await fields(without)).toEqual(['teacherId']);
    expect(await fields(practical({ licenceClass: 'C' }))).toEqual(['teacherId']);
    expect(await fields(practical({ startsAt: '2026-12-01T08:00:00Z' }))).toEqual(['startsAt']);
    expect(await fields(practical({ fee: { amount: 1, currency: 'EUR' } }))).toEqual(['fee']);
  });

  it('says what is in its way, and writes nothing then', async () => {
    await lesson(at('08:30')).expect(201);
    const { body } = await plan(practical()).expect(409);
    expect(body).toMatchObject({ code: 'exam.slot_taken', errors: [{ field: 'startsAt' }] });
    expect(body.busy).toEqual(['teacher', 'student', 'vehicle']);
    expect((await plan(theory()).expect(409)).body.busy).toEqual(['student']);
    expect((await owner.get(`/exams?studentId=${student.id}`).expect(200)).body.items).toEqual([]);
  });

  it('of two at once for the same teacher is planned once', async () => {
    const others = await Promise.all([1, 2, 3, 4].map((n) => nord.enrol(`race${number}.${n}@nord.example`)));
    const answers = await Promise.all(others.map(({ id }) => plan(practical({ studentId: id }))));
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([201, 409, 409, 409]);
  });

  it('of a kind is ahead once, also when two are planned at once', async () => {
    const answers = await Promise.all(['08:00', '10:00', '12:00'].map((time) => plan(theory({ startsAt: at(time) }))));
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([201, 409, 409]);
    expect(answers.filter(({ status }) => status === 409).map(({ body }) => body.code)).toEqual([
      'exam.planned_already',
      'exam.planned_already',
    ]);
    await plan(practical({ startsAt: at('14:00') })).expect(201);
  });

  it('moves with its deadline, and frees what it took', async () => {
    const { body } = await plan(practical()).expect(201);
    expect(body.cancelBy).toBe(new Date(Date.parse(at('11:00')) - 7 * 86_400_000).toISOString());
    const thursday = new Date(Date.parse(at('12:10')) + 86_400_000).toISOString();
    const { body: moved } = await owner
      .post(`/exams/${body.id}/move`, { startsAt: thursday, place: 'Køge' })
      .expect(200);
    expect(moved).toMatchObject({ startsAt: thursday, place: 'Køge', teacher: { id: nord.teacher.id } });
    expect(moved.cancelBy).toBe(new Date(Date.parse(at('11:00')) - 6 * 86_400_000).toISOString());
    await lesson(at('08:00'), { teacherId: nord.teacher.id }).expect(201);
    const back = await owner.post(`/exams/${body.id}/move`, { startsAt: at('08:00') }).expect(409);
    expect(back.body.code).toBe('exam.slot_taken');
    expect((await owner.get(`/exams/${body.id}`)).body.startsAt).toBe(thursday);
  });

  it('is cancelled in time until noon five working days before', async () => {
    const cancelAt = async (time: string) => {
      await itIs('2027-01-04T08:00:00Z');
      const { body } = await plan(theory()).expect(201);
      await itIs(time);
      const { body: done } = await owner.post(`/exams/${body.id}/cancel`, { reason: 'Ikke klar' }).expect(200);
      expect(done).toMatchObject({ state: 'cancelled', cancelReason: 'Ikke klar' });
      expect((await owner.post(`/exams/${body.id}/cancel`, {}).expect(409)).body.code).toBe('exam.closed');
      return done.cancelledInTime;
    };
    const deadline = Date.parse(at('11:00')) - 7 * 86_400_000;
    expect(await cancelAt(new Date(deadline).toISOString())).toBe(true);
    expect(await cancelAt(new Date(deadline + 1).toISOString())).toBe(false);
    await itIs('2027-01-04T08:00:00Z');
    await lesson(at('08:00')).expect(201);
  });

  it('has a result once it has begun, and the next waits a week after a failed one', async () => {
    const { body } = await plan(practical()).expect(201);
    const report = (result: string) => owner.post(`/exams/${body.id}/result`, { result });
    expect((await report('failed').expect(409)).body.code).toBe('exam.not_started');
    await itIs(at('08:45'));
    expect((await report('passed').expect(200)).body).toMatchObject({ state: 'passed', reportedAt: at('08:45') });
    // Put right: it was not he who passed.
    expect((await report('failed').expect(200)).body.state).toBe('failed');
    const days = (count: number) => new Date(Date.parse(at('12:00')) + count * 86_400_000).toISOString();
    const { body: tooSoon } = await plan(practical({ startsAt: days(6) })).expect(409);
    expect(tooSoon).toMatchObject({ code: 'exam.retry_wait', earliest: days(7).slice(0, 10) });
    const { body: again } = await plan(practical({ startsAt: days(7) })).expect(201);
    await owner.post(`/exams/${again.id}/move`, { startsAt: days(5) }).expect(409);
    await owner.post(`/exams/${body.id}/cancel`, {}).expect(409);
  });

  it('is read by its student and the school, and changed by the school alone', async () => {
    const { body } = await plan(practical()).expect(201);
    expect((await student.caller.get('/exams').expect(200)).body.items).toMatchObject([{ id: body.id }]);
    await student.caller.get(`/exams/${body.id}`).expect(200);
    await nord.student.caller.get(`/exams/${body.id}`).expect(404);
    await nord.student.caller.get(`/exams?studentId=${student.id}`).expect(404);
    await syd.owner.get(`/exams/${body.id}`).expect(404);
    await student.caller.post(`/exams/${body.id}/cancel`, {}).expect(403);
    await student.caller.post('/exams', practical()).expect(403);
    const list = async (query: string) =>
      (await owner.get(`/exams?studentId=${student.id}&${query}`)).body.items.length;
    expect(await list('kind=practical&state=planned&feeStatus=unpaid')).toBe(1);
    await owner.patch(`/exams/${body.id}`, { feeStatus: 'paid', fee: kroner(630), note: 'Husk briller' }).expect(200);
    expect(await list('feeStatus=unpaid')).toBe(0);
    expect((await owner.get(`/exams/${body.id}`)).body).toMatchObject({ fee: kroner(630), note: 'Husk briller' });
    expect((await student.caller.get(`/exams/${body.id}`)).body).toMatchObject({ fee: kroner(630), note: null });
    expect((await student.caller.get('/exams')).body.items).toMatchObject([{ id: body.id, note: null }]);
  });
});

describe('the rules for exams', () => {
  const rules = {
    deadlineWorkingDays: 3,
    deadlineTime: '10:00',
    theoryRetryDays: 14,
    practicalRetryDays: 21,
    fees: [
      { kind: 'practical', validFrom: '2020-01-01', amount: kroner(600) },
      { kind: 'practical', validFrom: '2027-01-01', amount: kroner(630) },
      { kind: 'theory', validFrom: '2030-01-01', amount: kroner(100) },
    ],
  };

  it('are the school’s to write down, and count from then on', async () => {
    const before = (await owner.get('/exam-settings').expect(200)).body;
    expect(before).toEqual({
      deadlineWorkingDays: 5,
      deadlineTime: '12:00',
      theoryRetryDays: 0,
      practicalRetryDays: 7,
      fees: [],
    });
    expect((await owner.put('/exam-settings', rules).expect(200)).body).toEqual(rules);
    expect((await syd.owner.get('/exam-settings').expect(200)).body).toEqual(before);
    const { body } = await plan(practical({ startsAt: '2027-05-20T09:00:00Z' })).expect(201);
    // Whit Monday and the weekend do not count.
    expect(body).toMatchObject({ fee: kroner(630), cancelBy: '2027-05-14T08:00:00.000Z' });
    expect((await plan(theory()).expect(201)).body.fee).toEqual(kroner(0));
    const repeated = { ...rules, fees: [rules.fees[0], rules.fees[0], { ...rules.fees[0], amount: kroner(-1) }] };
    expect(
      (await owner.put('/exam-settings', repeated).expect(422)).body.errors.map(
        ({ field }: { field: string }) => field,
      ),
    ).toEqual(['fees.1.validFrom', 'fees.2.amount.amount', 'fees.2.validFrom']);
    await owner.put('/exam-settings', before).expect(200);
  });
});

describe('the student', () => {
  const messages = async () =>
    (await owner.get(`/messages?studentId=${student.id}&limit=100`).expect(200)).body.items
      .filter(({ kind, channel }: { kind: string; channel: string }) => kind.startsWith('exam_') && channel === 'sms')
      .map(({ kind }: { kind: string }) => kind);

  it('is told of it, of a new time, of the deadline once, and of its end', async () => {
    const { body } = await plan(theory()).expect(201);
    await owner.post(`/exams/${body.id}/move`, { startsAt: at('10:00') }).expect(200);
    await test.settle();
    expect((await messages()).toSorted()).toEqual(['exam_moved', 'exam_planned']);
    const deadline = Date.parse(at('11:00')) - 7 * 86_400_000;
    const run = async (time: number) => {
      await itIs(new Date(time).toISOString());
      await test.app.get(ScheduleRunner, { strict: false }).runNow('bookings.exam-deadlines');
      await test.settle();
    };
    await run(deadline - 25 * 3_600_000);
    expect(await messages()).toHaveLength(2);
    await run(deadline - 23 * 3_600_000);
    await run(deadline - 22 * 3_600_000);
    expect((await messages()).filter((kind: string) => kind === 'exam_deadline')).toHaveLength(1);
    await owner.post(`/exams/${body.id}/cancel`, {}).expect(200);
    await test.settle();
    expect((await messages()).toSorted()).toEqual(['exam_cancelled', 'exam_deadline', 'exam_moved', 'exam_planned']);
  });
});

describe('others', () => {
  it('see it in the diary and in calendars, while it stands', async () => {
    const { body } = await plan(practical()).expect(201);
    const { body: feed } = await student.caller.post('/calendar-feeds', { kind: 'student' }).expect(201);
    const calendar = async () => (await test.http.get(new URL(feed.url).pathname).expect(200)).text;
    expect(await calendar()).toMatch(new RegExp(`UID:[^\\r\\n]*${body.id}`));
    const diary = async () =>
      (await owner.get(`/diary?view=day&date=${wednesday}`).expect(200)).body.entries.map(({ id }: { id: Id }) => id);
    expect(await diary()).toEqual([body.id]);
    await owner.post(`/exams/${body.id}/cancel`, {}).expect(200);
    expect(await diary()).toEqual([]);
    expect(await calendar()).toContain('STATUS:CANCELLED');
  });
});

describe('an exam with a trailer', () => {
  it('is driven in a car of the class that tows it', async () => {
    const towing = await nord.addTeacher(`towing${number}@nord.example`, { licenceClasses: ['B', 'BE'] });
    const exam = practical({ licenceClass: 'BE', teacherId: towing.id });
    expect((await plan(exam).expect(201)).body.vehicle.id).toBe(nord.vehicleId);
  });
});
