import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import { globalQuery } from '../../src/platform/database/query.js';
import { ScheduleRunner } from '../../src/platform/schedules/schedule-runner.js';
import { Stage } from '../notifications/stage.js';
import { startTestApp, type TestApp } from '../support/app.js';

/* The week of Tuesday the 29th of February 2028, in Danish winter time. */
const minute = 60_000;
const firstDay = '2028-02-21T08:00:00Z';
const lesson = '2028-02-29T09:00:00.000Z';
const schedules = ['notifications.reminders', 'notifications.teacher-digests'] as const;

let test: TestApp;
let stage: Stage;

beforeAll(async () => {
  test = await startTestApp();
  test.clock.set(firstDay);
  stage = await Stage.open(test, 'skudaar');
  // The tests say when they run.
  await sql`UPDATE schedules SET next_run_at = '2100-01-01' WHERE name IN (${sql.join(schedules)})`.execute(
    globalQuery<object>(test.em.fork()),
  );
});
afterAll(() => test.close());

async function runAt(at: number, schedule: (typeof schedules)[number]): Promise<void> {
  test.clock.set(new Date(at));
  await test.app.get(ScheduleRunner).runNow(schedule);
  await test.settle();
}

const freeTimes = (from: string, until: string) =>
  stage.read(stage.teacher, `free-times?lessonTypeId=${stage.lessonTypeId}&from=${from}&until=${until}&limit=200`);

it('is a day to be booked, once each time, and only in a year that has it', async () => {
  const { body } = await freeTimes('2028-02-28', '2028-03-02').expect(200);
  const days = body.items.map(({ startsAt }: { startsAt: string }) => startsAt.slice(0, 10));
  expect([...new Set(days)]).toEqual(['2028-02-28', '2028-02-29', '2028-03-01']);
  const starts = body.items.map(({ startsAt }: { startsAt: string }) => startsAt);
  expect(new Set(starts).size).toBe(starts.length);
  await freeTimes('2028-02-28', '2028-02-30').expect(400);
  await freeTimes('2027-02-28', '2027-02-29').expect(400);
});

it('does not move the lessons of a series that goes over it', async () => {
  const pattern = { lessonTypeId: stage.lessonTypeId, teacherId: stage.teacher.id, weekdays: [2, 3], time: '14:00' };
  const { token } = await stage.student();
  const answer = await stage.post({ token }, 'booking-series/preview', { ...pattern, from: '2028-02-28', count: 4 });
  expect(answer.body.lessons.map(({ startsAt }: { startsAt: string }) => startsAt)).toEqual([
    '2028-02-29T13:00:00.000Z',
    '2028-03-01T13:00:00.000Z',
    '2028-03-07T13:00:00.000Z',
    '2028-03-08T13:00:00.000Z',
  ]);
});

it('has its lesson in the diary, one reminder a day before it, and the teacher hears of it the evening before', async () => {
  const [student, dayAfter] = [await stage.student(), await stage.student()];
  const { id } = await stage.book(student, new Date(lesson));
  await stage.book(dayAfter, new Date('2028-03-01T09:00:00Z'));
  const other = await stage.post(await stage.student(), 'bookings', {
    lessonTypeId: stage.lessonTypeId,
    startsAt: lesson,
  });
  expect(other.status).toBe(409);
  const { body } = await stage.read(stage.teacher, 'diary?view=day&date=2028-02-29').expect(200);
  expect(JSON.stringify(body)).toContain(id);
  await test.settle();

  const reminders = async (person: typeof student) =>
    (await stage.messagesTo(person)).filter(({ kind }) => kind === 'lesson_reminder').map(({ state }) => state);
  const [at, day] = [Date.parse(lesson), 24 * 60 * minute];
  await runAt(at - day - minute, 'notifications.reminders');
  expect(await reminders(student)).toEqual([]);
  for (const late of [0, 1, 60]) await runAt(at - day + late * minute, 'notifications.reminders');
  expect(await reminders(student)).toEqual(['sent', 'sent']);
  expect(await reminders(dayAfter)).toEqual([]);
  // Of the first of March it is told on the leap day.
  for (const late of [0, 1, 60]) await runAt(at + late * minute, 'notifications.reminders');
  expect(await reminders(dayAfter)).toEqual(['sent', 'sent']);
  expect(await reminders(student)).toEqual(['sent', 'sent']);

  const digests = async () =>
    (await stage.messagesTo(stage.teacher)).filter(({ kind }) => kind === 'teacher_day_ahead').length;
  for (const [evening, sent] of [
    ['2028-02-28T18:00:00Z', 1],
    ['2028-02-28T18:05:00Z', 1],
    ['2028-02-29T18:00:00Z', 2],
    ['2028-03-01T18:00:00Z', 2],
  ] as const) {
    await runAt(Date.parse(evening), 'notifications.teacher-digests');
    expect(await digests()).toBe(sent);
  }
});
