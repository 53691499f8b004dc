import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { CourseSeatSchema } from '../../src/modules/bookings/classes/domain/course-seat.js';
import type { MessageSchema } from '../../src/modules/notifications/index.js';
import { bin, globalQuery, type Tables } from '../../src/platform/database/query.js';
import type { Id } from '../../src/platform/values/id.js';
import { Verification } from '../../src/platform/verification/verification.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { type Caller, callerOf, openTestSchool, type TestSchool } from '../support/test-school.js';

/** Two web processes with one database; the first also works. */
let one: TestApp;
let two: TestApp;
let nord: TestSchool;
let students: { readonly id: Id; readonly callers: readonly Caller[] }[];

const seats = 20;

beforeAll(async () => {
  one = await startTestApp();
  two = await startTestApp({ jobs: false, beside: one });
  one.clock.set('2026-11-20T08:00:00Z');
  nord = await openTestSchool(one, 'nord');
  students = [];
  for (let i = 0; i < 200; i++) {
    const { id, caller } = await nord.enrol(`elev${i}@nord.example`);
    students.push({ id, callers: [caller, await callerOf(two, caller.userId, `/v1/schools/${nord.id}`)] });
  }
});
afterAll(async () => {
  await two.close();
  await one.close();
});

async function course(startsOn: string): Promise<Id> {
  const plan = {
    name: 'Teori B',
    licenceClass: 'B',
    sessions: [1, 2, 3].map((n) => ({ topic: `Teori ${n}`, minutes: 90 })),
    weekly: [{ weekday: 2, time: '18:00' }],
    capacity: seats,
    price: { amount: 250_000, currency: 'DKK' },
    vatRateBp: 2500,
  };
  const { body } = await nord.owner.post('/course-plans', plan).expect(201);
  const wish = { planId: body.id, teacherId: nord.teacher.id, startsOn };
  const { body: made } = await nord.owner.post('/courses', wish).expect(201);
  await nord.owner.post(`/courses/${made.id}/open`).expect(200);
  return made.id;
}

const db = <Schema extends typeof CourseSeatSchema | typeof MessageSchema>() =>
  globalQuery<Tables<Schema>>(one.em.fork());

async function told(kind: string): Promise<{ people: number; messages: number }> {
  await one.settle();
  const rows = await db<typeof MessageSchema>()
    .selectFrom('messages')
    .select(['user_id as userId'])
    .where('kind', '=', kind as never)
    .where('channel', '=', 'email')
    .execute();
  return { people: new Set(rows.map(({ userId }) => userId)).size, messages: rows.length };
}

async function proved(): Promise<string[]> {
  const verdicts = await nord.run(() => one.app.get(Verification, { strict: false }).ofSchool(nord.id));
  return verdicts.flatMap(({ findings }) => findings);
}

describe('two hundred students who want one of twenty seats at once', () => {
  it('get twenty, of two processes alike, and each of them all that comes with it', async () => {
    const courseId = await course('2026-12-01');
    const answers = await Promise.all(
      students.map(({ callers }, i) => callers[i % 2]!.post(`/courses/${courseId}/enrolments`, {})),
    );
    const codes = answers.map(({ status, body }) => (status === 201 ? 'ok' : (body.code as string)));
    expect(codes.filter((code) => code === 'ok')).toHaveLength(seats);
    expect(new Set(codes)).toEqual(new Set(['ok', 'course.full']));
    const taken = await db<typeof CourseSeatSchema>()
      .selectFrom('course_seats')
      .select(['place', 'student_id as studentId'])
      .where('course_id', '=', bin(courseId))
      .execute();
    expect(taken.map(({ place }) => place).toSorted((a, b) => a - b)).toEqual(
      Array.from({ length: seats }, (_, i) => i),
    );
    expect(new Set(taken.map(({ studentId }) => studentId)).size).toBe(seats);
    const { body: charges } = await nord.owner.get('/charges?limit=200').expect(200);
    expect(charges.items).toHaveLength(seats);
    const { body: attendances } = await nord.owner.get('/class-attendances?limit=200').expect(200);
    expect(attendances.items).toHaveLength(3 * seats);
    expect(await proved()).toEqual([]);
    expect(await told('course_enrolled')).toEqual({ people: seats, messages: seats });
  });

  it('leave, wait and come without a seat that is sold twice or lost', async () => {
    const courseId = await course('2027-01-05');
    const enrol = (i: number) => students[i]!.callers[i % 2]!.post(`/courses/${courseId}/enrolments`, {});
    const enrolments = await Promise.all(Array.from({ length: seats }, (_, i) => enrol(100 + i)));
    const ids = enrolments.map(({ body }) => body.id as Id);
    const wait = (i: number) => students[i]!.callers[i % 2]!.post('/course-waiting-list', { courseId });
    for (let i = 0; i < 5; i++) await wait(150 + i).expect(201);
    const leave = (i: number) => students[100 + i]!.callers[i % 2]!.post(`/course-enrolments/${ids[i]}/withdraw`, {});
    const answers = await Promise.all([
      ...Array.from({ length: 8 }, (_, i) => leave(i)),
      ...Array.from({ length: 10 }, (_, i) => enrol(170 + i)),
      ...Array.from({ length: 5 }, (_, i) => wait(160 + i)),
    ]);
    expect(answers.slice(0, 8).map(({ status }) => status)).toEqual(Array.from({ length: 8 }, () => 200));
    const { body: list } = await nord.owner.get(`/course-waiting-list?courseId=${courseId}`).expect(200);
    const states = list.items.map(({ state }: { state: string }) => state) as string[];
    // Whoever joined first is asked first: nobody who waits stands before one who was asked.
    expect(states).toEqual([...states].sort((a, b) => (a === b ? 0 : a === 'offered' ? -1 : 1)));
    expect(states.slice(0, 5)).toEqual(Array.from({ length: 5 }, () => 'offered'));
    const taken = await db<typeof CourseSeatSchema>()
      .selectFrom('course_seats')
      .select('place')
      .where('course_id', '=', bin(courseId))
      .execute();
    const came = answers.slice(8, 18).filter(({ status }) => status === 201).length;
    const offered = states.filter((state) => state === 'offered').length;
    expect(taken).toHaveLength(seats - 8 + came + offered);
    expect(taken.length).toBeLessThanOrEqual(seats);
    expect(await proved()).toEqual([]);
    expect(await told('course_seat_offered')).toEqual({ people: offered, messages: offered });
  });
});

describe('what happens to a class', () => {
  it('is told to everybody on it and to its teacher, once each', async () => {
    const { body: courses } = await nord.owner.get('/courses?limit=1').expect(200);
    const [{ id: courseId }] = courses.items;
    const { body: classes } = await nord.owner.get(`/classes?courseId=${courseId}`).expect(200);
    const [first, second] = classes.items;
    await nord.owner.post(`/classes/${first.id}/move`, { startsAt: '2026-12-02T17:00:00Z' }).expect(200);
    expect(await told('class_moved')).toEqual({ people: seats + 1, messages: seats + 1 });
    await nord.owner.post(`/classes/${second.id}/cancel`, { reason: 'Snestorm' }).expect(200);
    expect(await told('class_cancelled')).toEqual({ people: seats + 1, messages: seats + 1 });
    await nord.owner.post(`/courses/${courseId}/cancel`, { reason: 'For få' }).expect(200);
    expect(await told('course_cancelled')).toEqual({ people: seats + 1, messages: seats + 1 });
    const mails = [...one.sandbox.mail.mailbox.values()].filter(({ subject }) =>
      subject.startsWith('Flyttet: Teori B'),
    );
    expect(mails).toHaveLength(seats + 1);
    expect(mails[0]!.text).toMatch(
      /Undervisningen tirs\.? 1\. dec\. kl\. 18\.00 er flyttet til onsdag den 2\. december 2026/,
    );
    expect(await proved()).toEqual([]);
  });
});
