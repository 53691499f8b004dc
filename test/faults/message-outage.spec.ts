import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import type { HttpFaultKind } from '../../sandbox/faults/faults.js';
import { Stage } from '../notifications/stage.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { until } from '../support/until.js';
import { MessageStorm } from './message-storm.js';
import { size } from './support/size.js';

/*
 * Both providers in trouble, in every way in turns, while messages pour in: ten thousand and two minutes in `npm run test:faults`.
 */
const messages = size('MESSAGES', 200, 10_000);
const outageSeconds = size('OUTAGE_SECONDS', 6, 120);

// A mail server cannot be asked what it has taken, so a mail that it took and did not confirm goes out again under its Message-ID.
const troubles: readonly { kind: HttpFaultKind; delayMs?: number; of: readonly ('twilio' | 'smtp')[] }[] = [
  { kind: 'error_500', of: ['twilio', 'smtp'] },
  { kind: 'rate_limited', of: ['twilio', 'smtp'] },
  { kind: 'timeout_before', delayMs: 300, of: ['twilio', 'smtp'] },
  { kind: 'timeout_after_acting', delayMs: 300, of: ['twilio'] },
  { kind: 'slow', delayMs: 700, of: ['twilio', 'smtp'] },
  { kind: 'garbage', of: ['twilio', 'smtp'] },
];

const circuitOpen = 'provider_circuit_open{provider="twilio"} 1';

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
    inTrouble(troubles[0]!);
    expect(await storm.queue()).toBe(messages);
    await until(async () => (await test.http.get('/metrics')).text.includes(circuitOpen), 60);
    for (const trouble of troubles) {
      // Up to here nothing could have gone, however fast or slow this machine is; from here on some may.
      if (trouble.kind === 'timeout_after_acting')
        expect(Object.keys(await storm.states()).filter((each) => !/queued|sending/.test(each))).toEqual([]);
      inTrouble(trouble);
      const end = Date.now() + (outageSeconds / troubles.length) * 1_000;
      while (Date.now() < end) {
        // How fast, the benchmarks tell.
        await stage.read(owner, 'messages?limit=20').expect(200);
        await sleep(50);
      }
    }
    test.sandbox.faults.clear();
    await storm.untilAllAreGone(test, 120_000 + messages * 10);
    expect(await storm.states()).toEqual({ 'email sent': messages / 2, 'sms sent': messages / 2 });
    const texts = test.sandbox.twilio.received().map(({ to }) => to);
    expect([texts.length, new Set(texts).size]).toEqual([messages / 2, messages / 2]);
    const mails = [...test.sandbox.mail.mailbox.values()].map(({ messageId }) => messageId);
    expect([mails.length, new Set(mails).size]).toEqual([messages / 2, messages / 2]);
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
