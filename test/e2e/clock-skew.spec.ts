import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { sql } from 'kysely';
import { RequestContext } from '@mikro-orm/core';
import { CreatePlatformAdmin } from '../../src/modules/identity/index.js';
import { globalQuery } from '../../src/platform/database/query.js';
import { Relay } from '../../src/platform/outbox/relay.js';
import { ScheduleRunner } from '../../src/platform/schedules/schedule-runner.js';
import { Stage } from '../notifications/stage.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { TestClock } from '../support/test-clock.js';
import { until } from '../support/until.js';

/* Two processes whose clocks are ten minutes apart: one is five minutes fast, the other five slow. */
const minute = 60_000;

class WrongClock extends TestClock {
  constructor(
    private readonly right: TestClock,
    private readonly wrongBy: number,
  ) {
    super();
  }

  override now(): Date {
    return new Date(this.right.now().getTime() + this.wrongBy);
  }
}

let fast: TestApp;
let slow: TestApp;
let right: TestApp;
let stage: Stage;

beforeAll(async () => {
  right = await startTestApp({ jobs: false });
  const beside = (wrongBy: number) =>
    startTestApp({ beside: { ...right, clock: new WrongClock(right.clock, wrongBy) }, env: right.env });
  [fast, slow] = [await beside(5 * minute), await beside(-5 * minute)];
  stage = await Stage.open(right, 'ur');
}, 120_000);
afterAll(async () => {
  await Promise.all([fast?.close(), slow?.close()]);
  await right?.close();
});

const db = () => globalQuery<object>(right.em.fork());
const me = (app: TestApp, token: string) => app.http.get('/v1/me').set('authorization', `Bearer ${token}`);

describe('processes with clocks ten minutes apart', () => {
  it('believe each other’s tokens, and change them for the next pair', async () => {
    const person = { email: 'ur@example.dk', password: 'lang nok adgangskode' };
    const create = () => right.app.get(CreatePlatformAdmin).execute({ ...person, name: 'Anna Bang' });
    await RequestContext.create(right.em, create);
    for (const [issuer, other] of [
      [fast, slow],
      [slow, fast],
    ] as const) {
      const { body } = await issuer.http.post('/v1/auth/login').send(person).expect(200);
      await me(other, body.accessToken).expect(200);
      const { refreshToken } = body;
      const next = (await other.http.post('/v1/auth/refresh').send({ refreshToken }).expect(200)).body;
      await me(issuer, next.accessToken).expect(200);
      // Once used, it is stolen for whoever brings it again, by either clock.
      await issuer.http.post('/v1/auth/refresh').send({ refreshToken }).expect(401);
    }
  });

  it('book a time once', async () => {
    const [student, ...others] = [await stage.student(), await stage.student(), await stage.student()];
    const { startsAt } = await stage.book(student);
    const later = new Date(startsAt.getTime() + 14 * 24 * 60 * minute).toISOString();
    const want = (app: TestApp, token: string) =>
      app.http
        .post(`/v1/schools/${stage.schoolId}/bookings`)
        .set('authorization', `Bearer ${token}`)
        .send({ lessonTypeId: stage.lessonTypeId, startsAt: later });
    const answers = await Promise.all(others.flatMap(({ token }) => [want(fast, token), want(slow, token)]));
    const statuses = answers.map(({ status }) => status).toSorted((one, other) => one - other);
    expect(statuses).toEqual([201, 409, 409, 409]);
  });

  it('send each message once, however often each believes the other’s lease to be over', async () => {
    const students = [await stage.student(), await stage.student(), await stage.student()];
    const wake = () => [fast, slow, right].forEach(({ app }) => app.get(Relay).wake());
    for (let round = 0; round < 4; round++) {
      for (const student of students) await stage.book(student);
      wake();
    }
    const messages = async () => (await Promise.all(students.map((each) => stage.messagesTo(each)))).flat();
    await until(async () => {
      wake();
      return (await messages()).length === 24 && (await messages()).every(({ state }) => state === 'sent');
    }, 60);
    expect((await messages()).map(({ attempts }) => attempts)).toEqual(Array(24).fill(1));
    for (const student of students) {
      expect(stage.arrivedAt(student).mails).toHaveLength(4);
      expect(stage.arrivedAt(student).texts).toHaveLength(4);
    }
  });

  it('run a schedule once when it is due', async () => {
    const name = 'notifications.forget-inboxes';
    await sql`UPDATE schedules SET next_run_at = '2100-01-01'`.execute(db());
    const runners = [fast, slow].map(({ app }) => app.get(ScheduleRunner));
    const runs = runners.map((runner) => jest.spyOn(runner, 'runNow'));
    const state = () =>
      sql<{ next: Date; ended: Date | null }>`SELECT next_run_at AS next, last_finished_at AS ended
        FROM schedules WHERE name = ${name}`
        .execute(db())
        .then(({ rows }) => rows[0]!);
    for (let day = 1; day <= 3; day++) {
      const due = new Date(right.clock.now().getTime() - 6 * minute);
      await sql`UPDATE schedules SET next_run_at = ${due}, last_finished_at = NULL WHERE name = ${name}`.execute(db());
      await Promise.all([...runners, ...runners].map((runner) => runner.tick()));
      await until(async () => (await state()).ended !== null);
      expect((await state()).next.getTime()).toBeGreaterThan(right.clock.now().getTime() + 10 * minute);
      const names = runs.flatMap(({ mock }) => mock.calls.map(([run]) => run));
      expect(names).toEqual(Array(day).fill(name));
    }
    for (const run of runs) run.mockRestore();
  });
});
