import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Response } from 'supertest';
import type { Id } from '../../src/platform/values/id.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { parsedCalendar } from '../support/parsed-calendar.js';
import { statementsOf } from '../support/statements.js';
import { openTestSchool, type Caller, type TestSchool } from '../support/test-school.js';

const friday = '2026-11-20T08:00:00Z';

let test: TestApp;
let nord: TestSchool;
let syd: TestSchool;
let lessons = 0;

beforeAll(async () => {
  test = await startTestApp({ jobs: false });
  test.clock.set(friday);
  nord = await openTestSchool(test, 'nord');
  syd = await openTestSchool(test, 'syd');
});
afterAll(() => test.close());
beforeEach(() => test.clock.set(friday));

const code = ({ body }: Response) => body.code as string;
const open = (caller: Caller, body: object) => caller.post('/calendar-feeds', body);
const urlOf = async (caller: Caller, body: object): Promise<string> =>
  (await open(caller, body).expect(201)).body.url as string;
const pathOf = (url: string) => new URL(url).pathname;
const read = (url: string) => test.http.get(pathOf(url)).buffer(true);
const calendarOf = async (url: string) => parsedCalendar((await read(url).expect(200)).text);

/** A lesson of its own time: weekdays from Monday 2026-11-23 on, at 09:00 in Copenhagen. */
async function lesson(studentId: Id, teacherId: Id = nord.teacher.id): Promise<{ id: Id; startsAt: string }> {
  const [week, day] = [Math.floor(lessons / 5), lessons % 5];
  lessons += 1;
  const startsAt = new Date(Date.UTC(2026, 10, 23 + week * 7 + day, 8)).toISOString();
  const wish = { lessonTypeId: nord.lessonTypeId, studentId, teacherId, startsAt };
  return (await nord.owner.post('/bookings', wish).expect(201)).body;
}

describe('a calendar feed', () => {
  it('shows a student his lessons, and nobody else’s', async () => {
    const anna = await nord.enrol('anna@nord.example', { name: 'Anna Lund' });
    const { id, startsAt } = await lesson(anna.id);
    await lesson(nord.student.id);
    const { name, events } = await calendarOf(await urlOf(anna.caller, { kind: 'student' }));
    expect(name).toBe('Køreskolen nord · A.L.');
    expect(events).toEqual([
      expect.objectContaining({
        uid: id,
        summary: 'Kørelektion B · Lars Holm',
        description: 'Kørelærer: Lars Holm\nKøretøj: Golf',
        startsAt,
        status: 'CONFIRMED',
        sequence: 0,
      }),
    ]);
  });

  it('names students by their initials, but to their teacher who asks for names', async () => {
    const { id, caller } = await nord.addTeacher('t1@nord.example', { name: 'Bo Bak' });
    const anna = await nord.enrol('anna1@nord.example', { name: 'Åse Marie Ørsted' });
    await lesson(anna.id, id);
    const [short, full] = [
      await calendarOf(await urlOf(caller, { kind: 'teacher', language: 'en' })),
      await calendarOf(await urlOf(caller, { kind: 'teacher', names: 'full' })),
    ];
    expect(short.events[0]).toMatchObject({
      summary: 'Kørelektion B · Å.M.Ø.',
      description: 'Teacher: Bo Bak\nStudent: Å.M.Ø.\nVehicle: Golf',
    });
    expect(full.events[0]!.summary).toBe('Kørelektion B · Åse Marie Ørsted');
    for (const body of [{ kind: 'school' }, { kind: 'teacher', teacherId: id }])
      expect(code(await open(nord.owner, { ...body, names: 'full' }).expect(422))).toBe('calendar_feed.initials_only');
    const school = await read(await urlOf(nord.owner, { kind: 'school' })).expect(200);
    expect(school.text).toContain('Kørelektion B · Bo Bak · Å.M.Ø.');
    expect(school.text).not.toContain('Ørsted');
    const vehicle = await calendarOf(await urlOf(nord.owner, { kind: 'vehicle', vehicleId: nord.vehicleId }));
    expect(vehicle.name).toBe('Køreskolen nord · Golf');
    expect(vehicle.events.length).toBe(parsedCalendar(school.text).events.length);
  });

  it('follows a lesson that is moved and cancelled: same event, a higher sequence, then called off for a week', async () => {
    const student = await nord.enrol('anna2@nord.example');
    const { id } = await lesson(student.id);
    const url = await urlOf(student.caller, { kind: 'student' });
    const [before] = (await calendarOf(url)).events;
    await nord.owner.post(`/bookings/${id}/reschedule`, { startsAt: '2027-01-04T09:00:00Z' }).expect(200);
    const [moved] = (await calendarOf(url)).events;
    expect(moved).toMatchObject({ uid: id, startsAt: '2027-01-04T09:00:00.000Z', sequence: before!.sequence + 1 });
    expect(moved!.lastModified >= before!.lastModified).toBe(true);
    await nord.owner.post(`/bookings/${id}/cancel`, {}).expect(200);
    const [cancelled] = (await calendarOf(url)).events;
    expect(cancelled).toMatchObject({ uid: id, status: 'CANCELLED', summary: 'Aflyst: Kørelektion B · Lars Holm' });
    expect(cancelled!.sequence).toBeGreaterThan(moved!.sequence);
    test.clock.advance({ days: 7, minutes: 1 });
    expect((await calendarOf(url)).events).toEqual([]);
  });

  it('answers 304 until there is something else to read', async () => {
    const student = await nord.enrol('anna3@nord.example');
    await lesson(student.id);
    const url = await urlOf(student.caller, { kind: 'student' });
    const first = await read(url).expect(200).expect('content-type', 'text/calendar; charset=utf-8');
    expect(first.headers).toMatchObject({ 'cache-control': 'private, no-cache', etag: expect.stringMatching(/^"/) });
    const again = () => read(url).set('if-none-match', first.headers['etag']!);
    const unchanged = await again().expect(304);
    expect([unchanged.text, unchanged.headers['etag']]).toEqual(['', first.headers['etag']]);
    test.clock.advance({ minutes: 50 });
    await again().expect(304);
    const head = await test.http.head(pathOf(url)).expect(200);
    expect([head.headers['etag'], head.text]).toEqual([first.headers['etag'], undefined]);
    await lesson(student.id);
    const changed = await again().expect(200);
    expect(parsedCalendar(changed.text).events).toHaveLength(2);
    await nord.owner.patch(`/vehicles/${nord.vehicleId}`, { name: 'Polo' }).expect(200);
    const renamed = await read(url).set('if-none-match', changed.headers['etag']!).expect(200);
    expect(renamed.text).toContain('Køretøj: Polo');
    await nord.owner.patch(`/vehicles/${nord.vehicleId}`, { name: 'Golf' }).expect(200);
  });

  it('shows what is near, with as many statements however much there is', async () => {
    const student = await nord.enrol('anna4@nord.example');
    const url = await urlOf(student.caller, { kind: 'student' });
    await read(url).expect(200);
    const few = await statementsOf(() => read(url).expect(200));
    const times = ['2026-12-21T08:00:00Z', '2027-05-18T08:00:00Z', '2027-05-19T08:00:00Z'];
    for (const startsAt of times)
      await nord.owner
        .post('/bookings', { lessonTypeId: nord.lessonTypeId, studentId: student.id, startsAt })
        .expect(201);
    const starts = async () => (await calendarOf(url)).events.map(({ startsAt }) => startsAt.slice(0, 10));
    expect(await starts()).toEqual(['2026-12-21', '2027-05-18']);
    expect((await statementsOf(() => read(url).expect(200))).length).toBe(few.length);
    test.clock.set('2027-01-20T22:30:00Z');
    expect(await starts()).toEqual(['2026-12-21', '2027-05-18', '2027-05-19']);
    // Midnight in Copenhagen.
    test.clock.set('2027-01-20T23:00:00Z');
    expect(await starts()).toEqual(['2027-05-18', '2027-05-19']);
  });
});

describe('the address of a feed', () => {
  it('is kept as a hash alone, told once, and replaced at once', async () => {
    const { body: feed } = await open(nord.owner, { kind: 'school' }).expect(201);
    expect(new URL(feed.url).pathname).toMatch(/^\/calendars\/[\w-]{43}\.ics$/);
    const { body: list } = await nord.owner.get('/calendar-feeds').expect(200);
    expect(list.items.find(({ id }: { id: Id }) => id === feed.id)).toEqual({ ...feed, url: undefined });
    const token = pathOf(feed.url).slice('/calendars/'.length, -'.ics'.length);
    const [stored] = await test.em.execute<{ token_hash: string }[]>(
      'SELECT token_hash FROM calendar_feeds WHERE id = UNHEX(?)',
      [feed.id.replaceAll('-', '')],
    );
    expect(stored!.token_hash).toMatch(/^[0-9a-f]{64}$/);
    expect(stored!.token_hash).not.toContain(token);
    const { body: rotated } = await nord.owner.post(`/calendar-feeds/${feed.id}/rotate`, {}).expect(200);
    expect(rotated).toMatchObject({ id: feed.id, rotatedAt: '2026-11-20T08:00:00.000Z', lastReadAt: null });
    expect(code(await read(feed.url).expect(404))).toBe('calendar_feed.closed');
    await read(rotated.url).expect(200);
    await nord.owner.delete(`/calendar-feeds/${feed.id}`).expect(204);
    await read(rotated.url).expect(404);
    expect(code(await nord.owner.delete(`/calendar-feeds/${feed.id}`).expect(404))).toBe('calendar_feed.not_found');
  });

  it('is no other: made up ones are not found', async () => {
    for (const file of ['x.ics', `${'a'.repeat(43)}.ics`, 'a'.repeat(43), '%27.ics'])
      expect(code(await test.http.get(`/calendars/${file}`).expect(404))).toBe('calendar_feed.closed');
  });

  it('says to its owner and the office when it was read, to the hour', async () => {
    const { caller } = await nord.enrol('anna5@nord.example');
    const { body: feed } = await open(caller, { kind: 'student' }).expect(201);
    const seen = async () => (await caller.get('/calendar-feeds').expect(200)).body.items[0].lastReadAt as string;
    expect(await seen()).toBeNull();
    await read(feed.url).expect(200);
    test.clock.advance({ minutes: 59 });
    await read(feed.url).expect(200);
    expect(await seen()).toBe('2026-11-20T08:00:00.000Z');
    test.clock.advance({ minutes: 1 });
    await read(feed.url).expect(200);
    expect(await seen()).toBe('2026-11-20T09:00:00.000Z');
  });
});

describe('whose calendar somebody may subscribe to', () => {
  it('is a teacher’s own, and anybody’s to the office', async () => {
    const other = await nord.addTeacher('t2@nord.example');
    const { caller } = nord.teacher;
    for (const body of [
      { kind: 'teacher', teacherId: other.id },
      { kind: 'school' },
      { kind: 'vehicle', vehicleId: nord.vehicleId },
    ])
      expect(code(await open(caller, body).expect(403))).toBe('calendar_feed.not_yours');
    expect(code(await open(caller, { kind: 'student', studentId: nord.student.id }).expect(404))).toBe(
      'student.not_found',
    );
    for (const kind of ['teacher', 'student', 'vehicle'] as const) {
      const refused = await open(nord.owner, { kind }).expect(422);
      expect([code(refused), refused.body.errors[0].field]).toEqual(['calendar_feed.whose', `${kind}Id`]);
    }
    const two = { kind: 'teacher', teacherId: other.id, vehicleId: nord.vehicleId };
    expect((await open(nord.owner, two).expect(422)).body.errors[0].field).toBe('vehicleId');
    for (const id of [other.id, nord.teacher.id]) await urlOf(nord.owner, { kind: 'teacher', teacherId: id });
    await urlOf(nord.owner, { kind: 'student', studentId: nord.student.id });
  });

  it('is nothing of another school’s', async () => {
    for (const [kind, id] of [
      ['teacher', syd.teacher.id],
      ['student', syd.student.id],
      ['vehicle', syd.vehicleId],
    ])
      await open(nord.owner, { kind, [`${kind}Id`]: id }).expect(404);
    const { body } = await open(syd.owner, { kind: 'school' }).expect(201);
    await nord.owner.post(`/calendar-feeds/${body.id}/rotate`, {}).expect(404);
    await nord.owner.delete(`/calendar-feeds/${body.id}`).expect(404);
    expect((await calendarOf(body.url)).events).toEqual([]);
  });

  it('is one’s own alone to change; the office closes anybody’s and gets no address', async () => {
    const { caller } = await nord.enrol('anna6@nord.example');
    const { body: feed } = await open(caller, { kind: 'student' }).expect(201);
    for (const stranger of [nord.student.caller, nord.teacher.caller]) {
      expect((await stranger.get('/calendar-feeds').expect(200)).text).not.toContain(feed.id);
      await stranger.delete(`/calendar-feeds/${feed.id}`).expect(404);
    }
    for (const stranger of [nord.student.caller, nord.teacher.caller, nord.owner])
      await stranger.post(`/calendar-feeds/${feed.id}/rotate`, {}).expect(404);
    await nord.owner.delete(`/calendar-feeds/${feed.id}`).expect(204);
    await read(feed.url).expect(404);
  });

  it('ends with his time at the school, and with his being a teacher', async () => {
    const { id, caller } = await nord.addTeacher('t3@nord.example');
    const url = await urlOf(caller, { kind: 'teacher' });
    await read(url).expect(200);
    await nord.owner.patch(`/teachers/${id}`, { active: false }).expect(200);
    expect(code(await read(url).expect(404))).toBe('calendar_feed.closed');
    const office = await nord.join('office@nord.example', 'office');
    const school = await urlOf(office, { kind: 'school' });
    await read(school).expect(200);
    await nord.owner.delete(`/members/${office.userId}`).expect(204);
    await read(school).expect(404);
  });

  it('is a ward’s to his guardian until he comes of age', async () => {
    const ward = await nord.enrol('ward@nord.example', { name: 'Ida Bro', birthDate: '2009-01-10' });
    await nord.owner.post(`/students/${ward.id}/guardians`, { name: 'Karen', email: 'karen@nord.example' }).expect(201);
    const guardian = await nord.join('karen@nord.example', 'guardian');
    const booked = await lesson(ward.id);
    const url = await urlOf(guardian, { kind: 'student' });
    expect((await calendarOf(url)).events.map(({ uid }) => uid)).toEqual([booked.id]);
    await open(guardian, { kind: 'student', studentId: nord.student.id }).expect(404);
    test.clock.set('2027-01-09T22:59:00Z');
    await read(url).expect(200);
    test.clock.set('2027-01-09T23:00:00Z');
    await read(url).expect(404);
  });
});
