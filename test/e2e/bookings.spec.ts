import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { ChargeSchema } from '../../src/modules/finance/index.js';
import { lessonTypeInput, vehicleInput } from '../../src/modules/schools/testing/school-inputs.js';
import { bin, globalQuery, type Tables } from '../../src/platform/database/query.js';
import { newId, type Id } from '../../src/platform/values/id.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { openTestSchool, type Caller, type TestSchool } from '../support/test-school.js';

const friday = '2026-11-20T08:00:00Z';

let test: TestApp;
let nord: TestSchool;
let syd: TestSchool;
let day = 0;
/** A morning of its own for each test: the weekdays from Monday 2026-11-23 on, 08:00 in Copenhagen being 07:00 UTC. */
let at: (time: string) => string;

beforeAll(async () => {
  test = await startTestApp({ jobs: false });
  test.clock.set(friday);
  nord = await openTestSchool(test, 'nord');
  syd = await openTestSchool(test, 'syd');
});
afterAll(() => test.close());

beforeEach(() => {
  const weeks = Math.floor(day / 5);
  const date = new Date(Date.UTC(2026, 10, 23 + weeks * 7 + (day % 5))).toISOString().slice(0, 10);
  at = (time) => `${date}T${time}:00.000Z`;
  day += 1;
});

function book(caller: Caller, startsAt: string, more: object = {}) {
  return caller.post('/bookings', { lessonTypeId: nord.lessonTypeId, startsAt, ...more });
}

function charges(bookingId: Id) {
  return globalQuery<Tables<typeof ChargeSchema>>(test.em)
    .selectFrom('charges')
    .select(['source', 'state', 'gross_minor as gross'])
    .where('source_id', '=', bin(bookingId))
    .orderBy('source')
    .execute();
}

describe('free times', () => {
  it('are the quarter hours at which teacher, student and vehicle are free', async () => {
    const date = at('00:00').slice(0, 10);
    const next = new Date(Date.parse(at('00:00')) + 86_400_000).toISOString().slice(0, 10);
    const ask = (caller: Caller, more = '') =>
      caller
        .get(`/free-times?lessonTypeId=${nord.lessonTypeId}&from=${date}&until=${next}&limit=200${more}`)
        .expect(200);
    const all = (await ask(nord.student.caller)).body;
    expect(all.items).toHaveLength(30);
    expect(all.items[0]).toEqual({
      startsAt: at('07:00'),
      endsAt: at('07:45'),
      teacherId: nord.teacher.id,
      teacherName: 'Lars Holm',
      vehicleId: nord.vehicleId,
    });
    await book(nord.student.caller, at('09:00')).expect(201);
    const rest = (await ask(nord.owner)).body.items.map((time: { startsAt: string }) => time.startsAt.slice(11, 16));
    expect(rest).not.toContain('08:30');
    expect(rest).toEqual(expect.arrayContaining(['08:15', '09:45']));
  });

  it('come page by page', async () => {
    const other = await nord.addTeacher(`second.${day}@nord.example`, { name: 'Åse Bro' });
    const starts: string[] = [];
    let cursor = '';
    for (let page = 0; page < 4; page++) {
      const { body } = await nord.owner
        .get(`/free-times?lessonTypeId=${nord.lessonTypeId}&from=2027-02-01&until=2027-02-02&limit=15${cursor}`)
        .expect(200);
      starts.push(
        ...body.items.map((time: { startsAt: string; teacherName: string }) => `${time.startsAt} ${time.teacherName}`),
      );
      cursor = `&cursor=${body.nextCursor}`;
      if (body.nextCursor === null) break;
    }
    expect(starts).toHaveLength(60);
    expect(new Set(starts).size).toBe(60);
    expect(starts).toEqual(starts.toSorted());
    await nord.owner.patch(`/teachers/${other.id}`, { active: false }).expect(200);
  });

  it('refuse ranges without sense and forged cursors, naming the field', async () => {
    const ask = (query: string) => nord.owner.get(`/free-times?lessonTypeId=${nord.lessonTypeId}&${query}`);
    for (const query of ['from=2027-02-02&until=2027-02-02', 'from=2027-02-02&until=2027-04-02']) {
      expect((await ask(query).expect(422)).body).toMatchObject({
        code: 'booking.range_invalid',
        errors: [{ field: 'until' }],
      });
    }
    for (const key of [{ id: 'x', startsAt: 1 }, { id: newId(), startsAt: 1e300 }, 'x']) {
      const cursor = Buffer.from(JSON.stringify(key)).toString('base64url');
      expect((await ask(`cursor=${cursor}`).expect(400)).body.errors).toMatchObject([{ field: 'cursor' }]);
    }
    await nord.owner.get(`/free-times?lessonTypeId=${syd.lessonTypeId}`).expect(404);
  });
});

describe('booking', () => {
  it('answers the lesson, charges it, and shows it to its people alone', async () => {
    const { body } = await book(nord.student.caller, at('07:00')).expect(201);
    expect(body).toMatchObject({
      state: 'booked',
      startsAt: at('07:00'),
      endsAt: at('07:45'),
      student: { id: nord.student.id, name: 'Freja Lund' },
      teacher: { id: nord.teacher.id },
      vehicle: { id: nord.vehicleId },
      price: { amount: 65_000, currency: 'DKK' },
      fee: { amount: 0, currency: 'DKK' },
      cancelledAt: null,
    });
    expect(await charges(body.id)).toEqual([{ source: 'booking', state: 'open', gross: 65_000 }]);
    await nord.student.caller.get(`/bookings/${body.id}`).expect(200);
    await nord.teacher.caller.get(`/bookings/${body.id}`).expect(200);
    const other = await nord.enrol(`peeker.${day}@nord.example`);
    await other.caller.get(`/bookings/${body.id}`).expect(404);
    await other.caller.post(`/bookings/${body.id}/cancel`, {}).expect(404);
    await other.caller.get(`/bookings?studentId=${nord.student.id}`).expect(404);
    expect((await other.caller.get('/bookings').expect(200)).body.items).toEqual([]);
    await syd.owner.get(`/bookings/${body.id}`).expect(404);
  });

  it('of a taken time says what is busy and offers three others, and nothing about anybody', async () => {
    const second = await nord.enrol(`second.${day}@nord.example`);
    await book(nord.student.caller, at('08:00')).expect(201);
    const { body } = await book(second.caller, at('08:15'), { teacherId: nord.teacher.id }).expect(409);
    expect(body).toMatchObject({
      code: 'booking.slot_taken',
      busy: ['teacher', 'vehicle'],
      errors: [{ field: 'startsAt' }],
    });
    expect(body.alternatives.map(({ startsAt }: { startsAt: string }) => startsAt)).toEqual([
      at('07:15'),
      at('08:45'),
      at('09:00'),
    ]);
    expect(JSON.stringify(body)).not.toContain('Freja');
    expect((await book(nord.owner, at('08:00'), { studentId: nord.student.id }).expect(409)).body.busy).toEqual([
      'teacher',
      'student',
      'vehicle',
    ]);
    const danish = await book(second.caller, at('08:15')).set('accept-language', 'da').expect(409);
    expect(danish.body.detail).toBe(
      'Kørelæreren er optaget på det tidspunkt. Vælg et af alternativerne eller en anden ledig tid.',
    );
  });

  it('takes whoever and whatever is free when nobody is named', async () => {
    const other = await nord.addTeacher(`other.${day}@nord.example`, { name: 'Zenia Bo' });
    const car = (await nord.owner.post('/vehicles', vehicleInput(`CD 12 3${day}`)).expect(201)).body.id;
    await book(nord.student.caller, at('10:00'), { teacherId: nord.teacher.id, vehicleId: nord.vehicleId }).expect(201);
    const second = await nord.enrol(`second.${day}@nord.example`);
    const { body } = await book(second.caller, at('10:00')).expect(201);
    expect(body).toMatchObject({ teacher: { id: other.id }, vehicle: { id: car } });
    await nord.owner.patch(`/teachers/${other.id}`, { active: false }).expect(200);
    await nord.owner.patch(`/vehicles/${car}`, { active: false }).expect(200);
  });

  it('refuses what the rules refuse, and changes nothing', async () => {
    const other = await nord.enrol(`other.${day}@nord.example`);
    const code = async (caller: Caller, status: number, startsAt: string, more: object = {}) =>
      (await book(caller, startsAt, more).expect(status)).body.code;
    const student = nord.student.caller;
    const theirs = { studentId: other.id };
    expect(await code(student, 404, at('10:00'), theirs)).toBe('student.not_found');
    expect(await code(nord.owner, 422, at('10:00'))).toBe('booking.student_required');
    expect(await code(student, 422, at('10:05'))).toBe('booking.off_grid');
    expect(await code(student, 422, '2026-11-20T07:00:00Z')).toBe('booking.in_the_past');
    expect(await code(student, 422, '2036-11-20T07:00:00Z')).toBe('booking.too_far_ahead');
    expect(await code(student, 409, at('05:00'))).toBe('booking.teacher_unavailable');
    expect(await code(student, 409, at('14:30'))).toBe('booking.teacher_unavailable');
    expect(await code(student, 422, at('10:00'), { teacherId: syd.teacher.id })).toBe('booking.unknown_reference');
    expect(await code(student, 422, at('10:00'), { vehicleId: syd.vehicleId })).toBe('booking.unknown_reference');
    expect(await code(student, 404, at('10:00'), { lessonTypeId: syd.lessonTypeId })).toBe('lesson_type.not_found');
    expect(await code(nord.owner, 404, at('10:00'), { studentId: syd.student.id })).toBe('student.not_found');
    const staffOnly = (
      await nord.owner
        .post('/lesson-types', lessonTypeInput({ bookableByStudents: false, name: `Banekørsel ${day}` }))
        .expect(201)
    ).body.id;
    expect(await code(student, 403, at('10:00'), { lessonTypeId: staffOnly })).toBe('booking.staff_only');
    await nord.owner.patch(`/students/${other.id}`, { status: 'paused' }).expect(200);
    expect(await code(nord.owner, 409, at('10:00'), theirs)).toBe('booking.student_not_active');
    const { body } = await nord.owner.get(
      `/bookings?from=${at('00:00').slice(0, 10)}&until=${at('00:00').slice(0, 8)}31`,
    );
    expect(
      (body.items ?? []).filter(({ startsAt }: { startsAt: string }) => startsAt.startsWith(at('00:00').slice(0, 10))),
    ).toEqual([]);
  });
});

describe('moving', () => {
  it('keeps terms and length, frees the old time, and may overlap itself', async () => {
    const { id } = (await book(nord.student.caller, at('07:00')).expect(201)).body;
    const move = (caller: Caller, startsAt: string) => caller.post(`/bookings/${id}/reschedule`, { startsAt });
    const { body } = await move(nord.student.caller, at('07:15')).expect(200);
    expect(body).toMatchObject({
      id,
      startsAt: at('07:15'),
      endsAt: at('08:00'),
      teacher: { id: nord.teacher.id },
      vehicle: { id: nord.vehicleId },
    });
    await move(nord.teacher.caller, at('09:00')).expect(200);
    const second = await nord.enrol(`second.${day}@nord.example`);
    await book(second.caller, at('07:15')).expect(201);
    expect((await move(nord.student.caller, at('07:30')).expect(409)).body).toMatchObject({
      code: 'booking.slot_taken',
      busy: ['teacher', 'vehicle'],
    });
    expect((await move(nord.student.caller, at('05:30')).expect(409)).body.code).toBe('booking.teacher_unavailable');
    expect(await charges(id)).toEqual([{ source: 'booking', state: 'open', gross: 65_000 }]);
  });
});

describe('cancelling', () => {
  it('in time is free, and the time with it', async () => {
    const { id, cancelBy } = (await book(nord.student.caller, at('11:00')).expect(201)).body;
    const preview = await nord.student.caller.get(`/bookings/${id}/cancellation`).expect(200);
    expect(preview.body).toMatchObject({ fee: { amount: 0, currency: 'DKK' }, cancelBy });
    const { body } = await nord.student.caller.post(`/bookings/${id}/cancel`, { reason: 'Syg' }).expect(200);
    expect(body).toMatchObject({
      state: 'cancelled',
      fee: { amount: 0 },
      cancelReason: 'Syg',
      cancelledAt: '2026-11-20T08:00:00.000Z',
    });
    expect(await charges(id)).toEqual([{ source: 'booking', state: 'voided', gross: 65_000 }]);
    expect((await nord.student.caller.post(`/bookings/${id}/cancel`, {}).expect(409)).body).toMatchObject({
      code: 'booking.closed',
      state: 'cancelled',
    });
    await book(nord.student.caller, at('11:00')).expect(201);
  });

  it('too late costs the student the fee, and nobody when the school cancels', async () => {
    test.clock.set('2026-11-20T08:00:00Z');
    const today = (time: string) => `2026-11-20T${time}:00.000Z`;
    const late = (await book(nord.student.caller, today('10:00')).expect(201)).body.id;
    expect((await nord.student.caller.get(`/bookings/${late}/cancellation`).expect(200)).body.fee.amount).toBe(30_000);
    expect(
      (await nord.student.caller.post(`/bookings/${late}/reschedule`, { startsAt: at('07:00') }).expect(409)).body.code,
    ).toBe('booking.too_late_to_move');
    expect((await nord.student.caller.post(`/bookings/${late}/cancel`, {}).expect(200)).body.fee.amount).toBe(30_000);
    expect(await charges(late)).toEqual([
      { source: 'booking', state: 'voided', gross: 65_000 },
      { source: 'cancellation_fee', state: 'open', gross: 30_000 },
    ]);
    const ours = (await book(nord.student.caller, today('10:00')).expect(201)).body.id;
    expect(
      (await nord.teacher.caller.get(`/bookings/${ours}/cancellation?forStudent=true`).expect(200)).body.fee.amount,
    ).toBe(30_000);
    expect((await nord.teacher.caller.post(`/bookings/${ours}/cancel`, {}).expect(200)).body.fee.amount).toBe(0);
  });
});

describe('how it went', () => {
  it('is said by the lesson’s teacher after it began', async () => {
    const today = (time: string) => `2026-11-20T${time}:00.000Z`;
    const done = (await book(nord.student.caller, today('08:15')).expect(201)).body.id;
    const missed = (await book(nord.student.caller, today('09:00')).expect(201)).body.id;
    expect((await nord.teacher.caller.post(`/bookings/${done}/complete`).expect(409)).body.code).toBe(
      'booking.not_started',
    );
    test.clock.set(today('09:30'));
    const colleague = await nord.addTeacher(`colleague.${day}@nord.example`);
    expect((await colleague.caller.post(`/bookings/${done}/complete`).expect(403)).body.code).toBe(
      'booking.not_your_lesson',
    );
    await nord.student.caller.post(`/bookings/${done}/complete`).expect(403);
    expect((await nord.teacher.caller.post(`/bookings/${done}/complete`).expect(200)).body.state).toBe('completed');
    expect((await nord.owner.post(`/bookings/${missed}/no-show`).expect(200)).body.state).toBe('no_show');
    expect((await nord.student.caller.post(`/bookings/${missed}/cancel`, {}).expect(409)).body.code).toBe(
      'booking.already_started',
    );
    expect(await charges(missed)).toEqual([{ source: 'booking', state: 'open', gross: 65_000 }]);
    test.clock.set(friday);
  });
});

describe('the diary', () => {
  it('is read by day, teacher and state, page by page', async () => {
    for (const time of ['07:00', '08:00', '09:00'])
      await book(nord.student.caller, at(time), { teacherId: nord.teacher.id }).expect(201);
    const date = at('00:00').slice(0, 10);
    const until = new Date(Date.parse(at('00:00')) + 86_400_000).toISOString().slice(0, 10);
    const list = async (query: string, caller = nord.teacher.caller) =>
      (await caller.get(`/bookings?from=${date}&until=${until}${query}`).expect(200)).body;
    const first = await list('&limit=2');
    const second = await list(`&limit=2&cursor=${first.nextCursor}`);
    const starts = [...first.items, ...second.items].map(({ startsAt }: { startsAt: string }) => startsAt);
    expect(starts).toEqual([at('07:00'), at('08:00'), at('09:00')]);
    expect(second.nextCursor).toBeNull();
    expect((await list(`&teacherId=${nord.teacher.id}&state=booked`)).items).toHaveLength(3);
    expect((await list('&state=cancelled')).items).toEqual([]);
    expect((await list('', nord.student.caller)).items).toHaveLength(3);
    expect((await list('', syd.owner)).items).toEqual([]);
  });
});
