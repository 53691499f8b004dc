import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Id } from '../../src/platform/values/id.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { until } from '../support/until.js';
import { type Person, Stage } from './stage.js';

let test: TestApp;
let stage: Stage;
let owner: { token: string };

beforeAll(async () => {
  test = await startTestApp({ env: { MAIL_PROVIDER: 'sparkpost', SMS_PROVIDER: 'gatewayapi' } });
  stage = await Stage.open(test, 'igen');
  owner = await stage.owner();
});
afterAll(() => test.close());

/** Books a lesson; everything that providers tell about it has come. */
async function booked(student: Person, ...states: string[]) {
  const { id: bookingId } = await stage.book(student);
  await until(async () => {
    await test.settle();
    return (await statesOf(student)).join() === states.join();
  });
  return { bookingId, messages: await stage.messagesTo(student) };
}

const statesOf = async (person: Person) =>
  (await stage.messagesTo(person)).map(({ channel, state }) => `${channel} ${state}`);
const retry = (messageId: Id, person: { token: string } = owner) => stage.post(person, `messages/${messageId}/retries`);
const idsOf = async (query: string) =>
  ((await stage.read(owner, `messages?${query}`).expect(200)).body.items as { id: Id }[]).map(({ id }) => id);

describe('sending a message once more', () => {
  it('waits for what stood in its way, then makes one new message, however often it is clicked', async () => {
    const student = await stage.student({ email: 'bounce@igen.example' });
    const { messages } = await booked(student, 'email bounced', 'sms delivered');
    const first = messages[0]!;
    const refused = await retry(first.id).expect(409);
    expect(refused.body).toMatchObject({ code: 'message.obstacle_stands', cause: 'hard_bounce' });
    await test.http
      .delete(`/v1/schools/${stage.schoolId}/messages/${first.id}/obstacle`)
      .set('authorization', `Bearer ${owner.token}`)
      .expect(204);
    const clicks = await Promise.all([retry(first.id), retry(first.id), retry(first.id)]);
    expect(clicks.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([201, 409, 409]);
    const made = clicks.find(({ status }) => status === 201)!.body;
    expect(made).toMatchObject({ kind: 'lesson_booked', channel: 'email', state: 'queued', retryOf: first.id });
    for (const { status, body } of clicks)
      if (status === 409) expect(body).toMatchObject({ code: 'message.retried', messageId: made.id });
    await until(async () => {
      await test.settle();
      return (await statesOf(student)).join() === 'email bounced,sms delivered,email bounced';
    });
    const { body } = await stage.read(owner, 'audit-log?action=message.retried').expect(200);
    expect(body.items).toMatchObject([{ subjectId: first.id, details: { messageId: made.id, channel: 'email' } }]);
  });

  it('is refused for what is under way, has arrived, has no way there, or is not true any more', async () => {
    const student = await stage.student();
    const { messages } = await booked(student, 'email delivered', 'sms delivered');
    expect((await retry(messages[0]!.id).expect(409)).body).toMatchObject({
      code: 'message.not_retryable',
      state: 'delivered',
    });
    const silent = await stage.student({ phone: null });
    const { bookingId, messages: ofSilent } = await booked(silent, 'email delivered', 'sms dropped');
    expect((await retry(ofSilent[1]!.id).expect(409)).body.code).toBe('message.no_way_there');
    const full = await stage.student({ email: 'full@igen.example' });
    const { bookingId: cancelled, messages: ofFull } = await booked(full, 'email bounced', 'sms delivered');
    await stage.post(stage.teacher, `bookings/${cancelled}/cancel`, { reason: 'illness' }).expect(200);
    expect((await retry(ofFull[0]!.id).expect(409)).body).toMatchObject({
      code: 'message.overtaken',
      reason: expect.stringContaining('cancelled'),
    });
    expect(bookingId).not.toBe(cancelled);
  });

  it('is the office’s alone, and of its own school', async () => {
    const [anyone] = await idsOf('limit=1');
    await retry(anyone!, stage.teacher).expect(403);
    const elsewhere = await Stage.open(test, 'andetsteds');
    const stranger = await elsewhere.owner();
    await elsewhere.post(stranger, `messages/${anyone}/retries`).expect(404);
  });
});

describe('the delivery log', () => {
  it('is narrowed by kind, channel and time', async () => {
    const all = (await stage.read(owner, 'messages?limit=200').expect(200)).body.items as {
      id: Id;
      kind: string;
      channel: string;
      createdAt: string;
    }[];
    const wanted = (isWanted: (line: (typeof all)[number]) => boolean) => all.filter(isWanted).map(({ id }) => id);
    expect(await idsOf('limit=200&kind=lesson_booked')).toEqual(wanted(({ kind }) => kind === 'lesson_booked'));
    expect(await idsOf('limit=200&channel=sms')).toEqual(wanted(({ channel }) => channel === 'sms'));
    const middle = all[Math.floor(all.length / 2)]!.createdAt;
    const later = await idsOf(`limit=200&from=${encodeURIComponent(middle)}`);
    const earlier = await idsOf(`limit=200&until=${encodeURIComponent(middle)}`);
    expect(later).toEqual(wanted(({ createdAt }) => createdAt >= middle));
    expect([...later, ...earlier]).toEqual(all.map(({ id }) => id));
    expect(earlier.length).toBeGreaterThan(0);
  });
});
