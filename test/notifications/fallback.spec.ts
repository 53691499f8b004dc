import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { RecordDelivery } from '../../src/modules/notifications/index.js';
import { Message } from '../../src/modules/notifications/domain/message.js';
import { NotSendable } from '../../src/modules/notifications/use-cases/message-channel.js';
import { type AttemptResult, RecordAttempts } from '../../src/modules/notifications/use-cases/record-attempts.js';
import type { DeliveryNews } from '../../src/modules/notifications/ports/delivery-reports.js';
import { Outbox } from '../../src/platform/outbox/outbox.js';
import { newId } from '../../src/platform/values/id.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { type Person, Stage } from './stage.js';

// A Monday; the lessons are on Tuesday morning, so that news of them is urgent. Nothing here goes by the clock on the wall.
const noon = '2027-03-01T11:00:00Z';
const noNumberOfTwilios = '+15005550001';

let test: TestApp;
let stage: Stage;
let lessons = 0;

beforeAll(async () => {
  test = await startTestApp();
  test.clock.set(noon);
  stage = await Stage.open(test, 'anden-vej');
});
beforeEach(async () => {
  test.clock.set(noon);
  Object.assign(stage, { teacher: await stage.signedIn(stage.teacher) });
  test.sandbox.reset();
});
afterAll(() => test.close());

/** Books a lesson of tomorrow, less than 24 hours away, and has it cancelled: what he was told about that, oldest first. */
async function cancelled(student: Person) {
  const startsAt = new Date(Date.parse('2027-03-02T07:00:00Z') + (lessons++ % 4) * 3_600_000);
  const { id } = await stage.book(student, startsAt);
  await test.settle();
  await stage.post(stage.teacher, `bookings/${id}/cancel`, { reason: 'illness' }).expect(200);
  await test.settle();
  return { startsAt, told: await toldOfCancelling(student) };
}

const toldOfCancelling = async (student: Person) =>
  (await stage.messagesTo(student)).filter(({ kind }) => kind === 'lesson_cancelled');
const states = (messages: readonly { channel: string; state: string }[]) =>
  messages.map(({ channel, state }) => `${channel} ${state}`);

/** Who wants what concerns lessons on one channel alone. */
async function wanting(channel: 'email' | 'sms', changes: Parameters<Stage['student']>[0] = {}): Promise<Person> {
  const student = await stage.student(changes);
  await test.http
    .put(`/v1/schools/${stage.schoolId}/me/message-preferences`)
    .set('authorization', `Bearer ${student.token}`)
    .send({ topics: [{ topic: 'lessons', email: channel === 'email', sms: channel === 'sms' }] })
    .expect(200);
  return student;
}

describe('urgent news that got nowhere', () => {
  it('goes the other way, although that was switched off, and the log names what it makes up for', async () => {
    const student = await wanting('email', { email: 'bounce+1@anden-vej.example' });
    const { told } = await cancelled(student);
    expect(states(told)).toEqual(['email rejected', 'sms dropped', 'sms sent']);
    const [mail, , text] = told;
    expect(text).toMatchObject({ fallbackOf: mail!.id, subjectId: mail!.subjectId, happensAt: mail!.happensAt });
    expect(stage.arrivedAt(student).texts).toHaveLength(1);
    const { body } = await stage.read(stage.teacher, `messages/${text!.id}`).expect(200);
    expect(body).toMatchObject({ state: 'sent', fallbackOf: mail!.id });
    // Its confirmation came back as well, and that can wait.
    const all = await stage.messagesTo(student);
    expect(states(all.filter(({ kind }) => kind === 'lesson_booked'))).toEqual(['email rejected', 'sms dropped']);
  });

  it('goes by e-mail where the number takes nothing', async () => {
    const student = await wanting('sms', { phone: noNumberOfTwilios });
    const { told } = await cancelled(student);
    expect(states(told)).toEqual(['email dropped', 'sms rejected', 'email sent']);
    expect(told[2]!.fallbackOf).toBe(told[1]!.id);
  });

  it('needs no fallback where the other channel has reached him, or has failed as well', async () => {
    const reached = await stage.student({ email: 'bounce+2@anden-vej.example' });
    expect(states((await cancelled(reached)).told)).toEqual(['email rejected', 'sms sent']);
    const lost = await stage.student({ email: 'bounce+3@anden-vej.example', phone: noNumberOfTwilios });
    expect(states((await cancelled(lost)).told)).toEqual(['email rejected', 'sms rejected']);
    const mute = await stage.student({ email: 'bounce+4@anden-vej.example', phone: null });
    expect(states((await cancelled(mute)).told)).toEqual(['email rejected', 'sms dropped']);
  });

  it('ends with the fallback, whatever becomes of that', async () => {
    const student = await wanting('email', { email: 'bounce+5@anden-vej.example', phone: noNumberOfTwilios });
    const { told } = await cancelled(student);
    expect(states(told)).toEqual(['email rejected', 'sms dropped', 'sms rejected']);
    await test.settle();
    expect(await toldOfCancelling(student)).toHaveLength(3);
  });
});

describe('a report that comes later', () => {
  const tell = (messageId: Message['id'], state: DeliveryNews['state'], seconds: number) =>
    stage.inside(() =>
      stage.get(RecordDelivery).execute('smtp', 'email', {
        about: 'message',
        messageId,
        providerRef: `ref-${messageId}`,
        isHard: false,
        address: '',
        reason: state,
        state,
        at: new Date(Date.parse(noon) + seconds * 1_000),
      }),
    );

  it('makes one fallback, however often, in whatever order and how many at once it is told', async () => {
    const student = await wanting('email');
    const { told } = await cancelled(student);
    expect(states(told)).toEqual(['email sent', 'sms dropped']);
    test.clock.advance({ minutes: 10 });
    const { id } = told[0]!;
    await tell(id, 'bounced', 500);
    const news = [tell(id, 'bounced', 500), tell(id, 'delivered', 2), tell(id, 'bounced', 501), tell(id, 'bounced', 1)];
    await Promise.all(news);
    await test.settle();
    expect(states(await toldOfCancelling(student))).toEqual(['email bounced', 'sms dropped', 'sms sent']);
  });

  it('makes one when several processes hear it first at the same time', async () => {
    const student = await wanting('email');
    const { told } = await cancelled(student);
    await Promise.all([1, 1, 2, 2].map((seconds) => tell(told[0]!.id, 'bounced', seconds)));
    await test.settle();
    expect(states(await toldOfCancelling(student))).toEqual(['email bounced', 'sms dropped', 'sms sent']);
  });

  it('makes none when the lesson would have begun by then', async () => {
    const student = await wanting('email');
    const { told, startsAt } = await cancelled(student);
    test.clock.set(startsAt);
    await tell(told[0]!.id, 'bounced', 500);
    await test.settle();
    expect(states(await toldOfCancelling(student))).toEqual(['email bounced', 'sms dropped']);
  });
});

describe('outcomes that are written down', () => {
  const rejected: AttemptResult = {
    channel: 'email',
    delivery: { outcome: 'rejected', reason: 'no such mailbox' },
    locale: 'da',
    recipientMasked: 'e***@anden-vej.example',
  };
  const off = new NotSendable('the reader has switched off sms for lessons', 'switched_off');

  /** The same news, being sent on both channels. */
  async function underWay(student: Person): Promise<{ email: Message; sms: Message }> {
    const em = test.em.fork();
    const cause = newId();
    const made = (channel: 'email' | 'sms') => {
      const dedupeKey = `lesson_cancelled:${cause}:${student.userId}:${channel}`;
      const happensAt = new Date('2027-03-02T08:00:00Z');
      const { schoolId } = stage;
      const about = { kind: 'lesson_cancelled', subjectId: cause, userId: student.userId, params: {} } as const;
      const createdAt = test.clock.now();
      const message = Message.queue({ id: newId(), schoolId, channel, dedupeKey, happensAt, createdAt, ...about });
      message.beginAttempt(createdAt);
      em.persist(message);
      return message;
    };
    const both = { email: made('email'), sms: made('sms') };
    await stage.inside(() => em.flush());
    return both;
  }
  const record = (message: Message, result: AttemptResult) =>
    stage.inside(() => Outbox.muted(() => stage.get(RecordAttempts).execute(new Map([[message.id, result]]))));

  it('make one fallback when both channels end in the same moment, and in either order', async () => {
    const student = await stage.student();
    for (let round = 0; round < 10; round += 1) {
      const { email, sms } = await underWay(student);
      const ends = [() => record(email, rejected), () => record(sms, off)];
      if (round === 0) for (const end of ends) await end();
      else if (round === 1) for (const end of ends.toReversed()) await end();
      else await Promise.all(ends.map((end) => end()));
      const made = (await stage.messagesTo(student)).filter(({ subjectId }) => subjectId === email.subjectId);
      expect(made.filter(({ fallbackOf }) => fallbackOf).map(({ fallbackOf }) => fallbackOf)).toEqual([email.id]);
    }
  });

  it('and their fallback stand together or not at all', async () => {
    const student = await stage.student();
    const { email, sms } = await underWay(student);
    await record(sms, off);
    const dies = jest.spyOn(Outbox.prototype, 'record').mockRejectedValueOnce(new Error('the process died'));
    const transaction = () => stage.get(RecordAttempts).together(new Map([[email.id, rejected]]));
    await expect(stage.inside(transaction)).rejects.toThrow('died');
    dies.mockRestore();
    expect(states(await stage.messagesTo(student))).toEqual(['email sending', 'sms dropped']);
    await record(email, rejected);
    expect(states(await stage.messagesTo(student))).toEqual(['email rejected', 'sms dropped', 'sms queued']);
  });
});
