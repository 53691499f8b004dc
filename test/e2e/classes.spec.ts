import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Response } from 'supertest';
import { SeatOffers } from '../../src/modules/bookings/classes/jobs/seat-offers.js';
import { ChargeSchema } from '../../src/modules/finance/index.js';
import { lessonTypeInput } from '../../src/modules/schools/testing/school-inputs.js';
import { bin, globalQuery, type Tables } from '../../src/platform/database/query.js';
import type { Id } from '../../src/platform/values/id.js';
import { Verification } from '../../src/platform/verification/verification.js';
import { parsedCalendar } from '../support/parsed-calendar.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { type Caller, callerOf, openTestSchool, type TestSchool } from '../support/test-school.js';

interface Person {
  readonly id: Id;
  readonly caller: Caller;
}

let test: TestApp;
let nord: TestSchool;
let syd: TestSchool;
let people = 0;
let weeks = 0;
/** A lesson that takes a teacher and no car. */
let talkId: Id;

beforeAll(async () => {
  test = await startTestApp({ jobs: false });
  test.clock.set('2026-11-20T08:00:00Z');
  nord = await openTestSchool(test, 'nord');
  syd = await openTestSchool(test, 'syd');
  const talk = lessonTypeInput({ name: 'Samtale', needsVehicle: false });
  talkId = (await nord.owner.post('/lesson-types', talk).expect(201)).body.id;
});
afterAll(() => test.close());

/** Whatever has happened: each session and each student who is to come has exactly his claims. */
afterEach(async () => {
  test.clock.set('2026-11-20T08:00:00Z');
  const verdicts = await nord.run(() => test.app.get(Verification, { strict: false }).ofSchool(nord.id));
  expect(verdicts.flatMap(({ findings }) => findings)).toEqual([]);
});

const student = (): Promise<Person> => nord.enrol(`elev${(people += 1)}@nord.example`);
const krone = (amount: number) => ({ amount: amount * 100, currency: 'DKK' });

const planBody = (more: object = {}) => ({
  name: 'Teori B',
  licenceClass: 'B',
  sessions: [1, 2, 3].map((n) => ({ topic: `Teori ${n}`, minutes: 90 })),
  weekly: [{ weekday: 2, time: '18:00' }],
  capacity: 2,
  price: krone(2_500),
  vatRateBp: 2500,
  ...more,
});

async function plan(more: object = {}): Promise<Id> {
  return (await nord.owner.post('/course-plans', planBody(more)).expect(201)).body.id;
}

/** One Tuesday after the other, all of them in winter time. */
function tuesday(): string {
  weeks = (weeks + 1) % 12;
  return new Date(Date.UTC(2026, 11, 1 + weeks * 7)).toISOString().slice(0, 10);
}

interface Course {
  readonly id: Id;
  readonly startsOn: string;
  readonly teacherId: Id;
  readonly sessions: { readonly id: Id; readonly startsAt: string; readonly topic: string }[];
}

/** An open course of three Tuesday evenings, with a teacher of its own unless one is named. */
async function course(more: Record<string, unknown> = {}): Promise<Course> {
  const teacherId =
    (more['teacherId'] as Id | undefined) ?? (await nord.addTeacher(`l${(people += 1)}@nord.example`)).id;
  const startsOn = (more['startsOn'] as string | undefined) ?? tuesday();
  const body = { planId: more['planId'] ?? (await plan()), ...more, teacherId, startsOn };
  const { body: made } = await nord.owner.post('/courses', body).expect(201);
  await nord.owner.post(`/courses/${made.id}/open`).expect(200);
  const { body: classes } = await nord.owner.get(`/classes?courseId=${made.id}`).expect(200);
  return { id: made.id, startsOn, teacherId, sessions: classes.items };
}

/** Two places, 40 minutes from each other. */
async function apart(...names: readonly [string, string]): Promise<{ here: Id; there: Id }> {
  const add = async (name: string): Promise<Id> =>
    (await nord.owner.post('/locations', { name, kind: 'branch' }).expect(201)).body.id;
  const [here, there] = [await add(names[0]), await add(names[1])];
  const way = { travelTimes: [{ locationId: there, minutes: 40 }] };
  await nord.owner.put(`/locations/${here}/travel-times`, way).expect(200);
  return { here, there };
}

const enrol = (on: Course, { caller }: Person, body: object = {}) => caller.post(`/courses/${on.id}/enrolments`, body);
const freeSeats = async (on: Course) => (await nord.owner.get(`/courses/${on.id}`).expect(200)).body.freeSeats;
const timetable = async ({ caller }: Person) => (await caller.get('/class-attendances').expect(200)).body.items;

function charges(studentId: Id) {
  return globalQuery<Tables<typeof ChargeSchema>>(test.em.fork())
    .selectFrom('charges')
    .select(['state', 'gross_minor as gross'])
    .where('student_id', '=', bin(studentId))
    .where('source', '=', 'course')
    .orderBy('id')
    .execute();
}

const anew = async (who: Person): Promise<Person> => ({ ...who, caller: await signedIn(who.caller) });

/** Somebody who signs in anew, at the time it is now. */
const signedIn = ({ userId }: Caller): Promise<Caller> => callerOf(test, userId, `/v1/schools/${nord.id}`);

const lesson = (startsAt: string, who: object) => ({ lessonTypeId: talkId, startsAt, ...who });

describe('a course plan', () => {
  it('names every field that is wrong, and keeps nothing of it', async () => {
    const sessions = [
      { topic: 'A', minutes: 50 },
      { topic: 'B', minutes: 60, dayOffset: 3 },
      { topic: 'C', minutes: 60, dayOffset: 5, time: '18:10' },
      { topic: 'D', minutes: 60, dayOffset: 6, time: '18:00' },
      { topic: 'E', minutes: 60, dayOffset: 4, time: '18:00' },
    ];
    const weekly = [{ weekday: 2, time: '18:05' }];
    const wrong = planBody({ sessions, weekly, price: { amount: 1, currency: 'EUR' } });
    const { body } = await nord.owner.post('/course-plans', wrong).expect(422);
    expect(body.errors.map(({ field }: { field: string }) => field)).toEqual([
      'sessions.0.minutes',
      'sessions.1.time',
      'sessions.2.time',
      'sessions.4.dayOffset',
      'weekly.0.time',
      'price.currency',
    ]);
    await nord.owner
      .post('/course-plans', planBody({ sessions: Array.from({ length: 61 }, () => ({ topic: 'A', minutes: 60 })) }))
      .expect(400);
    const planId = await plan();
    const { body: changed } = await nord.owner.patch(`/course-plans/${planId}`, { capacity: 7 }).expect(200);
    expect(changed).toMatchObject({ id: planId, capacity: 7, sessions: expect.arrayContaining([]) });
    expect(changed.sessions).toHaveLength(3);
    await syd.owner.get(`/course-plans/${planId}`).expect(404);
  });
});

describe('planning a course', () => {
  it('puts the sessions on their dates and claims the teacher', async () => {
    const planned = await course();
    expect(planned.sessions.map(({ startsAt }) => startsAt.slice(0, 10))).toEqual(
      [0, 7, 14].map((days) => new Date(Date.parse(planned.startsOn) + days * 86_400_000).toISOString().slice(0, 10)),
    );
    const taken = lesson(planned.sessions[1]!.startsAt, { studentId: nord.student.id, teacherId: planned.teacherId });
    const { body } = await nord.owner.post('/bookings', taken).expect(409);
    expect(body.code).toBe('booking.slot_taken');
  });

  it('is previewed and refused with the dates on which teacher or room are not free', async () => {
    const room = { name: 'Lokale 1', kind: 'room', places: 1, seats: 20 };
    const roomId = (await nord.owner.post('/facilities', room).expect(201)).body.id;
    const other = await course({ roomId });
    const planId = await plan();
    const sick = {
      startsAt: other.sessions[2]!.startsAt,
      endsAt: new Date(Date.parse(other.sessions[2]!.startsAt) + 3_600_000),
    };
    const teacher = await nord.addTeacher(`l${(people += 1)}@nord.example`);
    await nord.owner.post(`/teachers/${teacher.id}/time-off`, sick).expect(201);
    const wish = { planId, startsOn: other.startsOn, teacherId: teacher.id, roomId };
    const { body: preview } = await nord.owner.post('/courses/preview', wish).expect(200);
    expect(preview.free).toBe(false);
    expect(preview.sessions.map(({ hindrances }: { hindrances: string[] }) => hindrances)).toEqual([
      ['room'],
      ['room'],
      ['room', 'teacher_off'],
    ]);
    const { body: refused } = await nord.owner.post('/courses', wish).expect(409);
    expect(refused).toMatchObject({ code: 'course.sessions_collide', errors: [{ field: 'startsOn' }] });
    expect(refused.collisions.map(({ number }: { number: number }) => number)).toEqual([1, 2, 3]);
    const { body: busy } = await nord.owner
      .post('/courses', { ...wish, teacherId: other.teacherId, roomId: undefined })
      .expect(409);
    expect(busy.collisions[0].hindrances).toEqual(['teacher']);
    const tooMany = await nord.owner.post('/courses', { ...wish, startsOn: tuesday(), capacity: 21 }).expect(422);
    expect(tooMany.body.errors[0].field).toBe('capacity');
  });

  it('lets as many classes into a room as it has places, and a lesson’s track is no room', async () => {
    const room = { name: 'Lokale 2', kind: 'room', places: 2 };
    const roomId = (await nord.owner.post('/facilities', room).expect(201)).body.id;
    const track = (await nord.owner.post('/facilities', { name: 'Bane', kind: 'track', places: 2 }).expect(201)).body
      .id;
    const { startsOn } = await course({ roomId });
    await course({ roomId, startsOn });
    const [planId, teacher] = [await plan(), await nord.addTeacher(`l${(people += 1)}@nord.example`)];
    const third = { planId, startsOn, teacherId: teacher.id };
    const { body } = await nord.owner.post('/courses', { ...third, roomId }).expect(409);
    expect(body.collisions[0].hindrances).toEqual(['room']);
    const wrong = await nord.owner.post('/courses', { ...third, roomId: track }).expect(422);
    expect(wrong.body).toMatchObject({ code: 'course.unknown_reference', errors: [{ field: 'roomId' }] });
  });

  it('counts the teacher’s way between the room and his lessons, both ways', async () => {
    const { here, there } = await apart('Nær', 'Fjern');
    const room = { name: 'Lokale 3', kind: 'room', places: 1, locationId: here };
    const roomId = (await nord.owner.post('/facilities', room).expect(201)).body.id;
    const planId = await plan({ weekly: [{ weekday: 2, time: '11:00' }] });
    const planned = await course({ planId, roomId });
    const { teacherId } = planned;
    const at = (session: number, time: string) => `${planned.sessions[session]!.startsAt.slice(0, 10)}T${time}:00.000Z`;
    const drive = (startsAt: string, locationId: Id) =>
      nord.owner.post('/bookings', lesson(startsAt, { studentId: nord.student.id, teacherId, locationId }));
    // The class is from 10:00 to 11:30 UTC; the way takes 40 minutes, which are three quarter hours.
    const { body } = await drive(at(0, '12:00'), there).expect(409);
    expect(body).toMatchObject({ code: 'booking.slot_taken', busy: ['travel'] });
    await drive(at(0, '12:00'), here).expect(201);
    await drive(at(1, '08:45'), there).expect(409);
    await drive(at(1, '12:30'), there).expect(201);

    const sessionId = planned.sessions[1]!.id;
    const move = { startsAt: at(1, '10:30') };
    const { body: late } = await nord.owner.post(`/classes/${sessionId}/move`, move).expect(409);
    expect(late).toMatchObject({ code: 'course.sessions_collide', collisions: [{ hindrances: ['travel'] }] });
    await nord.owner.post(`/classes/${sessionId}/move`, { ...move, roomId: null }).expect(200);
    await drive(at(1, '09:15'), there).expect(201);
  });

  it('puts no teacher at two places in too short a time, when class and lesson are planned at once', async () => {
    const { here, there } = await apart('Her', 'Der');
    const room = { name: 'Lokale 4', kind: 'room', places: 1, locationId: here };
    const roomId = (await nord.owner.post('/facilities', room).expect(201)).body.id;
    const planId = await plan({
      sessions: [{ topic: 'Teori', minutes: 90 }],
      weekly: [{ weekday: 2, time: '11:00' }],
    });
    for (let round = 0; round < 8; round++) {
      const [teacher, startsOn] = [await nord.addTeacher(`l${(people += 1)}@nord.example`), tuesday()];
      const who = { studentId: nord.student.id, teacherId: teacher.id, locationId: there };
      const [planned, booked] = await Promise.all([
        nord.owner.post('/courses', { planId, teacherId: teacher.id, roomId, startsOn }),
        nord.owner.post('/bookings', lesson(`${startsOn}T12:00:00.000Z`, who)),
      ]);
      expect([planned.status, booked.status].toSorted((a, b) => a - b)).toEqual([201, 409]);
      if (booked.status === 201) await nord.owner.post(`/bookings/${booked.body.id}/cancel`, {}).expect(200);
      else await nord.owner.post(`/courses/${planned.body.id}/cancel`, {}).expect(200);
    }
  });

  it('leaves out holidays and closing days when asked to, and names what is wrong with the wish', async () => {
    const planId = await plan({ weekly: [{ weekday: 5, time: '18:00' }] });
    const teacher = await nord.addTeacher(`l${(people += 1)}@nord.example`);
    const wish = { planId, teacherId: teacher.id, startsOn: '2026-12-18' };
    const dates = async (more: object) => {
      const { body } = await nord.owner.post('/courses/preview', { ...wish, ...more }).expect(200);
      return body.sessions.map(({ startsAt }: { startsAt: string }) => startsAt.slice(0, 10));
    };
    expect(await dates({})).toEqual(['2026-12-18', '2026-12-25', '2027-01-01']);
    expect(await dates({ skipHolidays: true })).toEqual(['2026-12-18', '2027-01-08', '2027-01-15']);
    const past = await nord.owner.post('/courses', { ...wish, startsOn: '2026-11-19' }).expect(422);
    expect(past.body.errors[0].field).toBe('startsOn');
    const far = await nord.owner.post('/courses', { ...wish, startsOn: '2028-11-19' }).expect(422);
    expect(far.body.errors[0].field).toBe('startsOn');
    const timeless = await nord.owner.post('/courses', { ...wish, planId: await plan({ weekly: [] }) }).expect(422);
    expect(timeless.body.errors[0].field).toBe('weekly');
    const foreign = await nord.owner.post('/courses', { ...wish, teacherId: syd.teacher.id }).expect(422);
    expect(foreign.body.errors[0].field).toBe('teacherId');
  });

  it('is for the office, and a draft is nobody else’s business', async () => {
    await nord.teacher.caller.post('/courses', {}).expect(403);
    const body = { planId: await plan(), teacherId: nord.teacher.id, startsOn: tuesday() };
    const { body: draft } = await nord.owner.post('/courses', body).expect(201);
    expect(draft.state).toBe('draft');
    await nord.student.caller.get(`/courses/${draft.id}`).expect(404);
    await nord.student.caller.post(`/courses/${draft.id}/enrolments`, {}).expect(404);
    const { body: list } = await nord.student.caller.get('/courses?limit=200').expect(200);
    expect(list.items.map(({ id }: { id: Id }) => id)).not.toContain(draft.id);
    const { body: classes } = await nord.student.caller.get(`/classes?courseId=${draft.id}`).expect(200);
    expect(classes.items).toEqual([]);
    await syd.owner.get(`/courses/${draft.id}`).expect(404);
    await nord.owner.post(`/courses/${draft.id}/cancel`, {}).expect(200);
    await nord.owner.post(`/courses/${draft.id}/open`).expect(409);
  });
});

describe('an enrolment', () => {
  it('takes a seat, claims the student’s time and charges once', async () => {
    const on = await course();
    const anna = await student();
    const key = `enrol-${people}`;
    const { body } = await enrol(on, anna).set('Idempotency-Key', key).expect(201);
    const again = await enrol(on, anna).set('Idempotency-Key', key).expect(201);
    expect(again.body.id).toBe(body.id);
    expect((await enrol(on, anna).expect(409)).body.code).toBe('course.already_enrolled');
    expect(await freeSeats(on)).toBe(1);
    expect(await charges(anna.id)).toEqual([{ state: 'open', gross: 250_000 }]);
    expect((await timetable(anna)).map(({ topic }: { topic: string }) => topic)).toEqual([
      'Teori 1',
      'Teori 2',
      'Teori 3',
    ]);
    const night = await nord.addTeacher(`l${(people += 1)}@nord.example`, {
      workingHours: [{ weekday: 2, starts: '08:00', ends: '22:00' }],
    });
    const wish = lesson(on.sessions[2]!.startsAt, { teacherId: night.id });
    expect((await anna.caller.post('/bookings', wish).expect(409)).body.busy).toEqual(['student']);
    const { body: withdrawn } = await anna.caller.post(`/course-enrolments/${body.id}/withdraw`, {}).expect(200);
    expect(withdrawn).toMatchObject({ state: 'withdrawn', leftAt: '2026-11-20T08:00:00.000Z' });
    expect(await charges(anna.id)).toEqual([{ state: 'voided', gross: 250_000 }]);
    expect(await timetable(anna)).toEqual([]);
    expect(await freeSeats(on)).toBe(2);
    await anna.caller.post('/bookings', wish).expect(201);
    expect((await anna.caller.post(`/course-enrolments/${body.id}/withdraw`, {}).expect(409)).body.code).toBe(
      'course.enrolment_ended',
    );
  });

  it('is refused with the sessions at which the student has something else, unless the school excuses him', async () => {
    const on = await course();
    const [bo, night] = [
      await student(),
      await nord.addTeacher(`l${(people += 1)}@nord.example`, {
        workingHours: [{ weekday: 2, starts: '08:00', ends: '22:00' }],
      }),
    ];
    await bo.caller.post('/bookings', lesson(on.sessions[1]!.startsAt, { teacherId: night.id })).expect(201);
    const { body } = await enrol(on, bo).expect(409);
    expect(body.code).toBe('course.student_busy');
    expect(body.sessions).toEqual([
      { sessionId: on.sessions[1]!.id, number: 2, startsAt: on.sessions[1]!.startsAt, reason: 'busy' },
    ]);
    expect(await freeSeats(on)).toBe(2);
    expect((await enrol(on, bo, { excuseBusy: true }).expect(403)).body.code).toBe('course.staff_only');
    await nord.owner.post(`/courses/${on.id}/enrolments`, { studentId: bo.id, excuseBusy: true }).expect(201);
    const states = (await timetable(bo)).map(({ state }: { state: string }) => state);
    expect(states).toEqual(['expected', 'excused', 'expected']);
  });

  it('is for active students, by themselves where the course says so, and for nobody else’s', async () => {
    const on = await course({ selfEnrolment: false });
    const [cleo, dan] = [await student(), await student()];
    expect((await enrol(on, cleo).expect(403)).body.code).toBe('course.staff_only');
    await enrol(on, cleo, { studentId: dan.id }).expect(404);
    await nord.owner.patch(`/students/${dan.id}`, { status: 'paused' }).expect(200);
    const paused = await nord.owner.post(`/courses/${on.id}/enrolments`, { studentId: dan.id }).expect(409);
    expect(paused.body.code).toBe('course.student_not_active');
    expect((await nord.owner.post(`/courses/${on.id}/enrolments`, {}).expect(422)).body.code).toBe(
      'course.student_required',
    );
    const { body } = await nord.owner.post(`/courses/${on.id}/enrolments`, { studentId: cleo.id }).expect(201);
    await dan.caller.post(`/course-enrolments/${body.id}/withdraw`, {}).expect(404);
    const { body: seen } = await dan.caller.get(`/course-enrolments?courseId=${on.id}`).expect(200);
    expect(seen.items).toEqual([]);
    await nord.owner.post(`/courses/${on.id}/close`).expect(200);
    const late = await nord.owner.post(`/courses/${on.id}/enrolments`, { studentId: cleo.id }).expect(409);
    expect(late.body).toMatchObject({ code: 'course.closed', state: 'closed' });
  });

  it('moves to another course with its charge, or with another one where the price differs', async () => {
    const planId = await plan();
    const [from, to] = [await course({ planId }), await course({ planId })];
    const dear = await course({ price: krone(3_000) });
    const eva = await student();
    const { body: first } = await enrol(from, eva).expect(201);
    const { body: second } = await eva.caller
      .post(`/course-enrolments/${first.id}/move`, { courseId: to.id })
      .expect(200);
    expect(second).toMatchObject({ state: 'enrolled', course: { id: to.id } });
    expect(await charges(eva.id)).toEqual([{ state: 'open', gross: 250_000 }]);
    expect([await freeSeats(from), await freeSeats(to)]).toEqual([2, 1]);
    const { body: third } = await eva.caller
      .post(`/course-enrolments/${second.id}/move`, { courseId: dear.id })
      .expect(200);
    expect(await charges(eva.id)).toEqual([
      { state: 'voided', gross: 250_000 },
      { state: 'open', gross: 300_000 },
    ]);
    const same = await eva.caller.post(`/course-enrolments/${third.id}/move`, { courseId: dear.id }).expect(422);
    expect(same.body.code).toBe('course.same_course');
    const foreign = await nord.owner.post(`/course-enrolments/${third.id}/move`, { courseId: planId }).expect(422);
    expect(foreign.body.errors[0].field).toBe('courseId');
    // After the course has begun a student asks the school, which decides what becomes of the money.
    test.clock.set(new Date(Date.parse(dear.sessions[1]!.startsAt) + 60_000));
    const late = await signedIn(eva.caller);
    expect((await late.post(`/course-enrolments/${third.id}/withdraw`, {}).expect(409)).body.code).toBe('course.begun');
    await (await signedIn(nord.owner)).post(`/course-enrolments/${third.id}/withdraw`, {}).expect(200);
    expect((await charges(eva.id)).at(-1)!.state).toBe('open');
    expect((await timetable({ ...eva, caller: late })).map(({ number }: { number: number }) => number)).toEqual([1, 2]);
  });
});

describe('the waiting list', () => {
  it('gives a seat that is free to the first, and to the next when he does not say yes', async () => {
    const on = await course({ capacity: 1, offerHours: 12 });
    const [ib, jan, kim, lis] = [await student(), await student(), await student(), await student()];
    const wait = ({ caller }: Person) => caller.post('/course-waiting-list', { courseId: on.id });
    expect((await wait(ib).expect(409)).body.code).toBe('course.seats_free');
    const { body: seat } = await enrol(on, ib).expect(201);
    expect((await enrol(on, jan).expect(409)).body.code).toBe('course.full');
    const first = (await wait(jan).expect(201)).body;
    const second = (await wait(kim).expect(201)).body;
    expect([first.position, second.position]).toEqual([1, 2]);
    expect((await wait(jan).expect(409)).body.code).toBe('course.already_waiting');
    await jan.caller.post(`/course-waiting-list/${second.id}/accept`, {}).expect(404);
    await jan.caller.post(`/course-waiting-list/${first.id}/accept`, {}).expect(409);

    await ib.caller.post(`/course-enrolments/${seat.id}/withdraw`, {}).expect(200);
    // Kept for the first: nobody who comes now gets before him.
    expect((await enrol(on, lis).expect(409)).body.code).toBe('course.full');
    const mine = async (who: Person) =>
      (await who.caller.get(`/course-waiting-list?courseId=${on.id}`).expect(200)).body.items[0];
    expect(await mine(jan)).toMatchObject({
      state: 'offered',
      offeredUntil: '2026-11-20T20:00:00.000Z',
      position: null,
    });
    expect(await mine(kim)).toMatchObject({ state: 'waiting', position: 1 });

    test.clock.set('2026-11-20T20:00:00Z');
    const [late, next, owner] = [await anew(jan), await anew(kim), await signedIn(nord.owner)];
    expect((await late.caller.post(`/course-waiting-list/${first.id}/accept`, {}).expect(409)).body.code).toBe(
      'course.no_offer',
    );
    await test.app.get(SeatOffers, { strict: false }).run(test.clock.now());
    expect((await mine(late)).state).toBe('expired');
    expect(await mine(next)).toMatchObject({ state: 'offered', offeredUntil: '2026-11-21T08:00:00.000Z' });
    await owner.patch(`/students/${kim.id}`, { status: 'paused' }).expect(200);
    const paused = await next.caller.post(`/course-waiting-list/${second.id}/accept`, {}).expect(409);
    expect(paused.body.code).toBe('course.student_not_active');
    await owner.patch(`/students/${kim.id}`, { status: 'active' }).expect(200);
    const { body: enrolled } = await next.caller.post(`/course-waiting-list/${second.id}/accept`, {}).expect(201);
    expect(enrolled).toMatchObject({ state: 'enrolled', student: { id: kim.id } });
    expect(await charges(kim.id)).toEqual([{ state: 'open', gross: 250_000 }]);
    expect((await owner.get(`/courses/${on.id}`).expect(200)).body.freeSeats).toBe(0);
  });

  it('goes on when somebody says no, and when there are more seats', async () => {
    const on = await course({ capacity: 1 });
    const [ole, per, una, vera] = [await student(), await student(), await student(), await student()];
    const { body: seat } = await enrol(on, ole).expect(201);
    const places: { id: Id }[] = [];
    for (const who of [per, una, vera])
      places.push((await who.caller.post('/course-waiting-list', { courseId: on.id }).expect(201)).body);
    await nord.owner.post(`/course-enrolments/${seat.id}/withdraw`, {}).expect(200);
    const states = async () =>
      (await nord.owner.get(`/course-waiting-list?courseId=${on.id}`).expect(200)).body.items.map(
        ({ state }: { state: string }) => state,
      );
    expect(await states()).toEqual(['offered', 'waiting', 'waiting']);
    await per.caller.post(`/course-waiting-list/${places[0]!.id}/leave`).expect(200);
    expect(await states()).toEqual(['left', 'offered', 'waiting']);
    await nord.owner.patch(`/courses/${on.id}`, { capacity: 2 }).expect(200);
    expect(await states()).toEqual(['left', 'offered', 'offered']);
    const tooFew = await nord.owner.patch(`/courses/${on.id}`, { capacity: 1 }).expect(409);
    expect(tooFew.body).toMatchObject({ code: 'course.capacity_taken', seats: 2 });
    await nord.owner.post(`/courses/${on.id}/cancel`, { reason: 'For få' }).expect(200);
    expect(await states()).toEqual(['left', 'left', 'left']);
  });
});

describe('a session', () => {
  it('moves with everybody’s time, and excuses who has something else when told to', async () => {
    const on = await course({ capacity: 3 });
    const [alf, bea] = [await student(), await student()];
    for (const who of [alf, bea]) await enrol(on, who).expect(201);
    const [session] = on.sessions;
    const wednesday = new Date(Date.parse(session!.startsAt) + 86_400_000 - 7 * 3_600_000).toISOString();
    const daytime = await nord.addTeacher(`l${(people += 1)}@nord.example`);
    await alf.caller.post('/bookings', lesson(wednesday, { teacherId: daytime.id })).expect(201);
    const { body } = await nord.owner.post(`/classes/${session!.id}/move`, { startsAt: wednesday }).expect(409);
    expect(body).toMatchObject({ code: 'class.students_busy', studentIds: [alf.id] });
    expect(await timetable(bea)).toMatchObject([{ startsAt: session!.startsAt }, {}, {}]);
    const taken = await nord.owner
      .post(`/classes/${session!.id}/move`, { startsAt: wednesday, teacherId: daytime.id })
      .expect(409);
    expect(taken.body.collisions[0].hindrances).toEqual(['teacher']);
    const { body: moved } = await nord.owner
      .post(`/classes/${session!.id}/move`, { startsAt: wednesday, excuseBusy: true })
      .expect(200);
    expect(moved.startsAt).toBe(wednesday);
    expect((await timetable(alf))[0]).toMatchObject({ startsAt: wednesday, state: 'excused' });
    expect((await timetable(bea))[0]).toMatchObject({ startsAt: wednesday, state: 'expected' });
    expect((await nord.owner.get(`/courses/${on.id}`).expect(200)).body.startsAt).toBe(wednesday);
    await nord.owner
      .post(`/classes/${session!.id}/move`, { startsAt: '2026-11-19T17:00:00Z' })
      .expect(200)
      .catch(() => undefined);
    const off = await nord.owner
      .post(`/classes/${session!.id}/move`, { startsAt: wednesday.replace(':00:00', ':05:00') })
      .expect(422);
    expect(off.body.code).toBe('booking.off_grid');
    await nord.teacher.caller.post(`/classes/${session!.id}/move`, { startsAt: wednesday }).expect(403);
  });

  it('cancelled frees everybody’s time and stays in the list with its reason', async () => {
    const on = await course();
    const cai = await student();
    await enrol(on, cai).expect(201);
    const { body } = await nord.owner.post(`/classes/${on.sessions[0]!.id}/cancel`, { reason: 'Snestorm' }).expect(200);
    expect(body).toMatchObject({ state: 'cancelled', cancelReason: 'Snestorm' });
    expect(await timetable(cai)).toHaveLength(2);
    const again = await nord.owner.post(`/classes/${on.sessions[0]!.id}/cancel`, {}).expect(409);
    expect(again.body.code).toBe('class.cancelled');
    expect((await nord.owner.get(`/courses/${on.id}`).expect(200)).body.startsAt).toBe(on.sessions[1]!.startsAt);
  });

  it('is reported by its teacher or the office, and missed ones are caught up in another course', async () => {
    const planId = await plan();
    const teacher = await nord.addTeacher(`l${(people += 1)}@nord.example`);
    const on = await course({ planId, teacherId: teacher.id });
    const later = await course({ planId, capacity: 1, weekly: [{ weekday: 3, time: '18:00' }] });
    const others = [
      await course({ planId, weekly: [{ weekday: 4, time: '18:00' }] }),
      await course({ planId, weekly: [{ weekday: 5, time: '18:00' }] }),
    ];
    const two = [await student(), await student()];
    for (const who of two) await enrol(on, who).expect(201);
    const { body } = await nord.owner.get(`/class-attendances?classId=${on.sessions[0]!.id}`).expect(200);
    const of = ({ id }: Person) => body.items.find((each: { student: { id: Id } }) => each.student.id === id).id as Id;
    const report = (caller: Caller, state: string, who: Person) =>
      caller.put(`/classes/${on.sessions[0]!.id}/attendances`, { attendances: [{ attendanceId: of(who), state }] });
    expect((await report(teacher.caller, 'present', two[0]!).expect(409)).body.code).toBe('class.not_started');
    test.clock.set(on.sessions[0]!.startsAt);
    const [dea, eli] = [await anew(two[0]!), await anew(two[1]!)];
    const [owner, teaching, colleague] = await Promise.all(
      [nord.owner, teacher.caller, nord.teacher.caller].map(signedIn),
    );
    expect((await report(colleague!, 'present', dea).expect(403)).body.code).toBe('class.not_yours');
    await dea.caller.put(`/classes/${on.sessions[0]!.id}/attendances`, {}).expect(403);
    await report(teaching!, 'present', dea).expect(204);
    await report(owner!, 'absent', eli).expect(204);
    expect((await timetable(eli))[0].state).toBe('absent');

    const { body: options } = await eli.caller.get(`/class-attendances/${of(eli)}/catch-ups`).expect(200);
    expect(options.map(({ id }: { id: Id }) => id)).toContain(later.sessions[0]!.id);
    const sitIn = (who: Person, session: { id: Id }) =>
      who.caller.post(`/class-attendances/${of(who)}/catch-ups`, { classId: session.id });
    expect((await sitIn(dea, later.sessions[0]!).expect(409)).body.code).toBe('class.nothing_to_catch_up');
    expect((await sitIn(eli, later.sessions[1]!).expect(409)).body.code).toBe('class.nothing_to_catch_up');
    await dea.caller.post(`/class-attendances/${of(eli)}/catch-ups`, { classId: later.sessions[0]!.id }).expect(404);
    const { body: guest } = await sitIn(eli, later.sessions[0]!).expect(201);
    expect(guest).toMatchObject({ guest: true, catchesUpId: of(eli), state: 'expected' });
    expect((await sitIn(eli, later.sessions[0]!).expect(409)).body.code).toBe('class.nothing_to_catch_up');
    // The guest has the one seat of that evening: who wants the whole course is told so.
    const fay = await student();
    const full = await enrol(later, fay).expect(409);
    expect(full.body.sessions).toMatchObject([{ number: 1, reason: 'full' }]);
    const own = (await timetable(dea))[1];
    expect((await dea.caller.delete(`/class-attendances/${own.id}`).expect(409)).body.code).toBe('class.not_a_guest');
    await eli.caller.delete(`/class-attendances/${guest.id}`).expect(204);
    await enrol(later, fay).expect(201);
    expect((await sitIn(eli, later.sessions[0]!).expect(409)).body.code).toBe('class.full');
    // Of two courses at once he gets one.
    for (let round = 0; round < 5; round++) {
      const answers = await Promise.all(others.map(({ sessions }) => sitIn(eli, sessions[0]!)));
      expect(answers.map(({ status }) => String(status)).sort()).toEqual(['201', '409']);
      for (const { status, body: seat } of answers)
        if (status === 201) await eli.caller.delete(`/class-attendances/${seat.id}`).expect(204);
    }
  });

  it('gives an excused student his time and his seat back, and takes them again', async () => {
    const on = await course({ capacity: 1 });
    const gry = await student();
    await enrol(on, gry).expect(201);
    const [first] = await timetable(gry);
    const report = (state: string) =>
      nord.owner.put(`/classes/${first.classId}/attendances`, { attendances: [{ attendanceId: first.id, state }] });
    await report('excused').expect(204);
    expect((await nord.owner.get(`/classes/${first.classId}`).expect(200)).body.freeSeats).toBe(1);
    const night = await nord.addTeacher(`l${(people += 1)}@nord.example`, {
      workingHours: [{ weekday: 2, starts: '08:00', ends: '22:00' }],
    });
    const { body: booked } = await gry.caller
      .post('/bookings', lesson(first.startsAt, { teacherId: night.id }))
      .expect(201);
    expect((await report('expected').expect(409)).body.code).toBe('course.student_busy');
    await nord.owner.post(`/bookings/${booked.id}/cancel`, {}).expect(200);
    await report('expected').expect(204);
    expect((await nord.owner.get(`/classes/${first.classId}`).expect(200)).body.freeSeats).toBe(0);
  });
});

describe('the diary', () => {
  it('and people’s own calendars show classes, to students those they are to come to', async () => {
    const on = await course({ startsOn: '2026-12-01' });
    const ida = await student();
    await enrol(on, ida).expect(201);
    const [first, second] = on.sessions;
    const { text } = await nord.owner.get(`/diary?view=day&date=${on.startsOn}`).expect(200);
    expect(text).toContain(first!.id);
    const feedOf = async (caller: Caller, body: object) => {
      const { body: feed } = await caller.post('/calendar-feeds', body).expect(201);
      return async () => parsedCalendar((await fetch(feed.url)).ok ? await (await fetch(feed.url)).text() : '').events;
    };
    const [own, schools] = [
      await feedOf(ida.caller, { kind: 'student' }),
      await feedOf(nord.owner, { kind: 'school' }),
    ];
    expect((await own()).map(({ summary, startsAt }) => `${summary} ${startsAt}`)).toEqual(
      on.sessions.map(({ topic, startsAt }) => `${topic} ${startsAt}`),
    );
    const sequence = async () => (await schools()).find(({ uid }) => uid.includes(second!.id))!;
    expect(await sequence()).toMatchObject({ sequence: 0, status: 'CONFIRMED' });
    await nord.owner.post(`/classes/${second!.id}/cancel`, {}).expect(200);
    expect(await sequence()).toMatchObject({ sequence: 1, status: 'CANCELLED' });
    expect(await own()).toHaveLength(3);
    expect((await own())[1]).toMatchObject({ sequence: 1, status: 'CANCELLED' });
  });

  it('calls a cancelled class off, for a week, in the calendars of those who were to come to it', async () => {
    const on = await course({ planId: await plan({ capacity: 9 }) });
    const [coming, excused, left, late] = [await student(), await student(), await student(), await student()];
    const [first, second] = on.sessions;
    for (const who of [coming, excused]) await enrol(on, who).expect(201);
    const { body: place } = await enrol(on, left).expect(201);
    const [{ id: attendanceId }] = await timetable(excused);
    const report = { attendances: [{ attendanceId, state: 'excused' }] };
    await nord.owner.put(`/classes/${first!.id}/attendances`, report).expect(204);
    await left.caller.post(`/course-enrolments/${place.id}/withdraw`, {}).expect(200);
    test.clock.advance({ minutes: 1 });
    await nord.owner.post(`/classes/${first!.id}/cancel`, {}).expect(200);
    test.clock.advance({ minutes: 1 });
    await enrol(on, late).expect(201);
    const shown = async ({ caller }: Person) => {
      const { body: feed } = await caller.post('/calendar-feeds', { kind: 'student' }).expect(201);
      const read = async () => parsedCalendar(await (await fetch(feed.url)).text()).events;
      return async () => (await read()).map(({ uid, status }) => [uid.slice(0, 36), status]);
    };
    const [third] = on.sessions.slice(2);
    const next = [second, third].map((session) => [session!.id, 'CONFIRMED']);
    const his = await shown(coming);
    expect(await his()).toEqual([[first!.id, 'CANCELLED'], ...next]);
    expect(await (await shown(excused))()).toEqual(next);
    expect(await (await shown(left))()).toEqual([]);
    expect(await (await shown(late))()).toEqual(next);
    test.clock.advance({ minutes: 1 });
    await nord.owner.post(`/courses/${on.id}/cancel`, {}).expect(200);
    expect((await his()).map(([, status]) => status)).toEqual(['CANCELLED', 'CANCELLED', 'CANCELLED']);
    test.clock.advance({ days: 8 });
    expect(await his()).toEqual([]);
  });
});

describe('a course', () => {
  it('cancelled before it begins charges nobody and frees everything', async () => {
    const on = await course();
    const hal = await student();
    await enrol(on, hal).expect(201);
    const { body } = await nord.owner.post(`/courses/${on.id}/cancel`, { reason: 'For få tilmeldte' }).expect(200);
    expect(body).toMatchObject({ state: 'cancelled', cancelReason: 'For få tilmeldte', freeSeats: 2 });
    expect(await charges(hal.id)).toEqual([{ state: 'voided', gross: 250_000 }]);
    expect(await timetable(hal)).toEqual([]);
    const teaching = { planId: await plan(), teacherId: on.teacherId, startsOn: on.startsOn };
    expect((await nord.owner.post('/courses/preview', teaching).expect(200)).body.free).toBe(true);
  });

  it('is completed once its last session is over', async () => {
    const on = await course();
    expect((await nord.owner.post(`/courses/${on.id}/complete`).expect(409)).body.code).toBe('course.not_over');
    test.clock.set(new Date(Date.parse(on.sessions[2]!.startsAt) + 90 * 60_000));
    const owner = await signedIn(nord.owner);
    expect((await owner.post(`/courses/${on.id}/complete`).expect(200)).body.state).toBe('completed');
    expect((await owner.post(`/courses/${on.id}/close`).expect(409)).body.code).toBe('course.closed');
  });
});

describe('races', () => {
  const codes = (answers: readonly Response[]) =>
    answers.map(({ status, body }) => (status < 300 ? 'ok' : (body.code as string)));

  it('of a plan and a lesson for one teacher end with one of them', async () => {
    for (let round = 0; round < 6; round++) {
      const teacher = await nord.addTeacher(`l${(people += 1)}@nord.example`, {
        workingHours: [{ weekday: 2, starts: '08:00', ends: '22:00' }],
      });
      const startsOn = tuesday();
      const wish = { planId: await plan(), teacherId: teacher.id, startsOn };
      const answers = await Promise.all([
        nord.owner.post('/courses', wish),
        nord.owner.post(
          '/bookings',
          lesson(`${startsOn}T17:30:00Z`, { studentId: nord.student.id, teacherId: teacher.id }),
        ),
        nord.owner.post('/courses', wish),
      ]);
      expect(codes(answers).filter((code) => code === 'ok').length).toBeLessThanOrEqual(1);
      for (const code of codes(answers))
        expect(['ok', 'course.sessions_collide', 'booking.slot_taken', 'booking.teacher_unavailable']).toContain(code);
    }
  });

  it('of enrolments and a move of a session leave everybody at the time it has', async () => {
    for (let round = 0; round < 4; round++) {
      const on = await course({ capacity: 6 });
      const group = [await student(), await student(), await student()];
      const startsAt = new Date(Date.parse(on.sessions[1]!.startsAt) + 86_400_000).toISOString();
      const answers = await Promise.all([
        ...group.map((who) => enrol(on, who)),
        nord.owner.post(`/classes/${on.sessions[1]!.id}/move`, { startsAt }),
      ]);
      expect(codes(answers)).toEqual(['ok', 'ok', 'ok', 'ok']);
      for (const who of group) expect((await timetable(who))[1].startsAt).toBe(startsAt);
    }
  });

  it('of two who swap courses, of withdrawals and of offers sell no seat twice', async () => {
    const planId = await plan();
    const [one, two] = [await course({ planId, capacity: 2 }), await course({ planId, capacity: 2 })];
    const [ann, bob] = [await student(), await student()];
    const [a, b] = [(await enrol(one, ann).expect(201)).body.id, (await enrol(two, bob).expect(201)).body.id];
    const swapped = await Promise.all([
      ann.caller.post(`/course-enrolments/${a}/move`, { courseId: two.id }),
      bob.caller.post(`/course-enrolments/${b}/move`, { courseId: one.id }),
    ]);
    expect(codes(swapped)).toEqual(['ok', 'ok']);
    expect([await freeSeats(one), await freeSeats(two)]).toEqual([1, 1]);
    const [cia, dov] = [await student(), await student()];
    await enrol(one, cia).expect(201);
    const { body: waiter } = await dov.caller.post('/course-waiting-list', { courseId: one.id }).expect(201);
    const left = await Promise.all([
      bob.caller.post(`/course-enrolments/${swapped[1].body.id}/withdraw`, {}),
      nord.owner.post(`/course-enrolments/${swapped[1].body.id}/withdraw`, {}),
      dov.caller.post(`/course-waiting-list/${waiter.id}/accept`, {}),
      enrol(one, await student()),
    ]);
    expect(codes(left).filter((code) => code === 'ok').length).toBeGreaterThanOrEqual(1);
    expect(await freeSeats(one)).toBe(0);
  });
});
