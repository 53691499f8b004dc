import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { ChargeSchema } from '../../src/modules/finance/index.js';
import { lessonTypeInput } from '../../src/modules/schools/testing/school-inputs.js';
import { bin, globalQuery, type Tables } from '../../src/platform/database/query.js';
import type { Id } from '../../src/platform/values/id.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { callerOf, openTestSchool, type Caller, type TestSchool } from '../support/test-school.js';

const kroner = (amount: number) => ({ amount: amount * 100, currency: 'DKK' });
const percent = (share: number) => ({ amount: null, percent: share });

const cancellation = {
  steps: [
    { clock: 'working_days_before', before: 3, time: '12:00', fee: percent(25) },
    { clock: 'wall_clock', before: 1, time: '12:00', fee: { amount: kroner(300), percent: null } },
    { clock: 'hours_before', before: 2, time: null, fee: percent(100) },
  ],
  noShow: percent(50),
};

let test: TestApp;
let nord: TestSchool;
let syd: TestSchool;
let lessonTypeId: Id;
let day = 0;
/** Signed in at the time that the clock shows. */
let owner: Caller;
let teacher: Caller;
let student: Caller;
/** A Wednesday of its own for each test. */
let wednesday: string;

beforeAll(async () => {
  test = await startTestApp({ jobs: false });
  test.clock.set('2026-11-02T08:00:00Z');
  nord = await openTestSchool(test, 'nord');
  syd = await openTestSchool(test, 'syd');
  owner = nord.owner;
  lessonTypeId = await addType({ cancellation });
});
afterAll(() => test.close());

beforeEach(async () => {
  await itIs('2026-11-02T08:00:00Z');
  wednesday = new Date(Date.UTC(2026, 10, 11 + 7 * day)).toISOString().slice(0, 10);
  day += 1;
});

async function addType(more: object, school = nord): Promise<Id> {
  const { cancelNoticeHours: _, cancelFee: __, ...plain } = lessonTypeInput();
  const { body } = await (school === nord ? owner : school.owner)
    .post('/lesson-types', { ...plain, name: `Type ${day}`, ...more })
    .expect(201);
  return body.id;
}

async function booked(more: object = {}): Promise<Id> {
  const lesson = { lessonTypeId, startsAt: `${wednesday}T09:00:00Z`, ...more };
  const { body } = await student.post('/bookings', lesson).expect(201);
  return body.id;
}

async function itIs(time: string): Promise<void> {
  test.clock.set(time);
  const base = `/v1/schools/${nord.id}`;
  owner = await callerOf(test, nord.owner.userId, base);
  teacher = await callerOf(test, nord.teacher.caller.userId, base);
  student = await callerOf(test, nord.student.caller.userId, base);
}

/** Each charge for the lesson and for what is left of its fees, as 'source state kroner'. */
async function charges(): Promise<string[]> {
  const rows = await globalQuery<Tables<typeof ChargeSchema>>(test.em)
    .selectFrom('charges')
    .select(['source', 'state', 'gross_minor as gross'])
    .where('student_id', '=', bin(nord.student.id))
    .orderBy('id')
    .execute();
  return rows.map(({ source, state, gross }) => `${source} ${state} ${gross / 100}`);
}

const preview = async (caller: Caller, id: Id, query = '') =>
  (await caller.get(`/bookings/${id}/cancellation${query}`).expect(200)).body;

describe('a lesson type', () => {
  it('says in steps or in short what cancelling costs', async () => {
    const read = async (id: Id) => (await owner.get(`/lesson-types/${id}`).expect(200)).body;
    expect(await read(lessonTypeId)).toMatchObject({ cancellation, cancelNoticeHours: null, cancelFee: null });
    const short = await read(nord.lessonTypeId);
    expect(short).toMatchObject({ cancelNoticeHours: 24, cancelFee: kroner(300) });
    expect(short.cancellation).toEqual({
      steps: [{ clock: 'hours_before', before: 24, time: null, fee: { amount: kroner(300), percent: null } }],
      noShow: percent(100),
    });
    const id = await addType({ cancellation: { steps: [] } });
    expect((await read(id)).cancellation).toEqual({ steps: [], noShow: percent(100) });
    await owner.patch(`/lesson-types/${id}`, { cancelNoticeHours: 12, cancelFee: kroner(100) }).expect(200);
    expect(await read(id)).toMatchObject({ cancelNoticeHours: 12, cancelFee: kroner(100) });
    await owner.patch(`/lesson-types/${id}`, { cancellation: short.cancellation }).expect(200);
    expect(await read(id)).toMatchObject({ cancelNoticeHours: 24, cancelFee: kroner(300) });
    await owner.patch(`/lesson-types/${id}`, { active: false }).expect(200);
  });

  it('is refused with every wrong field named', async () => {
    const fields = async (body: object) =>
      (await owner.patch(`/lesson-types/${lessonTypeId}`, body).expect(422)).body.errors.map(
        ({ field }: { field: string }) => field,
      );
    expect(await fields({ cancelFee: kroner(1) })).toEqual(['cancelNoticeHours']);
    expect(await fields({ cancellation, cancelNoticeHours: 1 })).toEqual(['cancellation']);
    const [first] = cancellation.steps;
    const steps = [
      { ...first, time: null },
      { ...first, fee: { amount: null, percent: null } },
    ];
    expect(await fields({ cancellation: { steps } })).toEqual([
      'cancellation.steps.0.time',
      'cancellation.steps.1.fee',
    ]);
  });
});

describe('the preview', () => {
  it('shows the fee now, and when it changes to what', async () => {
    const id = await booked();
    const [monday12, tuesday12] = [-2, -1].map((days) => shifted(wednesday, days, '11:00'));
    const friday12 = shifted(wednesday, -5, '11:00');
    expect(await preview(student, id)).toEqual({
      fee: kroner(0),
      cancelBy: friday12,
      changesAt: friday12,
      nextFee: kroner(162.5),
      steps: [
        { until: friday12, fee: kroner(162.5) },
        { until: tuesday12, fee: kroner(300) },
        { until: `${wednesday}T07:00:00.000Z`, fee: kroner(650) },
      ],
      noShowFee: kroner(325),
    });
    await itIs(monday12!);
    expect(await preview(student, id)).toMatchObject({
      fee: kroner(162.5),
      changesAt: tuesday12,
      nextFee: kroner(300),
    });
    expect(await preview(owner, id)).toMatchObject({ fee: kroner(0), changesAt: null, nextFee: null });
    expect(await preview(owner, id, '?forStudent=true')).toMatchObject({ fee: kroner(162.5) });
    await owner.post(`/bookings/${id}/cancel`, {}).expect(200);
  });

  it('does not count the days that the school keeps', async () => {
    await syd.owner.patch('', { keptHolidays: ['christmas_eve', 'new_years_eve'] }).expect(200);
    const ofSyd = await addType({ cancellation }, syd);
    const lesson = { lessonTypeId: ofSyd, startsAt: '2026-12-29T09:00:00Z' };
    const { body } = await syd.student.caller.post('/bookings', lesson).expect(201);
    expect(body.cancelBy).toBe('2026-12-22T11:00:00.000Z');
    await syd.owner.patch('', { keptHolidays: [] }).expect(200);
    // What was agreed holds, until the lesson has another time.
    expect((await preview(syd.student.caller, body.id)).cancelBy).toBe('2026-12-22T11:00:00.000Z');
    const moved = { startsAt: '2026-12-29T10:00:00Z' };
    const { body: now } = await syd.student.caller.post(`/bookings/${body.id}/reschedule`, moved).expect(200);
    expect(now.cancelBy).toBe('2026-12-23T11:00:00.000Z');
  });
});

describe('cancelling', () => {
  it('at another fee than the caller was told is refused, and nothing is changed', async () => {
    const id = await booked();
    const told = (await preview(student, id)).fee;
    await itIs(shifted(wednesday, -3, '12:00'));
    const { body } = await student.post(`/bookings/${id}/cancel`, { expectedFee: told }).expect(409);
    expect(body).toMatchObject({ code: 'booking.fee_changed', fee: kroner(162.5), errors: [{ field: 'expectedFee' }] });
    expect((await owner.get(`/bookings/${id}`)).body.state).toBe('booked');
    const { body: done } = await student.post(`/bookings/${id}/cancel`, { expectedFee: body.fee }).expect(200);
    expect(done).toMatchObject({ state: 'cancelled', fee: kroner(162.5), waived: kroner(0) });
    expect((await charges()).slice(-2)).toEqual(['booking voided 650', 'cancellation_fee open 162.5']);
  });

  it('is for staff to waive, wholly or in part, and with a reason', async () => {
    const [one, two] = [await booked(), await booked({ startsAt: `${wednesday}T11:00:00Z` })];
    await itIs(`${wednesday}T08:00:00Z`);
    const cancel = (caller: Caller, id: Id, waiver: object) =>
      caller.post(`/bookings/${id}/cancel`, { forStudent: true, waiver });
    const reason = 'Eleven var indlagt';
    expect((await cancel(student, one, { reason }).expect(403)).body.code).toBe('booking.waiver_staff_only');
    const { body: tooMuch } = await cancel(owner, one, { reason, amount: kroner(651) }).expect(422);
    expect(tooMuch).toMatchObject({ code: 'booking.waiver_invalid', errors: [{ field: 'waiver.amount' }] });
    const { body: part } = await cancel(owner, one, { reason, amount: kroner(400) }).expect(200);
    expect(part).toMatchObject({ fee: kroner(250), waived: kroner(400), waiveReason: reason });
    expect((await student.get(`/bookings/${one}`)).body).toMatchObject({ waived: kroner(400), waiveReason: null });
    expect((await owner.get(`/bookings/${one}`)).body.waiveReason).toBe(reason);
    const { body: whole } = await cancel(teacher, two, { reason }).expect(200);
    expect(whole).toMatchObject({ fee: kroner(0), waived: kroner(300) });
    expect((await charges()).slice(-3)).toEqual([
      'booking voided 650',
      'booking voided 650',
      'cancellation_fee open 250',
    ]);
    const { body: log } = await owner.get(`/audit-log?subjectId=${one}`).expect(200);
    expect(log.items).toContainEqual(
      expect.objectContaining({
        action: 'booking.fee_waived',
        details: { studentId: nord.student.id, waived: 40_000, fee: 25_000, currency: 'DKK' },
      }),
    );
  });
});

describe('waiving afterwards', () => {
  it('takes back what was charged, part by part, by a credit note when it was invoiced', async () => {
    const id = await booked();
    await itIs(`${wednesday}T08:00:00Z`);
    await student.post(`/bookings/${id}/cancel`, {}).expect(200);
    await owner.post('/invoices', { studentId: nord.student.id }).expect(201);
    const waive = (body: object, caller = owner) => caller.post(`/bookings/${id}/fee-waiver`, body);
    await waive({ reason: 'x' }, student).expect(403);
    const stranger = await callerOf(test, syd.owner.userId, `/v1/schools/${syd.id}`);
    await stranger.post(`/bookings/${id}/fee-waiver`, { reason: 'x' }).expect(404);
    expect((await waive({ reason: 'Syg', amount: kroner(1000) }).expect(422)).body.errors).toMatchObject([
      { field: 'amount' },
    ]);
    const { body: part } = await waive({ reason: 'Syg', amount: kroner(250) }).expect(200);
    expect(part).toMatchObject({ fee: kroner(400), waived: kroner(250) });
    expect((await charges()).slice(-2)).toEqual(['cancellation_fee voided 650', 'cancellation_fee open 400']);
    const { body: rest } = await waive({ reason: 'Syg' }).expect(200);
    expect(rest).toMatchObject({ fee: kroner(0), waived: kroner(650) });
    expect((await charges()).slice(-2)).toEqual(['cancellation_fee voided 650', 'cancellation_fee voided 400']);
    expect((await waive({ reason: 'Syg' }).expect(409)).body.code).toBe('booking.no_fee');
    const { body: invoices } = await owner.get(`/invoices?studentId=${nord.student.id}`).expect(200);
    expect(invoices.items.map(({ kind }: { kind: string }) => kind)).toContain('credit_note');
  });

  it('of two at once counts once', async () => {
    const id = await booked();
    await itIs(`${wednesday}T08:00:00Z`);
    await student.post(`/bookings/${id}/cancel`, {}).expect(200);
    const waive = () => owner.post(`/bookings/${id}/fee-waiver`, { reason: 'Syg', amount: kroner(400) });
    const answers = await Promise.all(Array.from({ length: 6 }, waive));
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 422, 422, 422, 422, 422]);
    expect((await charges()).filter((charge) => charge.includes(' open ')).at(-1)).toBe('cancellation_fee open 250');
    expect((await charges()).slice(-2)).toEqual(['cancellation_fee voided 650', 'cancellation_fee open 250']);
  });
});

describe('staying away', () => {
  it('costs what the lesson type says, and may be waived too', async () => {
    const id = await booked();
    await itIs(`${wednesday}T10:00:00Z`);
    const { body } = await owner.post(`/bookings/${id}/no-show`).expect(200);
    expect(body).toMatchObject({ state: 'no_show', fee: kroner(325) });
    expect((await charges()).slice(-2)).toEqual(['booking voided 650', 'no_show_fee open 325']);
    const waiver = { reason: 'Sygehus', amount: kroner(25) };
    expect((await owner.post(`/bookings/${id}/fee-waiver`, waiver).expect(200)).body.fee).toEqual(kroner(300));
    expect((await charges()).slice(-2)).toEqual(['no_show_fee voided 325', 'no_show_fee open 300']);
  });

  it('costs the whole price where nothing else was said: the lesson’s own charge stands until it is waived', async () => {
    const id = await booked({ lessonTypeId: nord.lessonTypeId });
    await itIs(`${wednesday}T10:00:00Z`);
    expect((await owner.post(`/bookings/${id}/no-show`).expect(200)).body.fee).toEqual(kroner(650));
    expect((await charges()).slice(-1)).toEqual(['booking open 650']);
    const waiver = { reason: 'Sygehus', amount: kroner(150) };
    await owner.post(`/bookings/${id}/fee-waiver`, waiver).expect(200);
    expect((await charges()).slice(-2)).toEqual(['booking voided 650', 'no_show_fee open 500']);
  });
});

function shifted(date: string, days: number, time: string): string {
  return new Date(Date.parse(`${date}T${time}:00Z`) + days * 86_400_000).toISOString();
}
