import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import { WebhookAudit } from '../../src/modules/outgoing-webhooks/queries/webhook-audit.js';
import { QueueWebhooks } from '../../src/modules/outgoing-webhooks/use-cases/queue-webhooks.js';
import { bin, globalQuery } from '../../src/platform/database/query.js';
import { ScheduleRunner } from '../../src/platform/schedules/schedule-runner.js';
import { type Id, newId } from '../../src/platform/values/id.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { buildApp, startProcess } from '../support/processes.js';
import { openTestSchool, type TestSchool } from '../support/test-school.js';
import { until } from '../support/until.js';
import { size } from './support/size.js';

/*
 * SIGKILL of a process that is posting webhooks; KILLS=10 npm test test/faults/webhook-kills.spec.ts kills those that follow it, too.
 */
const kills = size('KILLS', 1, 5);
// Five are on their way at a time: each process shall find more than it can send before it dies.
const messages = 30 + 20 * kills;

let test: TestApp;
let school: TestSchool;
let build: ReturnType<typeof buildApp>;

beforeAll(async () => {
  build = buildApp();
  test = await startTestApp({ jobs: false });
  school = await openTestSchool(test, 'kills');
}, 180_000);
afterAll(async () => {
  await test?.close();
  build?.remove();
});

const attempts = () => test.sandbox.receiver.attempts('kills');
const rowsOf = async <Row>(endpointId: Id, columns: string, join = '') =>
  (
    await sql<Row>`SELECT ${sql.raw(columns)} FROM webhook_messages m ${sql.raw(join)} WHERE m.endpoint_id = ${bin(endpointId)}`.execute(
      globalQuery<object>(test.em.fork()),
    )
  ).rows;

async function subscribed(): Promise<Id> {
  const asked = { url: `${test.sandbox.url}/receiver/kills`, eventTypes: ['student.left'] };
  const { body } = await school.owner.post('/webhook-endpoints', asked).expect(201);
  test.sandbox.receiver.trust('kills', body.secret);
  return body.id;
}

async function queue(endpointId: Id): Promise<void> {
  const queueWebhooks = test.app.get(QueueWebhooks, { strict: false });
  const news = { about: school.id, type: 'student.left', occurredAt: test.clock.now() } as const;
  const data = { studentId: school.student.id, status: 'left' };
  for (let i = 0; i < messages; i++)
    await school.run(() => queueWebhooks.execute([endpointId], { ...news, eventId: newId(), data }));
}

/** What a dead process had begun is due when its lease has ended, a minute later. */
async function untilAllAreDelivered(heir: TestApp, endpointId: Id): Promise<void> {
  const open = async () =>
    (await rowsOf<{ state: string }>(endpointId, 'state')).some(({ state }) => state === 'queued');
  await until(async () => {
    heir.clock.advance({ minutes: 2 });
    await heir.app.get(ScheduleRunner, { strict: false }).runNow('outgoing-webhooks.due');
    await heir.settle(60).catch(() => undefined);
    return !(await open());
  }, 120);
}

it(
  `every webhook arrives under its id although processes were killed (${kills}) while they posted them`,
  async () => {
    const endpointId = await subscribed();
    const env = { ...test.env, APP_ROLE: 'all' };
    let process = await startProcess(build.folder, env);
    test.sandbox.receiver.break('kills', { delayMs: 400 });
    await queue(endpointId);
    for (let kill = 0; kill < kills; kill++) {
      const before = attempts().length;
      // A full round has been taken, the next one is with the receiver.
      await until(() => attempts().length >= before + 6, 120);
      await process.kill();
      if (kill + 1 < kills) process = await startProcess(build.folder, env);
    }
    const received = attempts().length;
    test.sandbox.receiver.break('kills', null);
    const heir = await startTestApp({ beside: test });
    try {
      await untilAllAreDelivered(heir, endpointId);
    } finally {
      await heir.close();
    }

    console.log(`${messages} webhooks, ${attempts().length} posts; ${received} when the last process was killed`);

    expect(received).toBeLessThan(messages);
    const sent = await rowsOf<{ id: Id; state: string }>(endpointId, 'm.id, m.state');
    expect(sent.filter(({ state }) => state !== 'delivered')).toEqual([]);
    expect(
      test.sandbox.receiver
        .messages('kills')
        .map(({ id }) => id)
        .sort(),
    ).toEqual(sent.map(({ id }) => id).sort());
    // What was on its way when somebody died came again, and the log says of it that nobody knows how it ended.
    const join = 'JOIN webhook_attempts a ON a.message_id = m.id';
    const outcomes = (await rowsOf<{ outcome: string }>(endpointId, 'a.outcome', join)).map(({ outcome }) => outcome);
    const unfinished = outcomes.filter((outcome) => outcome === 'started').length;
    expect(unfinished).toBeGreaterThan(0);
    expect(unfinished).toBeLessThanOrEqual(5 * kills);
    expect(outcomes.filter((outcome) => outcome === 'accepted')).toHaveLength(messages);
    expect(attempts().length).toBeLessThanOrEqual(outcomes.length);
    expect(await school.run(() => test.app.get(WebhookAudit, { strict: false }).verify())).toEqual([]);
  },
  240_000 + kills * 60_000,
);
