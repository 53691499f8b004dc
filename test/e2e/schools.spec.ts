import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  lessonTypeInput,
  schoolInput,
  teacherInput,
  vehicleInput,
} from '../../src/modules/schools/testing/school-inputs.js';
import { newId } from '../../src/platform/values/id.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { openTestSchool, platformAdmin, type Caller, type TestSchool } from '../support/test-school.js';

let test: TestApp;
let admin: Caller;
let nord: TestSchool;
let syd: TestSchool;

beforeAll(async () => {
  test = await startTestApp({ jobs: false });
  admin = await platformAdmin(test);
  nord = await openTestSchool(test, 'nord');
  syd = await openTestSchool(test, 'syd');
});
afterAll(() => test.close());

const names = (body: { items: { name: string }[] }) => body.items.map(({ name }) => name);
const fields = (body: { errors: { field: string }[] }) => body.errors.map(({ field }) => field);

describe('a school', () => {
  it('is opened by the platform, which invites its owner', async () => {
    const { body } = await admin.post('/v1/schools', schoolInput('vest')).expect(201);
    expect(body).toMatchObject({ slug: 'vest', zone: 'Europe/Copenhagen', currency: 'DKK', locale: 'da' });
    const { body: taken } = await admin
      .post('/v1/schools', schoolInput('vest', { owner: { email: 'x@y.dk', name: 'X' } }))
      .expect(409);
    expect(taken).toMatchObject({ code: 'school.slug_taken' });
    await nord.owner.get().expect(200);
  });

  it('has a real CVR number and a clean short name', async () => {
    const { body } = await admin.post('/v1/schools', schoolInput('ost', { cvr: '12345678' })).expect(422);
    expect(body.code).toBe('school.invalid_cvr');
    expect(fields(body)).toEqual(['cvr']);
    await admin.post('/v1/schools', schoolInput('Øst')).expect(422);
  });

  it('is opened and listed by nobody else', async () => {
    const { body } = await admin.get('/v1/schools?limit=1').expect(200);
    expect(names(body)).toEqual(['Køreskolen nord']);
    const next = await admin.get(`/v1/schools?limit=1&cursor=${body.nextCursor}`).expect(200);
    expect(names(next.body)).toEqual(['Køreskolen syd']);
  });

  it('is read by its members and changed by its owner', async () => {
    await nord.student.caller.get().expect(200);
    await nord.teacher.caller.patch('', { name: 'Min skole' }).expect(403);
    const { body } = await nord.owner
      .patch('', { lessonReminders: [120, 1440, 120], teacherDigestTime: null })
      .expect(200);
    expect(body).toMatchObject({ lessonReminders: [1440, 120], teacherDigestTime: null, name: 'Køreskolen nord' });
    await nord.owner.patch('', { cvr: '87654321' }).expect(422);
    await nord.owner.patch('', { slug: 'andet' }).expect(400);
  });
});

describe('another school', () => {
  it('is a 404 whatever is asked of it', async () => {
    const stranger = (path: string) => test.http.get(`/v1/schools/${syd.id}${path}`).set(...bearer(nord.owner));
    for (const path of ['', '/teachers', '/vehicles', '/lesson-types', '/students']) await stranger(path).expect(404);
  });

  it('shows none of its rows under one’s own address', async () => {
    const { owner } = nord;
    const foreign = `/teachers/${syd.teacher.id}`;
    const hours = { workingHours: [] };
    const timeOff = { startsAt: '2027-01-04T08:00:00Z', endsAt: '2027-01-04T10:00:00Z' };
    for (const call of [
      owner.get(foreign),
      owner.patch(foreign, { name: 'X' }),
      owner.get(`${foreign}/working-hours`),
      owner.put(`${foreign}/working-hours`, hours),
      owner.get(`${foreign}/time-off`),
      owner.post(`${foreign}/time-off`, timeOff),
      owner.delete(`${foreign}/time-off/${newId()}`),
      owner.get(`/vehicles/${syd.vehicleId}`),
      owner.patch(`/vehicles/${syd.vehicleId}`, { name: 'X' }),
      owner.get(`/lesson-types/${syd.lessonTypeId}`),
      owner.patch(`/lesson-types/${syd.lessonTypeId}`, { name: 'X' }),
    ]) {
      await call.expect(404);
    }
    const { body } = await syd.owner.get('/teachers').expect(200);
    expect(names(body)).toEqual(['Lars Holm']);
  });

  it('shares a teacher as one person with one diary', async () => {
    const both = await nord.addTeacher('both@freelance.example');
    const { body } = await syd.owner.post('/teachers', teacherInput('both@freelance.example')).expect(201);
    expect(body.id).not.toBe(both.id);
    const { body: again } = await syd.owner.post('/teachers', teacherInput('both@freelance.example')).expect(409);
    expect(again.code).toBe('teacher.exists');
    const rows = await test.em
      .fork()
      .execute<{ n: number }[]>(
        "SELECT COUNT(DISTINCT resource_id) AS n FROM teachers WHERE email = 'both@freelance.example'",
      );
    expect(rows[0]?.n).toBe(1);
  });
});

describe('teachers', () => {
  it('are listed in Danish order, page by page, without the deactivated ones', async () => {
    const school = await openTestSchool(test, 'alfabet');
    for (const [index, name] of ['Åse', 'Zoe', 'Ærø', 'Aage', 'Østen', 'Anna'].entries()) {
      await school.addTeacher(`t${index}@alfabet.example`, { name });
    }
    const first = await school.owner.get('/teachers?limit=3').expect(200);
    expect(names(first.body)).toEqual(['Anna', 'Lars Holm', 'Zoe']);
    const second = await school.owner.get(`/teachers?limit=200&cursor=${first.body.nextCursor}`).expect(200);
    expect(names(second.body)).toEqual(['Ærø', 'Østen', 'Aage', 'Åse']);
    expect(second.body.nextCursor).toBeNull();

    await school.owner.patch(`/teachers/${school.teacher.id}`, { active: false }).expect(200);
    expect(names((await school.owner.get('/teachers').expect(200)).body)).not.toContain('Lars Holm');
    expect(names((await school.owner.get('/teachers?includeInactive=true').expect(200)).body)).toContain('Lars Holm');
    expect(names((await school.student.caller.get('/teachers?includeInactive=true').expect(200)).body)).not.toContain(
      'Lars Holm',
    );
    await school.student.caller.get(`/teachers/${school.teacher.id}`).expect(404);
  });

  it('show their address and number to staff alone', async () => {
    const { body: staff } = await nord.teacher.caller.get(`/teachers/${nord.teacher.id}`).expect(200);
    expect(staff).toEqual({
      id: nord.teacher.id,
      name: 'Lars Holm',
      email: 'teacher@nord.example',
      phone: null,
      licenceClasses: ['B'],
      homeLocationId: null,
      active: true,
    });
    const { body: student } = await nord.student.caller.get(`/teachers/${nord.teacher.id}`).expect(200);
    expect(student).toMatchObject({ name: 'Lars Holm', email: null, phone: null });
  });

  it('are added by the office, with hours that make sense', async () => {
    await nord.teacher.caller.post('/teachers', teacherInput('x@nord.example')).expect(403);
    const workingHours = [
      { weekday: 1, starts: '08:00', ends: '12:00' },
      { weekday: 1, starts: '11:50', ends: '16:00' },
    ];
    const { body } = await nord.owner.post('/teachers', teacherInput('x@nord.example', { workingHours })).expect(422);
    expect(body.code).toBe('teacher.invalid_working_hours');
    expect(fields(body)).toEqual(['workingHours.1.starts']);
    const { body: malformed } = await nord.owner
      .post('/teachers', { ...teacherInput('x@nord.example'), licenceClasses: ['Q'] })
      .expect(400);
    expect(fields(malformed)).toEqual(['licenceClasses']);
  });

  it('refuse a cursor that somebody made up', async () => {
    const cursor = Buffer.from(JSON.stringify({ name: 'A', id: 'x' })).toString('base64url');
    expect(fields((await nord.owner.get(`/teachers?cursor=${cursor}`).expect(400)).body)).toEqual(['cursor']);
  });
});

describe('a schedule', () => {
  const monday = { weekday: 1, starts: '09:00', ends: '15:00' };

  it('is replaced from a date on, and what was before stays', async () => {
    test.clock.set('2026-11-20T12:00:00Z');
    const { id } = await nord.addTeacher('hours@nord.example', {
      workingHours: [{ weekday: 2, starts: '08:00', ends: '16:00' }],
    });
    const path = `/teachers/${id}/working-hours`;
    const change = { validFrom: '2026-12-01', workingHours: [monday] };
    const { body } = await nord.owner.put(path, change).expect(200);
    expect(body).toEqual({
      workingHours: [
        { weekday: 2, starts: '08:00', ends: '16:00', validFrom: '2026-11-20', validUntil: '2026-12-01' },
        { ...monday, validFrom: '2026-12-01', validUntil: null },
      ],
      orphanedBookings: [],
    });
    await nord.owner.put(path, change).expect(200);
    expect((await nord.owner.get(path).expect(200)).body).toEqual(body.workingHours);
    const sooner = await nord.owner.put(path, { workingHours: [] }).expect(200);
    expect(sooner.body.workingHours).toEqual([]);
    test.clock.follow();
  });

  it('does not change the past', async () => {
    const change = { validFrom: '2020-01-01', workingHours: [monday] };
    const { body } = await nord.owner.put(`/teachers/${nord.teacher.id}/working-hours`, change).expect(422);
    expect(fields(body)).toEqual(['validFrom']);
  });

  it('is a teacher’s own to change, and the office’s', async () => {
    const colleague = await nord.addTeacher('colleague@nord.example');
    const hours = { workingHours: [monday] };
    await nord.teacher.caller.put(`/teachers/${nord.teacher.id}/working-hours`, hours).expect(200);
    const { body } = await nord.teacher.caller.put(`/teachers/${colleague.id}/working-hours`, hours).expect(403);
    expect(body.code).toBe('schedule.not_yours');
    await nord.teacher.caller.get(`/teachers/${colleague.id}/time-off`).expect(403);
    await nord.student.caller.get(`/teachers/${nord.teacher.id}/working-hours`).expect(403);
  });

  it('has time off that comes and goes', async () => {
    const path = `/teachers/${nord.teacher.id}/time-off`;
    const days = [8, 7, 9].map((day) => ({
      startsAt: `2030-01-0${day}T07:00:00.000Z`,
      endsAt: `2030-01-0${day}T15:00:00.000Z`,
    }));
    const added = [];
    for (const day of days)
      added.push((await nord.teacher.caller.post(path, { ...day, reason: 'Ferie' }).expect(201)).body.timeOff);
    const first = await nord.owner.get(`${path}?limit=2`).expect(200);
    expect(first.body.items).toEqual([added[1], added[0]]);
    const rest = await nord.owner.get(`${path}?limit=2&cursor=${first.body.nextCursor}`).expect(200);
    expect(rest.body).toEqual({ items: [added[2]], nextCursor: null });
    await nord.owner.delete(`${path}/${added[0].id}`).expect(204);
    await nord.owner.delete(`${path}/${added[0].id}`).expect(404);
    const { body } = await nord.owner.post(path, { startsAt: days[0]!.endsAt, endsAt: days[0]!.startsAt }).expect(422);
    expect(fields(body)).toEqual(['endsAt']);
  });
});

describe('lessons booked already', () => {
  let school: TestSchool;
  let lesson: { id: string; startsAt: string; endsAt: string };

  beforeAll(async () => {
    school = await openTestSchool(test, 'diary');
    test.clock.set('2026-11-20T12:00:00Z');
    const { body } = await book('2026-11-23T08:00:00.000Z').expect(201);
    lesson = body;
  });
  afterAll(() => test.clock.follow());

  const book = (startsAt: string) =>
    school.student.caller.post('/bookings', {
      lessonTypeId: school.lessonTypeId,
      teacherId: school.teacher.id,
      startsAt,
    });
  const orphan = () => ({
    bookingId: lesson.id,
    studentId: school.student.id,
    teacherId: school.teacher.id,
    startsAt: lesson.startsAt,
    endsAt: lesson.endsAt,
  });

  it('are named when time off falls on them', async () => {
    const path = `/teachers/${school.teacher.id}/time-off`;
    const { body } = await school.owner
      .post(path, { startsAt: '2026-11-23T08:30:00Z', endsAt: '2026-11-23T09:00:00Z' })
      .expect(201);
    expect(body.orphanedBookings).toEqual([orphan()]);
    await school.owner.delete(`${path}/${body.timeOff.id}`).expect(204);
  });

  it('are named when the hours leave them out, and not when they do not', async () => {
    const path = `/teachers/${school.teacher.id}/working-hours`;
    const monday = (starts: string) => ({ workingHours: [{ weekday: 1, starts, ends: '16:00' }] });
    expect((await school.owner.put(path, monday('09:15')).expect(200)).body.orphanedBookings).toEqual([orphan()]);
    expect((await school.owner.put(path, monday('09:00')).expect(200)).body.orphanedBookings).toEqual([]);
  });

  it('stand when the teacher is deactivated, who gets no new ones', async () => {
    await school.owner.patch(`/teachers/${school.teacher.id}`, { active: false }).expect(200);
    const { body } = await school.owner.get(`/bookings/${lesson.id}`).expect(200);
    expect(body.state).toBe('booked');
    expect((await book('2026-11-23T10:00:00.000Z')).status).toBeGreaterThanOrEqual(400);
  });
});

describe('vehicles', () => {
  it('have a plate of their own within the school', async () => {
    const { body } = await nord.owner
      .post('/vehicles', vehicleInput('cd 34-567', { gearbox: 'automatic' }))
      .expect(201);
    expect(body).toMatchObject({ plate: 'CD34567', gearbox: 'automatic', active: true });
    const { body: taken } = await nord.owner.post('/vehicles', vehicleInput('CD34567')).expect(409);
    expect(taken.code).toBe('vehicle.plate_taken');
    await nord.owner.patch(`/vehicles/${nord.vehicleId}`, { plate: 'CD34567' }).expect(409);
    await syd.owner.post('/vehicles', vehicleInput('CD34567')).expect(201);
    expect(fields((await nord.owner.post('/vehicles', vehicleInput('!!')).expect(422)).body)).toEqual(['plate']);
    await nord.teacher.caller.post('/vehicles', vehicleInput('EF 11 111')).expect(403);
    await nord.student.caller.get('/vehicles').expect(403);
  });

  it('go out of use and are listed no more', async () => {
    const { body } = await nord.owner.post('/vehicles', vehicleInput('OLD1', { name: 'Gammel' })).expect(201);
    await nord.owner.patch(`/vehicles/${body.id}`, { active: false }).expect(200);
    expect(names((await nord.teacher.caller.get('/vehicles').expect(200)).body)).not.toContain('Gammel');
    expect(names((await nord.teacher.caller.get('/vehicles?includeInactive=true').expect(200)).body)).toContain(
      'Gammel',
    );
  });
});

describe('lesson types', () => {
  it('name every wrong field', async () => {
    const wrong = lessonTypeInput({ minutes: 50, price: { amount: -1, currency: 'EUR' }, bufferMinutes: 7 });
    const { body } = await nord.owner.post('/lesson-types', wrong).expect(422);
    expect(fields(body)).toEqual(['minutes', 'bufferMinutes', 'price.amount', 'price.currency']);
    expect(
      fields((await nord.owner.post('/lesson-types', lessonTypeInput({ vatRateBp: 10_001 })).expect(400)).body),
    ).toEqual(['vatRateBp']);
  });

  it('change from now on, and may be withdrawn', async () => {
    const { body: added } = await nord.owner
      .post('/lesson-types', lessonTypeInput({ name: 'Dobbeltlektion', minutes: 90 }))
      .expect(201);
    expect(added).toMatchObject({ minutes: 90, price: { amount: 65_000, currency: 'DKK' }, active: true });
    const path = `/lesson-types/${added.id}`;
    const { body } = await nord.owner
      .patch(path, { price: { amount: 120_000, currency: 'DKK' }, active: false })
      .expect(200);
    expect(body).toEqual({ ...added, price: { amount: 120_000, currency: 'DKK' }, active: false });
    expect(names((await nord.student.caller.get('/lesson-types').expect(200)).body)).not.toContain('Dobbeltlektion');
    await nord.student.caller.get(path).expect(200);
    await nord.teacher.caller.patch(path, { minutes: 45 }).expect(403);
  });
});

function bearer(caller: Caller): ['authorization', string] {
  return [
    'authorization',
    (caller.get() as unknown as { header: Record<string, string> }).header['authorization'] ?? '',
  ];
}
