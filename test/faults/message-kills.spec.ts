import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import { Stage } from '../notifications/stage.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { buildApp, startProcess } from '../support/processes.js';
import { until } from '../support/until.js';
import { MessageStorm } from './message-storm.js';
import { size } from './support/size.js';

/*
 * SIGKILL of a worker that is handing messages to their providers; KILLS=10 npm test test/faults/message-kills.spec.ts kills those
 * that follow it, too.
 */
const kills = size('KILLS', 1, 5);
// A process has two hundreds of each channel under way: the next ones shall find some, too.
const perChannel = 400 * kills + 50;

let test: TestApp;
let build: ReturnType<typeof buildApp>;

beforeAll(async () => {
  build = buildApp();
  test = await startTestApp({ jobs: false });
}, 180_000);
afterAll(async () => {
  await test?.close();
  build?.remove();
});

it(
  `every message goes out although processes were killed (${kills}) while they sent them`,
  async () => {
    const env = { ...test.env, APP_ROLE: 'worker' };
    let process = await startProcess(build.folder, env);
    const storm = await MessageStorm.gather(await Stage.open(test, 'kills'), perChannel);
    for (const [system, operation] of [
      ['twilio', 'messages.create'],
      ['smtp', undefined],
    ] as const)
      test.sandbox.faults.add({ system, operation, kind: 'slow', delayMs: 400, times: 1_000_000 });
    await storm.queue();
    const inHand: number[] = [];
    for (let kill = 0; kill < kills; kill++) {
      const before = await count(storm, 'queued');
      await until(async () => (await count(storm, 'queued')) < before, 60);
      await sleep(250 * (kill + 1));
      await process.kill();
      inHand.push(await count(storm, 'sending'));
      if (kill + 1 < kills) process = await startProcess(build.folder, env);
    }
    test.sandbox.faults.clear();
    const heir = await startTestApp({ beside: test });
    try {
      await storm.untilAllAreGone(heir, 180_000);
    } finally {
      await heir.close();
    }

    console.log(`${perChannel} of each channel; texts in hand after each kill: ${inHand.join(', ')}`);

    expect(inHand.at(-1)).toBeGreaterThan(0);
    expect(await storm.states()).toEqual({ 'email sent': perChannel, 'sms sent': perChannel });
    // Twilio is asked before a repeat; a mail server cannot be, and may have a letter twice, under its one Message-ID.
    const texts = test.sandbox.twilio.received().map(({ to }) => to);
    expect([texts.length, new Set(texts).size]).toEqual([perChannel, perChannel]);
    const letters = new Set([...test.sandbox.mail.mailbox.values()].map(({ messageId }) => messageId));
    expect(letters.size).toBe(perChannel);
  },
  300_000 + kills * 90_000,
);

async function count(storm: MessageStorm, state: 'queued' | 'sending'): Promise<number> {
  return (await storm.states())[`sms ${state}`] ?? 0;
}
