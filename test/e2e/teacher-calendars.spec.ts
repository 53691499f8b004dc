import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import { IcalServer } from '../../sandbox/ical/ical-server.js';
import { ReadTeacherCalendars } from '../../src/modules/schools/jobs/read-teacher-calendars.js';
import { globalQuery } from '../../src/platform/database/query.js';
import type { Id } from '../../src/platform/values/id.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { openTestSchool, type Caller, type TestSchool } from '../support/test-school.js';

const now = '2026-11-20T08:00:00Z';

let test: TestApp;
let nord: TestSchool;
let syd: TestSchool;
let server: IcalServer;
let root: string;
/** One person, who teaches at both. */
let here: { id: Id; caller: Caller };
let there: { id: Id; caller: Caller };
let calendarId: Id;
let fetches = 0;

beforeAll(async () => {
  test = await startTestApp({ jobs: false, env: { PRIVATE_CALENDARS_LOCAL: 'true' } });
  test.clock.set(now);
  server = new IcalServer();
  root = await server.listen();
  nord = await openTestSchool(test, 'nord');
  syd = await openTestSchool(test, 'syd');
  here = await nord.addTeacher('frede@teachers.example', { name: 'Frede Lance' });
  there = await syd.addTeacher('frede@teachers.example', { name: 'Frede Lance' });
});
afterAll(async () => {
  await server.close();
  await test.close();
});
beforeEach(() => void (fetches = server.requests.length));

const calendars = () => `/teachers/${here.id}/calendars`;
/** As a worker's schedule does so many hours later; the callers' clock stands still, or their tokens would be over. */
const readDue = (hours = 0) =>
  test.app.get(ReadTeacherCalendars, { strict: false }).run(new Date(Date.parse(now) + hours * 3_600_000));
const listed = async () => (await here.caller.get(calendars()).expect(200)).body[0];
const refresh = () => here.caller.post(`${calendars()}/${calendarId}/refresh`).expect(204);

async function freeTimes(school: TestSchool, teacherId: Id, date: string): Promise<string[]> {
  const until = new Date(Date.parse(date) + 86_400_000).toISOString().slice(0, 10);
  const query = `lessonTypeId=${school.lessonTypeId}&teacherId=${teacherId}&from=${date}&until=${until}&limit=200`;
  const { body } = await school.owner.get(`/free-times?${query}`).expect(200);
  return body.items.map(({ startsAt }: { startsAt: string }) => startsAt.slice(11, 16));
}

describe('a teacher’s own calendar', () => {
  it('is added by its secret address, which nobody sees again', async () => {
    server.publish('/secret-4711.ics', [
      ['DTSTART;TZID=Europe/Copenhagen:20261124T100000', 'DURATION:PT2H', 'SUMMARY:Tandlæge', 'RRULE:FREQ=WEEKLY'],
    ]);
    const { body } = await here.caller
      .post(calendars(), { name: 'Privat', url: `${root}/secret-4711.ics` })
      .expect(201);
    expect(body).toMatchObject({ name: 'Privat', host: '127.0.0.1', fetchedAt: null, problem: null, stale: false });
    calendarId = body.id;
    for (const answer of [body, await listed(), (await nord.owner.get(calendars()).expect(200)).body])
      expect(JSON.stringify(answer)).not.toContain('4711');
    const { rows } = await sql`SELECT * FROM teacher_calendars`.execute(globalQuery<object>(test.em));
    expect(JSON.stringify(rows)).not.toContain('4711');
    const { body: log } = await nord.owner.get('/audit-log').expect(200);
    expect(JSON.stringify(log)).not.toContain('4711');
  });

  it('is read by a worker and blocks free times and bookings, at every school of his', async () => {
    expect(await freeTimes(nord, here.id, '2026-11-24')).toHaveLength(30);
    await readDue();
    expect(await listed()).toMatchObject({ fetchedAt: '2026-11-20T08:00:00.000Z', problem: null, stale: false });
    for (const [school, teacher] of [
      [nord, here],
      [syd, there],
    ] as const) {
      const free = await freeTimes(school, teacher.id, '2026-12-01');
      expect(free).toEqual(expect.arrayContaining(['08:15', '11:00']));
      for (const start of ['08:30', '09:00', '10:45']) expect(free).not.toContain(start);
    }
    const refused = await syd.student.caller
      .post('/bookings', { lessonTypeId: syd.lessonTypeId, teacherId: there.id, startsAt: '2026-12-01T09:00:00Z' })
      .expect(409);
    expect(refused.body.code).toBe('booking.teacher_unavailable');
    expect(JSON.stringify(refused.body)).not.toMatch(/nord|extern|calendar|Tandl|private/i);
  });

  it('keeps no word of what he is busy with', async () => {
    const { rows } = await sql`SELECT * FROM time_off`.execute(globalQuery<object>(test.em));
    expect(rows.length).toBeGreaterThan(50);
    expect(JSON.stringify(rows)).not.toContain('Tandl');
    const { body } = await here.caller.get(`/teachers/${here.id}/time-off?kind=external&limit=1`).expect(200);
    expect(body.items).toMatchObject([{ kind: 'external', reason: null, startsAt: '2026-11-24T09:00:00.000Z' }]);
    const own = `/teachers/${here.id}/time-off/${body.items[0].id}`;
    expect((await here.caller.delete(own).expect(409)).body.code).toBe('time_off.from_calendar');
    // At the other school it is nobody's to see.
    expect((await syd.owner.get(`/teachers/${there.id}/time-off`).expect(200)).body.items).toEqual([]);
    expect((await syd.owner.get(`/teachers/${there.id}/calendars`).expect(200)).body).toEqual([]);
  });

  it('is asked again only when its turn comes, and for nothing but what is new', async () => {
    await readDue();
    expect(server.requests).toHaveLength(fetches);
    await readDue(0.6);
    expect(server.requests).toHaveLength(fetches + 1);
    expect(server.requests.at(-1)!.headers['if-none-match']).toMatch(/^"/);
    await refresh();
    await Promise.all([readDue(), readDue(), readDue()]);
    expect(server.requests).toHaveLength(fetches + 2);
  });

  it('lists the lessons that a new appointment falls on as orphaned, at each school alone', async () => {
    const lesson = { lessonTypeId: nord.lessonTypeId, studentId: nord.student.id, teacherId: here.id };
    const { body: booked } = await nord.owner
      .post('/bookings', { ...lesson, startsAt: '2026-11-25T09:00:00Z' })
      .expect(201);
    const southern = { lessonTypeId: syd.lessonTypeId, studentId: syd.student.id, teacherId: there.id };
    const { body: away } = await syd.owner
      .post('/bookings', { ...southern, startsAt: '2026-11-25T12:00:00Z' })
      .expect(201);
    server.publish('/secret-4711.ics', [['DTSTART;VALUE=DATE:20261125', 'DTEND;VALUE=DATE:20261126']]);
    await refresh();
    await readDue();
    for (const [school, id] of [
      [nord, booked.id],
      [syd, away.id],
    ] as const) {
      const { items } = (await school.owner.get('/orphaned-bookings').expect(200)).body;
      expect(items).toMatchObject([{ bookingId: id, reason: 'time_off' }]);
      expect(items).toHaveLength(1);
    }
    // What was there before is gone, all at once.
    expect(await freeTimes(nord, here.id, '2026-12-01')).toHaveLength(30);
    expect((await listed()).busyBlocks).toBe(1);
  });

  it('that cannot be read keeps what was read, says why, waits longer and longer, and is called stale', async () => {
    server.break('/secret-4711.ics', { status: 500 });
    await refresh();
    await readDue();
    expect(await listed()).toMatchObject({ problem: 'unreachable', busyBlocks: 1, stale: false });
    expect(await freeTimes(nord, here.id, '2026-11-25')).toEqual([]);
    const first = Date.parse((await listed()).nextFetchAt);
    await refresh();
    await readDue();
    expect(Date.parse((await listed()).nextFetchAt)).toBeGreaterThan(first);
    await sql`UPDATE teacher_calendars SET fetched_at = '2026-11-19 07:00:00'`.execute(globalQuery<object>(test.em));
    expect((await listed()).stale).toBe(true);
    server.break('/secret-4711.ics', null);
    await refresh();
    await readDue();
    expect(await listed()).toMatchObject({ problem: null, stale: false });
  });

  it('is forgotten with everything that came from it', async () => {
    await syd.owner.delete(`/teachers/${there.id}/calendars/${calendarId}`).expect(404);
    await nord.teacher.caller.delete(`${calendars()}/${calendarId}`).expect(403);
    await here.caller.delete(`${calendars()}/${calendarId}`).expect(204);
    expect((await here.caller.get(`/teachers/${here.id}/time-off`).expect(200)).body.items).toEqual([]);
    expect(await freeTimes(syd, there.id, '2026-11-25')).not.toEqual([]);
    await here.caller.delete(`${calendars()}/${calendarId}`).expect(404);
  });

  it('is refused by an address that is none, and beyond the fifth, however many come at once', async () => {
    const add = (url: string) => here.caller.post(calendars(), { name: 'X', url });
    for (const url of ['file:///etc/passwd', 'http://me:secret@calendar.example/', 'nothing'])
      expect((await add(url).expect(422)).body.errors).toMatchObject([{ field: 'url' }]);
    const answers = await Promise.all(Array.from({ length: 8 }, (_, i) => add(`${root}/${i}.ics`)));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(5);
    for (const { status, body } of answers) if (status !== 201) expect(body.code).toBe('teacher_calendar.too_many');
  });
});

describe('a person who teaches at two schools', () => {
  it('is sick at both, on holiday at one, and neither school learns of the other', async () => {
    const away = (kind: string, day: string) =>
      nord.owner
        .post(`/teachers/${here.id}/time-off`, {
          kind,
          reason: 'Hemmelig grund',
          startsAt: `2026-12-${day}T00:00:00Z`,
          endsAt: `2026-12-${day}T23:00:00Z`,
        })
        .expect(201);
    await away('sick', '08');
    await away('private', '09');
    await away('holiday', '10');
    await away('course', '11');
    expect(
      await Promise.all(['08', '09', '10', '11'].map((day) => freeTimes(nord, here.id, `2026-12-${day}`))),
    ).toEqual([[], [], [], []]);
    const southern = await Promise.all(
      ['08', '09', '10', '11'].map((day) => freeTimes(syd, there.id, `2026-12-${day}`)),
    );
    expect(southern.map(({ length }) => length)).toEqual([0, 0, 30, 30]);
    const answers = [
      await syd.owner.get(`/teachers/${there.id}/time-off`).expect(200),
      await syd.owner.get(`/teachers/${there.id}/working-hours`).expect(200),
      await syd.owner.get(`/teachers/${there.id}`).expect(200),
      await syd.owner.get('/bookings?from=2026-12-08').expect(200),
      await syd.owner
        .post('/bookings', {
          lessonTypeId: syd.lessonTypeId,
          studentId: syd.student.id,
          teacherId: there.id,
          startsAt: '2026-12-08T09:00:00Z',
        })
        .expect(409),
    ];
    for (const { text } of answers) {
      expect(text).not.toMatch(/Hemmelig|sick|private|external/);
      for (const foreign of [nord.id, here.id, nord.teacher.id]) expect(text).not.toContain(foreign);
    }
    await syd.owner.get(`/teachers/${here.id}/time-off`).expect(404);
  });

  it('is not booked at one school at the moment at which he falls sick at the other, or it is told of', async () => {
    for (let round = 0; round < 10; round++) {
      const date = new Date(Date.UTC(2027, 0, 4 + round * 7)).toISOString().slice(0, 10);
      const [booked, sick] = await Promise.all([
        syd.student.caller.post('/bookings', {
          lessonTypeId: syd.lessonTypeId,
          teacherId: there.id,
          startsAt: `${date}T10:00:00Z`,
        }),
        nord.owner.post(`/teachers/${here.id}/time-off`, {
          kind: 'sick',
          startsAt: `${date}T06:00:00Z`,
          endsAt: `${date}T20:00:00Z`,
        }),
      ]);
      expect(sick.status).toBe(201);
      expect(sick.body.orphanedBookings).toEqual([]);
      const until = new Date(Date.parse(date) + 86_400_000).toISOString().slice(0, 10);
      const { items } = (await syd.owner.get(`/orphaned-bookings?from=${date}&until=${until}`).expect(200)).body;
      if (booked.status === 201) expect(items).toMatchObject([{ bookingId: booked.body.id }]);
      else expect([booked.body.code, items]).toEqual(['booking.teacher_unavailable', []]);
    }
  });
});
