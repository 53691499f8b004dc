import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import type { HttpFaultKind } from '../../sandbox/faults/faults.js';
import { Stage } from '../notifications/stage.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { MessageStorm } from './message-storm.js';

/*
 * Both providers in trouble, in every way in turns, while messages pour in: MESSAGES=10000 OUTAGE_SECONDS=120 npm test test/faults
 * is the long one.
 */
const messages = Number(process.env['MESSAGES'] ?? 400);
const outageSeconds = Number(process.env['OUTAGE_SECONDS'] ?? 6);

// A mail server cannot be asked what it has taken, so a mail that it took and did not confirm goes out again under its Message-ID.
const troubles: readonly { kind: HttpFaultKind; delayMs?: number; of: readonly ('twilio' | 'smtp')[] }[] = [
  { kind: 'error_500', of: ['twilio', 'smtp'] },
  { kind: 'rate_limited', of: ['twilio', 'smtp'] },
  { kind: 'timeout_before', delayMs: 300, of: ['twilio', 'smtp'] },
  { kind: 'timeout_after_acting', delayMs: 300, of: ['twilio'] },
  { kind: 'slow', delayMs: 700, of: ['twilio', 'smtp'] },
  { kind: 'garbage', of: ['twilio', 'smtp'] },
];

let test: TestApp;
let stage: Stage;
let owner: { token: string };
let storm: MessageStorm;

beforeAll(async () => {
  test = await startTestApp({ env: { PROVIDER_PAUSE_SECONDS: '1' } });
  stage = await Stage.open(test, 'storm');
  owner = await stage.owner();
  storm = await MessageStorm.gather(stage, messages / 2);
}, 120_000);
afterAll(() => test.close());

it(
  'all messages go out once after their providers were in trouble, and the application answers meanwhile',
  async () => {
    const slowest = { quiet: 0, outage: 0 };
    const ask = async (when: keyof typeof slowest) => {
      const began = performance.now();
      await stage.read(owner, 'messages?limit=20').expect(200);
      slowest[when] = Math.max(slowest[when], performance.now() - began);
    };
    for (let time = 0; time < 20; time++) await ask('quiet');

    inTrouble(troubles[0]!);
    expect(await storm.queue()).toBe(messages);
    let wasOpen = false;
    for (const trouble of troubles) {
      inTrouble(trouble);
      const end = Date.now() + (outageSeconds / troubles.length) * 1_000;
      while (Date.now() < end) {
        await ask('outage');
        wasOpen ||= (await test.http.get('/metrics')).text.includes('provider_circuit_open{provider="twilio"} 1');
        await sleep(50);
      }
    }
    expect(wasOpen).toBe(true);
    expect(await storm.states()).not.toEqual({ 'email sent': messages / 2, 'sms sent': messages / 2 });

    test.sandbox.faults.clear();
    await recovered();
    expect(await storm.states()).toEqual({ 'email sent': messages / 2, 'sms sent': messages / 2 });
    const texts = test.sandbox.twilio.received().map(({ to }) => to);
    expect([texts.length, new Set(texts).size]).toEqual([messages / 2, messages / 2]);
    const mails = [...test.sandbox.mail.mailbox.values()].map(({ messageId }) => messageId);
    expect([mails.length, new Set(mails).size]).toEqual([messages / 2, messages / 2]);
    // The benchmarks tell how fast; here it is enough that nobody waited for a provider.
    expect(slowest.outage).toBeLessThan(5_000);
  },
  (outageSeconds + 180) * 1_000 + messages * 20,
);

function inTrouble({ of, ...fault }: (typeof troubles)[number]): void {
  test.sandbox.faults.clear();
  for (const system of of)
    test.sandbox.faults.add({
      system,
      operation: system === 'twilio' ? 'messages.create' : undefined,
      times: 1_000_000,
      ...fault,
    });
}

/** Until nothing is open, the pauses between attempts skipped. */
async function recovered(): Promise<void> {
  const end = Date.now() + 120_000 + messages * 10;
  const open = async () => Object.keys(await storm.states()).some((each) => /queued|sending/.test(each));
  while (await open()) {
    if (Date.now() > end) throw new Error(`not all went out: ${JSON.stringify(await storm.states())}`);
    test.clock.advance({ minutes: 2 });
    await test.settle(60).catch(() => undefined);
  }
}
