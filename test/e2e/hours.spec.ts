import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Id } from '../../src/platform/values/id.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { openTestSchool, type Caller, type TestSchool } from '../support/test-school.js';

let test: TestApp;
let nord: TestSchool;
let syd: TestSchool;

beforeAll(async () => {
  test = await startTestApp({ jobs: false });
  test.clock.set('2026-11-20T08:00:00Z');
  nord = await openTestSchool(test, 'nord');
  syd = await openTestSchool(test, 'syd');
});
afterAll(() => test.close());

/** The local times of the school's clock at which a lesson of the teacher's could start on a date. */
async function freeTimes(
  date: string,
  { school = nord, teacherId }: { school?: TestSchool; teacherId?: Id } = {},
): Promise<string[]> {
  const until = new Date(Date.parse(date) + 86_400_000).toISOString().slice(0, 10);
  const query = `lessonTypeId=${school.lessonTypeId}&teacherId=${teacherId ?? school.teacher.id}&from=${date}&until=${until}&limit=200`;
  const { body } = await school.owner.get(`/free-times?${query}`).expect(200);
  const clock = new Intl.DateTimeFormat('da', { timeZone: 'Europe/Copenhagen', hour: '2-digit', minute: '2-digit' });
  return body.items.map(({ startsAt }: { startsAt: string }) => clock.format(new Date(startsAt)).replace('.', ':'));
}

function book(caller: Caller, startsAt: string, more: object = {}) {
  return caller.post('/bookings', { lessonTypeId: nord.lessonTypeId, startsAt, teacherId: nord.teacher.id, ...more });
}

const hoursOf = (teacherId: Id) => `/teachers/${teacherId}/day-hours`;
const set = (date: string, hours: object[]) => nord.owner.put(hoursOf(nord.teacher.id), { date, hours });

describe('the hours of a single date', () => {
  it('stand instead of the weekday’s, in free times and in booking', async () => {
    const { body } = await set('2026-11-24', [
      { starts: '10:00', ends: '11:00' },
      { starts: '18:00', ends: '18:45' },
    ]).expect(200);
    expect(body).toMatchObject({ dayHours: { date: '2026-11-24' }, orphanedBookings: [] });
    expect(await freeTimes('2026-11-24')).toEqual(['10:00', '10:15', '18:00']);
    expect(await freeTimes('2026-11-25')).toHaveLength(30);
    expect((await book(nord.student.caller, '2026-11-24T08:00:00Z').expect(409)).body).toMatchObject({
      code: 'booking.teacher_unavailable',
    });
    await book(nord.student.caller, '2026-11-24T17:00:00Z').expect(201);
    await book(nord.owner, '2026-11-24T09:00:00Z', { studentId: nord.student.id }).expect(201);
  });

  it('may be none, may be changed, and go back to the weekday’s', async () => {
    await set('2026-11-28', [{ starts: '08:00', ends: '09:00' }]).expect(200);
    expect(await freeTimes('2026-11-28')).toHaveLength(2);
    const { body } = await set('2026-11-28', []).expect(200);
    expect(await freeTimes('2026-11-28')).toEqual([]);
    const listed = await nord.teacher.caller.get(hoursOf(nord.teacher.id)).expect(200);
    expect(listed.body.items.map(({ date, hours }: { date: string; hours: object[] }) => [date, hours.length])).toEqual(
      [
        ['2026-11-24', 2],
        ['2026-11-28', 0],
      ],
    );
    await nord.owner.delete(`${hoursOf(nord.teacher.id)}/${body.dayHours.id}`).expect(200);
    await nord.owner.delete(`${hoursOf(nord.teacher.id)}/${body.dayHours.id}`).expect(404);
  });

  it('follow the school’s clocks in the nights that change them', async () => {
    for (const [date, count] of [
      ['2027-03-28', 5 * 4 - 2],
      ['2027-10-31', 7 * 4 - 2],
    ] as const) {
      await set(date, [{ starts: '00:00', ends: '06:00' }]).expect(200);
      expect(await freeTimes(date)).toHaveLength(count);
    }
  });

  it('tell which lessons they leave outside, also when they go back', async () => {
    const saturday = (await set('2026-12-05', [{ starts: '08:00', ends: '10:00' }]).expect(200)).body.dayHours.id;
    const { body: lesson } = await book(nord.student.caller, '2026-12-05T07:00:00Z').expect(201);
    const back = await nord.owner.delete(`${hoursOf(nord.teacher.id)}/${saturday}`).expect(200);
    expect(back.body.orphanedBookings).toMatchObject([{ bookingId: lesson.id, teacherId: nord.teacher.id }]);
    await nord.owner.post(`/bookings/${lesson.id}/cancel`, {}).expect(200);
  });

  it('refuse what is no day, naming each field, and what is over', async () => {
    const wrong = [
      { starts: '08:10', ends: '09:00' },
      { starts: '09:00', ends: '09:00' },
      { starts: '12:00', ends: '13:00' },
      { starts: '12:45', ends: '14:00' },
    ];
    const { body } = await set('2026-12-01', wrong).expect(422);
    expect(body.errors.map(({ field }: { field: string }) => field)).toEqual([
      'hours.0.starts',
      'hours.1.ends',
      'hours.3.starts',
    ]);
    expect((await set('2026-11-19', []).expect(422)).body.errors).toMatchObject([{ field: 'date' }]);
    await nord.teacher.caller.put(hoursOf(nord.teacher.id), { date: '2026-12-01', hours: [] }).expect(200);
    const other = await nord.addTeacher('other@nord.example');
    await nord.teacher.caller.put(hoursOf(other.id), { date: '2026-12-01', hours: [] }).expect(403);
    await syd.owner.put(hoursOf(nord.teacher.id), { date: '2026-12-01', hours: [] }).expect(404);
  });
});

describe('a day on which the school is closed', () => {
  it('has no free times, whatever the teachers’ own hours say, and no bookings', async () => {
    const teacher = await nord.addTeacher('closed@nord.example');
    await nord.owner
      .put(hoursOf(teacher.id), { date: '2026-12-24', hours: [{ starts: '08:00', ends: '12:00' }] })
      .expect(200);
    const { body: lesson } = await book(nord.student.caller, '2026-12-24T09:00:00Z', { teacherId: teacher.id }).expect(
      201,
    );
    const days = [
      { date: '2026-12-25', name: 'Juledag' },
      { date: '2026-12-24', name: 'Juleaften' },
    ];
    const { body } = await nord.owner.post('/closing-days', { days }).expect(201);
    expect(body.orphanedBookings.map(({ bookingId }: { bookingId: Id }) => bookingId)).toEqual([lesson.id]);
    for (const teacherId of [teacher.id, nord.teacher.id])
      expect(await freeTimes('2026-12-24', { teacherId })).toEqual([]);
    await book(nord.student.caller, '2026-12-24T10:00:00Z', { teacherId: teacher.id }).expect(409);
    expect(await freeTimes('2026-12-24', { school: syd })).toHaveLength(30);

    const { body: listed } = await nord.student.caller.get('/closing-days').expect(200);
    expect(listed.items.map(({ name }: { name: string }) => name)).toEqual(['Juleaften', 'Juledag']);
    await nord.owner.delete(`/closing-days/${listed.items[0].id}`).expect(204);
    await syd.owner.delete(`/closing-days/${listed.items[1].id}`).expect(404);
    expect(await freeTimes('2026-12-24', { teacherId: teacher.id })).not.toEqual([]);
    await nord.teacher.caller.post('/closing-days', { days }).expect(403);
  });

  it('is proposed from the holidays that are left of the year', async () => {
    const { body } = await nord.owner.get('/closing-days/proposals').expect(200);
    expect(body.map(({ date, chosen }: { date: string; chosen: boolean }) => [date, chosen])).toEqual([
      ['2026-12-24', false],
      ['2026-12-25', true],
      ['2026-12-26', false],
      ['2026-12-31', false],
    ]);
    const next = (await nord.owner.get('/closing-days/proposals?year=2027').expect(200)).body;
    expect(next).toContainEqual({ date: '2027-05-06', name: 'Kristi Himmelfartsdag', chosen: false });
    // Store Bededag is a working day since 2024.
    expect(next.map(({ date }: { date: string }) => date)).not.toContain('2027-04-23');
  });

  it('is refused twice in one list, in the past, or without a name', async () => {
    const add = (...dates: string[]) =>
      nord.owner.post('/closing-days', { days: dates.map((date) => ({ date, name: 'X' })) });
    expect((await add('2027-01-02', '2027-01-02').expect(422)).body.errors).toMatchObject([{ field: 'days.1.date' }]);
    expect((await add('2027-01-02', '2026-11-19').expect(422)).body.errors).toMatchObject([{ field: 'days.1.date' }]);
    await nord.owner.post('/closing-days', { days: [] }).expect(400);
    expect(await freeTimes('2027-01-04')).toHaveLength(30);
  });
});

describe('a booking racing the closing of its day', () => {
  it('is refused or told of', async () => {
    for (let round = 0; round < 12; round++) {
      const date = new Date(Date.UTC(2027, 1, 1 + round * 7)).toISOString().slice(0, 10);
      const [booked, closed] = await Promise.all([
        book(nord.student.caller, `${date}T10:00:00Z`),
        nord.owner.post('/closing-days', { days: [{ date, name: 'Lukket' }] }),
      ]);
      expect(closed.status).toBe(201);
      const orphans = closed.body.orphanedBookings.map(({ bookingId }: { bookingId: Id }) => bookingId);
      if (booked.status === 201) expect(orphans).toContain(booked.body.id);
      else expect(booked.body.code).toBe('booking.teacher_unavailable');
    }
  });
});
