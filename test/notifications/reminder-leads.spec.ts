import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { RequestContext } from '@mikro-orm/core';
import { sql } from 'kysely';
import { RemindersSchedule } from '../../src/modules/notifications/jobs/reminders.schedule.js';
import { Metrics } from '../../src/platform/observability/metrics/metrics.js';
import { bin, globalQuery } from '../../src/platform/database/query.js';
import { ScheduleRunner } from '../../src/platform/schedules/schedule-runner.js';
import type { Id } from '../../src/platform/values/id.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { until } from '../support/until.js';
import { Stage, type Person } from './stage.js';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

let test: TestApp;
let stage: Stage;
let owner: { userId: Id; token: string };

beforeAll(async () => {
  test = await startTestApp();
  stage = await Stage.open(test, 'frist');
  owner = await stage.owner();
  // The tests say when it runs.
  await sql`UPDATE schedules SET next_run_at = '2100-01-01' WHERE name = 'notifications.reminders'`.execute(db());
});
beforeEach(async () => {
  test.clock.follow();
  test.sandbox.reset();
  await settings({ lessonReminders: [1_440, 120], examReminders: [1_440], classReminders: [1_440] });
});
afterAll(() => test.close());

const db = () => globalQuery<object>(test.em.fork());
const before = (startsAt: Date, milliseconds: number) => new Date(startsAt.getTime() - milliseconds);

async function settings(change: object, path = ''): Promise<void> {
  await stage.patch(await stage.signedIn(owner), path, change).expect(200);
}

const look = () => test.app.get(ScheduleRunner).runNow('notifications.reminders');

function lookAt(now: Date): Promise<void> {
  return RequestContext.create(test.em, () => test.app.get(RemindersSchedule, { strict: false }).remind(now));
}

async function remindAt(at: Date): Promise<void> {
  test.clock.set(at);
  await look();
  await test.settle();
}

/** How many minutes before each of his e-mails was to go out, with what became of it. */
async function reminded(person: Person, kind = 'lesson_reminder'): Promise<[number, string][]> {
  const messages = (await stage.messagesTo(person)).filter((each) => each.kind === kind && each.channel === 'email');
  return messages.map(({ params, state }) => [Number(params['leadMinutes']), state]);
}

/** What was decided about somebody, nearest first. */
async function decisions({ userId }: Person): Promise<{ lead: number; outcome: string; reason: string | null }[]> {
  const found = sql<{ lead: number; outcome: string; reason: string | null }>`
    SELECT lead_minutes AS \`lead\`, outcome, reason FROM reminders
    WHERE user_id = ${bin(userId)} AND channel = 'email' ORDER BY lead_minutes`;
  return (await found.execute(db())).rows;
}

/** How many reminders of lessons were dropped, by the rows. */
async function dropped(): Promise<number> {
  const found = sql<{ count: number | string }>`
    SELECT count(*) AS count FROM reminders WHERE outcome = 'dropped' AND channel = 'email'`;
  return Number((await found.execute(db())).rows[0]!.count);
}

async function counted(about: string, outcome: string): Promise<number> {
  const text = await test.app.get(Metrics, { strict: false }).registry.metrics();
  const line = new RegExp(`^reminders_total\\{about="${about}",outcome="${outcome}"\\} (\\d+)`, 'm').exec(text);
  return Number(line?.[1] ?? 0);
}

describe('reminders at several lead times', () => {
  it('go out at each of them, once', async () => {
    const student = await stage.student();
    const { startsAt } = await stage.book(student);
    await test.settle();
    for (const left of [day, day - minute, 2 * hour, 2 * hour - minute, minute]) await remindAt(before(startsAt, left));
    expect(await reminded(student)).toEqual([
      [1_440, 'sent'],
      [120, 'sent'],
    ]);
  });

  it('are the lesson type’s where it has its own, and may be none', async () => {
    const type = `/lesson-types/${stage.lessonTypeId}`;
    const student = await stage.student();
    await settings({ reminders: [60] }, type);
    const first = await stage.book(student);
    await test.settle();
    for (const left of [day, 2 * hour, hour]) await remindAt(before(first.startsAt, left));
    expect(await reminded(student)).toEqual([[60, 'sent']]);

    test.clock.follow();
    await settings({ reminders: [] }, type);
    const another = await stage.student();
    const second = await stage.book(another);
    await test.settle();
    for (const left of [day, 2 * hour]) await remindAt(before(second.startsAt, left));
    expect(await reminded(another)).toEqual([]);

    await settings({ reminders: null }, type);
    await remindAt(before(second.startsAt, hour));
    expect(await reminded(another)).toEqual([[120, 'sent']]);
  });

  it('are refused when there are too many of them, or they are too near or far', async () => {
    const caller = await stage.signedIn(owner);
    const wrong = {
      lessonReminders: [60, 70, 80, 90, 100],
      classReminders: [14],
      examReminders: [10_081],
      teacherDigestTime: '25:00',
    };
    const { body } = await stage.patch(caller, '', wrong).expect(400);
    expect(body.errors.map(({ field }: { field: string }) => field).sort()).toEqual(Object.keys(wrong).sort());
    const type = await stage.patch(caller, `/lesson-types/${stage.lessonTypeId}`, { reminders: ['soon'] }).expect(400);
    expect(type.body.errors).toMatchObject([{ field: 'reminders' }]);
  });

  it('that were changed meanwhile go out by what stands now, and never after a nearer one', async () => {
    const student = await stage.student();
    const { startsAt } = await stage.book(student);
    await test.settle();
    await settings({ lessonReminders: [120] });
    await remindAt(before(startsAt, day));
    expect(await reminded(student)).toEqual([]);
    await settings({ lessonReminders: [180] });
    await remindAt(before(startsAt, 3 * hour));
    await settings({ lessonReminders: [2_880, 60] });
    await remindAt(before(startsAt, 2.5 * hour));
    // The longer one is new and long past, and the nearer one has said it.
    expect(await reminded(student)).toEqual([
      [180, 'sent'],
      [2_880, 'dropped'],
    ]);
    await remindAt(before(startsAt, hour));
    await settings({ lessonReminders: [2_880, 1_440, 60] });
    await remindAt(before(startsAt, hour - minute));
    expect((await reminded(student)).map(([lead]) => lead)).toEqual([180, 2_880, 60]);
  });
});

describe('after an outage', () => {
  it('only the nearest reminder that is due goes out, and the other is counted', async () => {
    const student = await stage.student();
    const { startsAt } = await stage.book(student);
    await test.settle();
    await remindAt(before(startsAt, day + hour));
    await remindAt(before(startsAt, hour));
    expect(await reminded(student)).toEqual([[120, 'sent']]);
    expect(await decisions(student)).toEqual([
      { lead: 120, outcome: 'queued', reason: null },
      { lead: 1_440, outcome: 'dropped', reason: 'a nearer reminder was due as well' },
    ]);
    expect(await counted('lesson', 'dropped')).toBe(await dropped());
  });

  it('a lesson that has begun meanwhile is counted, and nobody is reminded of it', async () => {
    const student = await stage.student();
    const { startsAt } = await stage.book(student);
    await test.settle();
    await remindAt(before(startsAt, 4 * hour));
    const told = await reminded(student);
    expect(told).toEqual([[1_440, 'sent']]);
    await remindAt(new Date(startsAt.getTime() + minute));
    expect(await reminded(student)).toEqual(told);
    expect((await decisions(student))[0]).toEqual({
      lead: 120,
      outcome: 'dropped',
      reason: 'it had begun before the reminder could go out',
    });
  });

  it('one that was held up by its provider says nothing once a nearer one goes out', async () => {
    const student = await stage.student();
    const { startsAt } = await stage.book(student);
    await test.settle();
    // What else is due goes out first, so that the fault strikes this one.
    await remindAt(before(startsAt, day + minute));
    test.sandbox.faults.add({ system: 'smtp', kind: 'error_500' });
    test.clock.set(before(startsAt, day));
    await look();
    await until(async () =>
      (await stage.messagesTo(student)).some(({ kind, reason }) => kind === 'lesson_reminder' && reason !== null),
    );
    // Before the clock goes on and with it the repeat.
    await lookAt(before(startsAt, 2 * hour));
    test.clock.set(before(startsAt, 2 * hour));
    await test.settle();
    expect(await reminded(student)).toEqual([
      [1_440, 'dropped'],
      [120, 'sent'],
    ]);
    const [held] = await stage.messagesTo(student).then((all) => all.filter(({ state }) => state === 'dropped'));
    expect(held?.reason).toBe('a nearer reminder has come due meanwhile');
  });
});

describe('two workers at once', () => {
  it('send one reminder', async () => {
    const student = await stage.student();
    const { startsAt } = await stage.book(student);
    await test.settle();
    test.clock.set(before(startsAt, day));
    await Promise.all([1, 2, 3, 4].map(() => lookAt(test.clock.now())));
    await look();
    await test.settle();
    expect(await reminded(student)).toEqual([[1_440, 'sent']]);
    expect(await decisions(student)).toHaveLength(1);
  });
});

describe('a change in the last second', () => {
  it('drops the reminder of a lesson that was moved between queueing and sending, and reminds of the new time', async () => {
    const student = await stage.student();
    const { id, startsAt } = await stage.book(student);
    await test.settle();
    const later = new Date(startsAt.getTime() + 3 * day);
    await remindAt(before(startsAt, day + minute));
    test.sandbox.faults.add({ system: 'smtp', kind: 'error_500' });
    test.clock.set(before(startsAt, day));
    await look();
    await until(async () =>
      (await stage.messagesTo(student)).some(({ kind, reason }) => kind === 'lesson_reminder' && reason !== null),
    );
    const caller = await stage.signedIn(stage.teacher);
    await stage.post(caller, `bookings/${id}/reschedule`, { startsAt: later.toISOString() }).expect(200);
    test.clock.advance({ minutes: 1 });
    await test.settle();
    await remindAt(before(later, day));
    const found = (await stage.messagesTo(student)).filter((each) => each.kind === 'lesson_reminder');
    const states = found.map(({ params, state }) => [params['startsAt'], state]);
    expect(states).toContainEqual([startsAt.toISOString(), 'dropped']);
    expect(states.filter(([at]) => at === later.toISOString())).toEqual([
      [later.toISOString(), 'sent'],
      [later.toISOString(), 'sent'],
    ]);
  });
});

describe('exams and classes', () => {
  it('have reminders too, and lose them with the exam', async () => {
    const [kept, lost] = [await stage.student(), await stage.student()];
    const startsAt = stage.nextHour();
    const exam = { kind: 'theory', startsAt: startsAt.toISOString(), minutes: 45, place: 'Herlev' };
    await stage.post(owner, 'exams', { ...exam, studentId: kept.id }).expect(201);
    const { body } = await stage.post(owner, 'exams', { ...exam, studentId: lost.id }).expect(201);
    await stage.post(owner, `exams/${body.id}/cancel`).expect(200);
    await test.settle();
    await remindAt(before(startsAt, day));
    expect(await reminded(kept, 'exam_reminder')).toEqual([[1_440, 'sent']]);
    expect(await reminded(lost, 'exam_reminder')).toEqual([]);
    expect(stage.arrivedAt(kept).texts.at(-1)?.body).toMatch(/: Husk din teoriprøve B .*Herlev/);
  });

  it('remind everybody who is to come to a class, and nobody who has left it', async () => {
    const [comes, left] = [await stage.student(), await stage.student()];
    const on = stage.nextHour();
    const plan = {
      name: 'Teori B',
      licenceClass: 'B',
      sessions: [{ topic: 'Teori 1', minutes: 90 }],
      weekly: [{ weekday: 2, time: '18:00' }],
      capacity: 5,
      price: { amount: 100_00, currency: 'DKK' },
      vatRateBp: 2500,
    };
    const { body: planned } = await stage.post(owner, 'course-plans', plan).expect(201);
    const startsOn = on.toISOString().slice(0, 10);
    const course = { planId: planned.id, teacherId: stage.teacher.id, startsOn };
    const { body: made } = await stage.post(owner, 'courses', course).expect(201);
    await stage.post(owner, `courses/${made.id}/open`).expect(200);
    const { body: classes } = await stage.read(owner, `classes?courseId=${made.id}`).expect(200);
    const startsAt = new Date(classes.items[0].startsAt);
    for (const student of [comes, left]) await stage.post(student, `courses/${made.id}/enrolments`).expect(201);
    const { body: places } = await stage.read(owner, `course-enrolments?courseId=${made.id}`).expect(200);
    const place = places.items.find((each: { student: { id: string } }) => each.student.id === left.id);
    await test.settle();
    await stage.post(left, `course-enrolments/${place.id}/withdraw`).expect(200);
    await remindAt(before(startsAt, day));
    expect(await reminded(comes, 'class_reminder')).toEqual([[1_440, 'sent']]);
    expect(await reminded(left, 'class_reminder')).toEqual([]);
  });
});
