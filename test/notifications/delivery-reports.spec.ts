import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { WebhookPost } from '../../sandbox/http/post-webhook.js';
import { RecordDelivery } from '../../src/modules/notifications/index.js';
import { WebhookEventSchema } from '../../src/platform/webhooks/webhook-event.js';
import type { Id } from '../../src/platform/values/id.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { fiveTimesShuffled } from '../e2e/webhook-storm.js';
import { until } from '../support/until.js';
import { type Person, Stage } from './stage.js';

let test: TestApp;
let stage: Stage;
let owner: { token: string };

beforeAll(async () => {
  test = await startTestApp({
    env: { MAIL_PROVIDER: 'sparkpost', SMS_PROVIDER: 'gatewayapi', SMS_FROM_SCHOOL: 'true' },
  });
  stage = await Stage.open(test, 'rapport');
  owner = await stage.owner();
});
beforeEach(() => {
  test.sandbox.reset();
  test.clock.follow();
});
afterAll(() => test.close());

const messengers = () => test.sandbox.messengers;
const log = (): [keyof typeof posting, WebhookPost][] => [
  ...messengers().sparkpost.webhooks.log.map((post) => ['sparkpost', post] as ['sparkpost', WebhookPost]),
  ...messengers().gatewayapi.webhooks.log.map((post) => ['gatewayapi', post] as ['gatewayapi', WebhookPost]),
];
const posting = {
  sparkpost: (post: WebhookPost) => messengers().sparkpost.webhooks.post(post),
  gatewayapi: (post: WebhookPost) => messengers().gatewayapi.webhooks.post(post),
};

async function statesOf(person: Person) {
  return (await stage.messagesTo(person)).map(({ channel, state }) => `${channel} ${state}`);
}

/** Books a lesson; all reports of it have come. */
async function told(student: Person, ...states: string[]) {
  await stage.book(student);
  await test.settle();
  await until(async () => {
    await test.settle();
    return (await statesOf(student)).join() === states.join();
  });
  return stage.messagesTo(student);
}

describe('what became of messages', () => {
  it('is told by their providers, in a storm of repeats in any order, with what they cost', async () => {
    const student = await stage.student();
    for (const each of [messengers().sparkpost, messengers().gatewayapi]) each.webhooks.isHeld = true;
    await told(student, 'email sent', 'sms sent');
    await until(() => log().length >= 8);
    const storm = [...log().toReversed(), ...log(), ...log().toReversed()];
    const answers = await Promise.all(storm.map(([provider, post]) => posting[provider](post)));
    expect(new Set(answers)).toEqual(new Set([204]));
    await test.settle();
    const [mail, text] = await stage.messagesTo(student);
    expect(mail).toMatchObject({ state: 'delivered', provider: 'sparkpost', reason: null, attempts: 1 });
    expect(text).toMatchObject({ state: 'delivered', provider: 'gatewayapi', segments: 1, attempts: 1 });
    expect(text).toMatchObject({ costMicros: 240_000, costCurrency: 'DKK' });
    expect(messengers().gatewayapi.received()[0]!.from).toBe('Koereskolen');
    const { body } = await stage.read(owner, `messages/${text!.id}`).expect(200);
    expect(body).toMatchObject({ state: 'delivered', costMicros: 240_000, costCurrency: 'DKK', segments: 1 });
    expect(body.toldAt).toEqual(expect.any(String));
  });

  it('is the same when all of it comes five times, in any order and three days late', async () => {
    const student = await stage.student();
    for (const each of [messengers().sparkpost, messengers().gatewayapi]) each.webhooks.isHeld = true;
    await told(student, 'email sent', 'sms sent');
    await until(() => log().length >= 8);
    test.clock.advance({ hours: 72 });
    for (const [provider, post] of fiveTimesShuffled(log())) expect(await posting[provider](post)).toBe(204);
    await test.settle();
    const messages = await stage.messagesTo(student);
    expect(messages).toMatchObject([
      { channel: 'email', state: 'delivered', attempts: 1 },
      { channel: 'sms', state: 'delivered', attempts: 1, costMicros: 240_000 },
    ]);
    test.clock.follow();
  });

  it('ends the same in every order of the news, also all at once', async () => {
    const news = (['sent', 'failed', 'delivered', 'bounced'] as const).map((state, index) => ({
      state,
      at: new Date(test.clock.now().getTime() + (index % 2) * 1_000),
    }));
    const orders = permutations(news);
    const student = await stage.student();
    messengers().sparkpost.webhooks.isHeld = true;
    for (let lesson = 0; lesson < orders.length; lesson++) await stage.book(student);
    const mails = async () => (await stage.messagesTo(student)).filter(({ channel }) => channel === 'email');
    await until(async () => {
      await test.settle();
      return (await mails()).filter(({ state }) => state === 'sent').length === orders.length;
    });
    const record = stage.get(RecordDelivery);
    const tell = (messageId: Id, { state, at }: (typeof news)[number]) =>
      stage.inside(() =>
        record.execute('sparkpost', 'email', {
          about: 'message' as const,
          messageId,
          providerRef: 'x',
          isHard: false,
          address: '',
          reason: state,
          state,
          at,
        }),
      );
    for (const [index, { id }] of (await mails()).entries()) {
      const order = orders[index]!;
      if (index % 2) await Promise.all(order.map((each) => tell(id, each)));
      else for (const each of order) await tell(id, each);
    }
    const ends = (await mails()).map(
      ({ state, reason, toldAt }) => `${state} ${reason} ${toldAt!.getTime() - news[0]!.at.getTime()}`,
    );
    expect(new Set(ends)).toEqual(new Set(['bounced bounced 1000']));
    expect(ends).toHaveLength(orders.length);
  });

  it('is ignored of messages that are none of ours, and refused from anybody else', async () => {
    const { gatewayapi } = messengers();
    const stranger = await gatewayapi.signed({ id: 77, msisdn: 4520999999, time: 1, status: 'DELIVERED' });
    expect(await gatewayapi.webhooks.post(stranger)).toBe(204);
    const forged = await gatewayapi.signed({ id: 78, msisdn: 4520999999, time: 1, status: 'DELIVERED' }, 'guessed');
    expect(await gatewayapi.webhooks.post(forged)).toBe(400);
    await test.settle();
    const events = await test.em.fork().find(WebhookEventSchema, { body: { $like: '%4520999999%' } });
    expect(events).toMatchObject([{ state: 'ignored' }]);
  });
});

describe('an address that takes no mail', () => {
  it('is remembered, visible, and written to again when the office says so', async () => {
    const student = await stage.student({ email: 'bounce@rapport.example' });
    const [first] = await told(student, 'email bounced', 'sms delivered');
    expect(first!.reason).toContain('550 5.1.1');
    const [, , second] = await told(student, 'email bounced', 'sms delivered', 'email dropped', 'sms delivered');
    expect(second).toMatchObject({ attempts: 1, reason: expect.stringContaining('came back from this address: 550') });
    const path = `messages/${second!.id}/obstacle`;
    expect((await stage.read(student, path).expect(200)).body).toMatchObject({ cause: 'hard_bounce' });
    await unblocked(student, path).expect(403);
    await unblocked(stage.teacher, path).expect(403);
    const { suppressions } = test.sandbox.messengers.sparkpost;
    suppressions.add('bounce@rapport.example');
    await unblocked(owner, path).expect(204);
    await test.settle();
    expect(suppressions.has('bounce@rapport.example')).toBe(false);
    expect((await stage.read(owner, path).expect(404)).body).toMatchObject({ code: 'message.no_obstacle' });
    await unblocked(owner, path).expect(404);
    const after = [
      'email bounced',
      'sms delivered',
      'email dropped',
      'sms delivered',
      'email bounced',
      'sms delivered',
    ];
    await told(student, ...after);
    const { body } = await auditOf('recipient.unblocked');
    expect(body.items).toMatchObject([{ details: { channel: 'email', cause: 'hard_bounce' } }]);
  });

  it('is one whose reader has called a message spam', async () => {
    const student = await stage.student({ email: 'complain@rapport.example' });
    await told(student, 'email complained', 'sms delivered');
    const [, , second] = await told(student, 'email complained', 'sms delivered', 'email dropped', 'sms delivered');
    expect(second!.reason).toContain('spam');
  });

  it('is left alone when it was only full', async () => {
    const student = await stage.student({ email: 'full@rapport.example' });
    const [first] = await told(student, 'email bounced', 'sms delivered');
    await stage.read(owner, `messages/${first!.id}/obstacle`).expect(404);
  });

  it('is a number nobody has', async () => {
    const student = await stage.student({ phone: '+4500000002' });
    const [, text] = await told(student, 'email delivered', 'sms failed');
    expect(text!.reason).toContain('0x1010');
    await told(student, 'email delivered', 'sms failed', 'email delivered', 'sms dropped');
  });
});

describe('STOP', () => {
  it('ends all texts to that number until START', async () => {
    const student = await stage.student({ phone: '+4520777777' });
    const before = ['email delivered', 'sms delivered'];
    const [, text] = await told(student, ...before);
    await messengers().gatewayapi.answer('4520777777', 'STOP');
    await test.settle();
    expect((await stage.read(owner, `messages/${text!.id}/obstacle`).expect(200)).body.cause).toBe('stop');
    const stopped = await told(student, ...before, 'email delivered', 'sms dropped');
    expect(stopped.at(-1)!.reason).toContain('STOP');
    await messengers().gatewayapi.answer('4520777777', 'Start');
    await test.settle();
    await told(student, ...before, 'email delivered', 'sms dropped', ...before);
  });
});

describe('news that is faster than the answer', () => {
  it('counts, and nothing is sent twice', async () => {
    const student = await stage.student({ phone: null });
    const operation = 'transmissions.create';
    test.sandbox.faults.add({ system: 'sparkpost', operation, kind: 'timeout_after_acting', times: 2, delayMs: 600 });
    // Until the clock goes on, none is tried again.
    test.clock.set(test.clock.now());
    await told(student, 'email delivered', 'sms dropped');
    test.clock.advance({ hours: 1 });
    await test.settle();
    expect(await statesOf(student)).toEqual(['email delivered', 'sms dropped']);
    expect(stage.arrivedAt(student).mails).toHaveLength(1);
    const [mail] = await stage.messagesTo(student);
    expect(mail).toMatchObject({ attempts: 1, provider: 'sparkpost', recipientMasked: 'e***@rapport.example' });
    expect(mail!.providerRef).toMatch(/^\d+$/);
  });
});

function unblocked(person: { token: string }, path: string) {
  return test.http.delete(`/v1/schools/${stage.schoolId}/${path}`).set('authorization', `Bearer ${person.token}`);
}

function auditOf(action: string) {
  return stage.read(owner, `audit-log?action=${action}`).expect(200);
}

function permutations<T>(all: readonly T[]): T[][] {
  if (all.length < 2) return [[...all]];
  return all.flatMap((one, index) => permutations(all.toSpliced(index, 1)).map((rest) => [one, ...rest]));
}
