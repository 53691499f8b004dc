import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import { globalQuery } from '../../src/platform/database/query.js';
import { ScheduleRunner } from '../../src/platform/schedules/schedule-runner.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { until } from '../support/until.js';
import { Stage, type Person } from './stage.js';

const hour = 3_600_000;
const lead = 24 * hour;

let test: TestApp;
let stage: Stage;
let other: Stage;

beforeAll(async () => {
  test = await startTestApp();
  [stage, other] = [await Stage.open(test, 'husk'), await Stage.open(test, 'glem')];
  // The tests say when it runs.
  await sql`UPDATE schedules SET next_run_at = '2100-01-01' WHERE name = 'notifications.reminders'`.execute(
    globalQuery<object>(test.em),
  );
});
beforeEach(() => {
  test.clock.follow();
  test.sandbox.reset();
});
afterAll(() => test.close());

async function remindAt(at: Date): Promise<void> {
  test.clock.set(at);
  await test.app.get(ScheduleRunner).runNow('notifications.reminders');
  await test.settle();
}

const before = (startsAt: Date, milliseconds: number) => new Date(startsAt.getTime() - milliseconds);
const reminders = async (school: Stage, person: Person) =>
  (await school.messagesTo(person)).filter((each) => each.kind === 'lesson_reminder');

describe('the reminder of a lesson', () => {
  it('goes out once by each channel when the lead time is reached, in every school', async () => {
    const [student, elsewhere] = [await stage.student(), await other.student()];
    const { startsAt } = await stage.book(student);
    await other.book(elsewhere, startsAt);
    await test.settle();
    await remindAt(before(startsAt, lead + 60_000));
    expect(await reminders(stage, student)).toEqual([]);
    for (const late of [lead, lead - 20_000, lead - hour]) await remindAt(before(startsAt, late));
    for (const [school, person] of [
      [stage, student],
      [other, elsewhere],
    ] as const) {
      expect(await reminders(school, person)).toMatchObject([
        { channel: 'email', state: 'sent' },
        { channel: 'sms', state: 'sent' },
      ]);
      expect(school.arrivedAt(person).mails.at(-1)?.subject).toMatch(/^Husk: /);
      expect(school.arrivedAt(person).texts.at(-1)?.body).toMatch(/: Husk din tid /);
    }
  });

  it('does not go out for a cancelled lesson', async () => {
    const student = await stage.student();
    const { id, startsAt } = await stage.book(student);
    await stage.post(student, `bookings/${id}/cancel`).expect(200);
    await test.settle();
    await remindAt(before(startsAt, lead));
    expect(await reminders(stage, student)).toEqual([]);
  });

  it('goes out for the new time of a moved lesson, and not for the old', async () => {
    const student = await stage.student();
    const { id, startsAt } = await stage.book(student);
    const later = new Date(startsAt.getTime() + 15 * 60_000);
    await stage.post(student, `bookings/${id}/reschedule`, { startsAt: later.toISOString() }).expect(200);
    await test.settle();
    await remindAt(before(startsAt, lead));
    expect(await reminders(stage, student)).toEqual([]);
    await remindAt(before(later, lead));
    expect(await reminders(stage, student)).toMatchObject([{ params: { startsAt: later.toISOString() } }, {}]);
  });

  it('is left out when the lesson was booked inside the lead time: the confirmation has just said it', async () => {
    const student = await stage.student();
    const startsAt = stage.nextHour();
    test.clock.set(before(startsAt, lead - hour));
    await stage.book(await stage.signedIn(student), startsAt);
    await test.settle();
    await remindAt(before(startsAt, lead - 2 * hour));
    expect(await reminders(stage, student)).toEqual([]);
  });

  it('is left out when the lesson was moved inside the lead time', async () => {
    const student = await stage.student();
    const { id, startsAt } = await stage.book(student);
    const later = new Date(startsAt.getTime() + 15 * 60_000);
    test.clock.set(before(startsAt, lead - hour));
    await stage
      .post(await stage.signedIn(stage.teacher), `bookings/${id}/reschedule`, { startsAt: later.toISOString() })
      .expect(200);
    await test.settle();
    await remindAt(before(startsAt, lead - 2 * hour));
    expect(await reminders(stage, student)).toEqual([]);
  });

  it('goes out late after an outage while the lesson has not begun, and not afterwards', async () => {
    const [late, tooLate] = [await stage.student(), await stage.student()];
    const first = await stage.book(late);
    await test.settle();
    await remindAt(before(first.startsAt, 10 * 60_000));
    expect(await reminders(stage, late)).toHaveLength(2);
    test.clock.follow();
    const second = await stage.book(tooLate);
    await test.settle();
    await remindAt(new Date(second.startsAt.getTime() + 60_000));
    expect(await reminders(stage, tooLate)).toEqual([]);
  });

  it('is dropped when the lesson is cancelled between queueing and sending', async () => {
    const student = await stage.student();
    const { id, startsAt } = await stage.book(student);
    await test.settle();
    // What else is due goes out first, so that the fault strikes this one.
    await remindAt(before(startsAt, lead + 60_000));
    test.sandbox.faults.add({ system: 'smtp', kind: 'error_500' });
    test.clock.set(before(startsAt, lead));
    await test.app.get(ScheduleRunner).runNow('notifications.reminders');
    await until(async () => {
      const [email, sms] = await reminders(stage, student);
      return email !== undefined && email.reason !== null && sms?.state === 'sent';
    });
    await stage.post(await stage.signedIn(stage.teacher), `bookings/${id}/cancel`, { forStudent: true }).expect(200);
    test.clock.advance({ seconds: 10 });
    await test.settle();
    expect(await reminders(stage, student)).toMatchObject([
      { channel: 'email', state: 'dropped', reason: 'the lesson was cancelled before the message went out' },
      { channel: 'sms', state: 'sent' },
    ]);
  });
});
