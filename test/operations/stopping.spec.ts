import { afterAll, afterEach, beforeAll, expect, it } from '@jest/globals';
import { MessageStorm } from '../faults/message-storm.js';
import { PrivateServers, type PrivateServer } from '../faults/support/servers.js';
import { isFull } from '../faults/support/size.js';
import { Stage } from '../notifications/stage.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { buildApp, startProcess } from '../support/processes.js';
import { until } from '../support/until.js';

/*
 * SIGTERM while Redis is away. A process that gives up waiting exits with 1. Short form: the case with messages in hand.
 */
const whenFull = isFull ? it : it.skip;
const perChannel = 20;

let servers: PrivateServers;
let redis: PrivateServer;
let test: TestApp;
let build: ReturnType<typeof buildApp>;
let stage: Stage;
let started: Awaited<ReturnType<typeof startProcess>> | undefined;

beforeAll(async () => {
  servers = new PrivateServers();
  redis = await (await servers.redis()).start();
  build = buildApp();
  test = await startTestApp({ jobs: false, servers: { redis: redis.url } });
  stage = await Stage.open(test, 'stopping');
}, 240_000);
// Of a test that has failed before it could stop it.
afterEach(() => started?.kill());
afterAll(async () => {
  await test?.close();
  await servers?.stopAll();
  build?.remove();
}, 60_000);

it('ends with 0 when Redis is killed while messages are handed over, each of them with an outcome', async () => {
  const process = await start();
  const storm = await MessageStorm.gather(stage, perChannel);
  test.sandbox.faults.add({ system: 'smtp', kind: 'slow', delayMs: 2_000, times: perChannel });
  await storm.queue();
  await until(isBeingRead, 60);
  await redis.kill();
  expect(await process.stop()).toBe(0);
  // What was not begun waits for whoever comes next.
  const states = await storm.states();
  expect(Object.keys(states).filter((each) => each.endsWith('sending'))).toEqual([]);
  expect(states['email sent']).toBeGreaterThan(0);
}, 120_000);

whenFull(
  'ends with 0 when Redis is there and says nothing',
  async () => {
    await redis.start();
    const process = await start();
    redis.freeze();
    expect(await process.stop().finally(() => redis.thaw())).toBe(0);
  },
  120_000,
);

whenFull(
  'ends with 0 when Redis was never there',
  async () => {
    await redis.kill();
    expect(await (await start()).stop()).toBe(0);
  },
  120_000,
);

/** The mail server holds a whole message and has not answered yet. */
function isBeingRead(): boolean {
  const [slow] = test.sandbox.faults.list();
  return !slow || slow.times < perChannel;
}

async function start() {
  started = await startProcess(build.folder, { ...test.env, APP_ROLE: 'all', DRAIN_SECONDS: '0' });
  return started;
}
