import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import { globalQuery } from '../../src/platform/database/query.js';
import { ScheduleRunner } from '../../src/platform/schedules/schedule-runner.js';
import { addDays, atLocal, localDate } from '../../src/platform/values/zone.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { until } from '../support/until.js';
import { Stage } from './stage.js';

const zone = 'Europe/Copenhagen';

let test: TestApp;
let stage: Stage;
let owner: Awaited<ReturnType<Stage['owner']>>;

beforeAll(async () => {
  test = await startTestApp();
  stage = await Stage.open(test, 'dagen');
  owner = await stage.owner();
  // The tests say when they run.
  await sql`UPDATE schedules SET next_run_at = '2100-01-01'
    WHERE name IN ('notifications.reminders', 'notifications.teacher-digests')`.execute(
    globalQuery<object>(test.em.fork()),
  );
});
beforeEach(() => {
  test.clock.follow();
  test.sandbox.reset();
});
afterAll(() => test.close());

async function eveningAt(at: Date): Promise<void> {
  test.clock.set(at);
  await test.app.get(ScheduleRunner).runNow('notifications.teacher-digests');
  await test.settle();
}

const digests = async () => (await stage.messagesTo(stage.teacher)).filter(({ kind }) => kind === 'teacher_day_ahead');

/** The evening before a time, in the school's zone. */
const evening = (startsAt: Date, time: string) => atLocal(addDays(localDate(startsAt, zone), -1), time, zone);

/** A lesson on a day that no other test has. */
async function lessonOnNewDay(): Promise<{ id: string; startsAt: Date }> {
  for (;;) {
    const startsAt = stage.nextHour();
    if (localDate(startsAt, zone) > lastDay) {
      lastDay = localDate(startsAt, zone);
      const booked = await stage.book(await stage.student(), startsAt);
      await test.settle();
      return booked;
    }
  }
}
let lastDay = '';

describe('the list of a teacher’s next day', () => {
  it('goes out the evening before, once, with lessons, classes and exams in order of time', async () => {
    const { startsAt } = await lessonOnNewDay();
    const student = await stage.student();
    const examAt = new Date(startsAt.getTime() + 3 * 3_600_000);
    const exam = {
      studentId: student.id,
      kind: 'practical',
      teacherId: stage.teacher.id,
      place: 'Herlev',
      minutes: 45,
    };
    await stage.post(owner, 'exams', { ...exam, startsAt: examAt.toISOString() }).expect(201);
    await test.settle();
    await eveningAt(evening(startsAt, '17:59'));
    expect(await digests()).toEqual([]);
    for (const time of ['18:00', '18:01', '23:00']) await eveningAt(evening(startsAt, time));
    expect(await digests()).toMatchObject([{ channel: 'email', state: 'sent' }]);
    const mail = stage.arrivedAt(stage.teacher).mails.at(-1)!;
    expect(mail.subject).toMatch(/^Din dag .*: 2 aftaler fra kl\. \d\d\.00$/);
    const lines = mail.text!.split('\n').filter((line) => line.startsWith('- '));
    expect(lines).toEqual([
      expect.stringMatching(/^- \d\d\.00-\d\d\.45 · Kørelektion B · Freja Lund · Golf/),
      expect.stringMatching(/^- \d\d\.00-\d\d\.45 · køreprøve B · Freja Lund · .*Herlev$/),
    ]);
  });

  it('is not sent when there is nothing, and not when the school has switched it off', async () => {
    const { startsAt } = await lessonOnNewDay();
    const known = (await digests()).length;
    await eveningAt(new Date(evening(startsAt, '18:00').getTime() - 86_400_000));
    expect(await digests()).toHaveLength(known);
    test.clock.follow();
    await stage.patch(await stage.signedIn(owner), '', { teacherDigestTime: null }).expect(200);
    await eveningAt(evening(startsAt, '20:00'));
    expect(await digests()).toHaveLength(known);
    await stage.patch(await stage.signedIn(owner), '', { teacherDigestTime: '20:30' }).expect(200);
    await eveningAt(evening(startsAt, '20:29'));
    expect(await digests()).toHaveLength(known);
    await eveningAt(evening(startsAt, '20:30'));
    expect(await digests()).toHaveLength(known + 1);
    test.clock.follow();
    await stage.patch(await stage.signedIn(owner), '', { teacherDigestTime: '18:00' }).expect(200);
  });

  it('is late after an outage until midnight, and not sent after that', async () => {
    const [late, tooLate] = [await lessonOnNewDay(), await lessonOnNewDay()];
    const known = (await digests()).length;
    await eveningAt(evening(late.startsAt, '23:59'));
    expect(await digests()).toHaveLength(known + 1);
    await eveningAt(atLocal(localDate(tooLate.startsAt, zone), '00:01', zone));
    expect(await digests()).toHaveLength(known + 1);
  });

  it('is dropped when the only lesson was cancelled meanwhile, or the day has begun', async () => {
    const { id, startsAt } = await lessonOnNewDay();
    test.clock.set(evening(startsAt, '17:00'));
    const teacher = await stage.signedIn(stage.teacher);
    test.clock.set(evening(startsAt, '18:00'));
    test.sandbox.faults.add({ system: 'smtp', kind: 'error_500' });
    await test.app.get(ScheduleRunner).runNow('notifications.teacher-digests');
    await until(async () => ((await digests()).at(-1)?.reason ?? null) !== null);
    await stage.post(teacher, `bookings/${id}/cancel`, { forStudent: true }).expect(200);
    test.clock.set(evening(startsAt, '18:05'));
    await test.settle();
    expect((await digests()).at(-1)).toMatchObject({
      state: 'dropped',
      reason: 'nothing is planned for the day any more',
    });
  });
});
