import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { MarkAddress } from '../../src/modules/notifications/use-cases/mark-address.js';
import { SchoolSchema } from '../../src/modules/schools/index.js';
import { AddGuardian } from '../../src/modules/students/use-cases/add-guardian.js';
import { accessTokenOf } from '../../src/modules/identity/testing/sign-in.js';
import { UserContacts } from '../../src/modules/identity/index.js';
import { StudentSchema } from '../../src/modules/students/index.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { Outbox } from '../../src/platform/outbox/outbox.js';
import { type Person, Stage } from './stage.js';

// A Monday. Nothing here goes by the clock on the wall.
const noon = '2027-03-01T11:00:00Z';
const midnight = '2027-03-01T23:00:00Z';

let test: TestApp;
let stage: Stage;
let other: Stage;

beforeAll(async () => {
  test = await startTestApp();
  test.clock.set(noon);
  [stage, other] = [await Stage.open(test, 'valg'), await Stage.open(test, 'andet')];
});
beforeEach(async () => {
  await goTo(noon);
  test.sandbox.reset();
});
afterEach(() => test.settle());
afterAll(() => test.close());

/** With new sessions at that time. */
async function goTo(time: string): Promise<void> {
  test.clock.set(time);
  Object.assign(stage, { teacher: await stage.signedIn(stage.teacher) });
}

const told = async (person: Person) =>
  (await stage.messagesTo(person)).map(({ kind, channel, state, reason }) =>
    `${kind} ${channel} ${state} ${reason ?? ''}`.trim(),
  );
const put = (person: { token: string }, path: string, body: object, school = stage) =>
  test.http.put(`/v1/schools/${school.schoolId}/${path}`).set('authorization', `Bearer ${person.token}`).send(body);
const off = (topic: string, email: boolean, sms: boolean) => ({ topics: [{ topic, email, sms }] });
const quiet = (from: string, until: string) =>
  test.em.fork().nativeUpdate(SchoolSchema, { id: stage.schoolId }, { quietFrom: from, quietUntil: until });

async function guardianOf(ward: Person, email: string): Promise<Person> {
  return stage.inside(() =>
    Outbox.muted(async () => {
      await test.em.fork().nativeUpdate(StudentSchema, { id: ward.id }, { birthDate: '2010-03-02' });
      await stage.get(AddGuardian).execute(ward.id, { name: 'Karen Lund', email, phone: '+4520777777' });
      const userId = (await stage.get(UserContacts).idOf(email))!;
      return { id: ward.id, userId, email, phone: '+4520777777', token: await accessTokenOf(test.app, userId) };
    }),
  );
}

describe('what somebody has switched off', () => {
  it('does not come, and the log says why', async () => {
    const student = await stage.student();
    const { body } = await put(student, 'me/message-preferences', off('lessons', true, false)).expect(200);
    expect(body.topics).toContainEqual({ topic: 'lessons', email: true, sms: false, mustKeep: 'one_channel' });
    expect(body.topics).toContainEqual({ topic: 'reminders', email: true, sms: true, mustKeep: 'nothing' });
    await stage.book(student);
    await test.settle();
    expect(await told(student)).toEqual([
      'lesson_booked email sent',
      'lesson_booked sms dropped the reader has switched off sms for lessons',
    ]);
    await put(student, 'me/message-preferences', { topics: [] }).expect(200);
    await stage.book(student);
    await test.settle();
    expect((await told(student)).slice(2)).toEqual(['lesson_booked email sent', 'lesson_booked sms sent']);
  });

  it('comes all the same when the other way leads nowhere and he must hear it', async () => {
    const student = await stage.student({ phone: null });
    await put(student, 'me/message-preferences', off('lessons', false, true)).expect(200);
    await stage.book(student);
    await test.settle();
    expect(await told(student)).toEqual([
      'lesson_booked email sent',
      'lesson_booked sms dropped no phone number is known',
    ]);
  });

  it('cannot be what everybody must hear, nor be named twice', async () => {
    const student = await stage.student();
    for (const choice of [off('lessons', false, false), off('money', false, true)]) {
      const { body } = await put(student, 'me/message-preferences', choice).expect(422);
      expect(body).toMatchObject({ code: 'message_preference.no_channel_left', errors: [{ field: 'topics' }] });
    }
    const twice = { topics: [...off('news', true, true).topics, ...off('news', true, false).topics] };
    const { body } = await put(student, 'me/message-preferences', twice).expect(422);
    expect(body.code).toBe('message_preference.topic_twice');
    await put(student, 'me/message-preferences', off('account', false, false)).expect(400);
  });

  it('is chosen by himself and his guardian, read by staff, and nobody else’s business', async () => {
    const ward = await stage.student();
    const guardian = await guardianOf(ward, 'karen@valg.example');
    const stranger = await stage.student();
    const path = `students/${ward.id}/message-preferences`;
    await put(guardian, path, off('reminders', true, false)).expect(200);
    const { body } = await stage.read(stage.teacher, path).expect(200);
    expect(body.topics).toContainEqual({ topic: 'reminders', email: true, sms: false, mustKeep: 'nothing' });
    await put(stage.teacher, path, off('reminders', true, true)).expect(403);
    await put(stranger, path, off('reminders', true, true)).expect(404);
    await stage.read(stranger, path).expect(404);
    await other.read(other.teacher, path).expect(404);
    const { body: log } = await stage
      .read(await stage.owner(), 'audit-log?action=message_preference.chosen')
      .expect(200);
    expect(log.items[0]).toMatchObject({ action: 'message_preference.chosen', subjectId: ward.userId });
  });

  it('shows a STOP, and its end with START', async () => {
    const student = await stage.student();
    const mark = (what: 'told' | 'lifted', at: string) =>
      stage.inside(() =>
        stage
          .get(MarkAddress)
          .execute({ channel: 'sms', address: student.phone, cause: 'stop', what, at: new Date(at) }),
      );
    const obstacles = async () => (await stage.read(student, 'me/message-preferences').expect(200)).body.obstacles;
    await mark('told', '2027-03-01T10:00:00.000Z');
    expect(await obstacles()).toEqual([{ channel: 'sms', cause: 'stop', since: '2027-03-01T10:00:00.000Z' }]);
    await mark('lifted', '2027-03-01T10:30:00.000Z');
    expect(await obstacles()).toEqual([]);
  });
});

describe('in quiet hours', () => {
  beforeEach(() => quiet('21:00', '08:00'));
  afterEach(() => quiet('00:00', '00:00'));

  it('a text message waits for the morning, untried, and an e-mail does not', async () => {
    await goTo(midnight);
    const student = await stage.student();
    await stage.book(student);
    await test.settle();
    expect(await told(student)).toEqual([
      'lesson_booked email sent',
      'lesson_booked sms queued waits until 2027-03-02T07:00:00.000Z: quiet hours',
    ]);
    expect((await stage.messagesTo(student))[1]).toMatchObject({ attempts: 0, firstTriedAt: null });
    await goTo('2027-03-02T06:30:00Z');
    await test.settle();
    expect(stage.arrivedAt(student).texts).toEqual([]);
    await goTo('2027-03-02T07:00:01Z');
    await test.settle();
    expect((await told(student))[1]).toBe('lesson_booked sms sent');
    expect(stage.arrivedAt(student).texts).toHaveLength(1);
  });

  it('what cannot wait does not', async () => {
    const student = await stage.student();
    const { id } = await stage.book(student, new Date('2027-03-02T09:00:00Z'));
    await test.settle();
    await goTo(midnight);
    await stage.post(await stage.signedIn(student), `bookings/${id}/cancel`).expect(200);
    await test.settle();
    expect((await told(student)).slice(2)).toEqual(['lesson_cancelled email sent', 'lesson_cancelled sms sent']);
  });

  it('are those of the reader’s own zone', async () => {
    await goTo('2027-03-01T12:00:00Z');
    const student = await stage.student();
    await test.http
      .patch('/v1/me')
      .set('authorization', `Bearer ${student.token}`)
      .send({ zone: 'Pacific/Auckland' })
      .expect(200);
    await stage.book(student);
    await test.settle();
    expect((await told(student))[1]).toMatch(/^lesson_booked sms queued waits until 2027-03-01T19:00/);
    await goTo('2027-03-01T19:00:01Z');
    await test.settle();
    expect((await told(student))[1]).toBe('lesson_booked sms sent');
  });
});

describe('a student under age', () => {
  it('is told together with his guardians, who read whose child it is about', async () => {
    const ward = await stage.student();
    const guardian = await guardianOf(ward, 'mor@valg.example');
    await test.http.patch('/v1/me').set('authorization', `Bearer ${guardian.token}`).send({ locale: 'en' }).expect(200);
    await stage.book(ward);
    await test.settle();
    expect(await told(ward)).toEqual(['lesson_booked email sent', 'lesson_booked sms sent']);
    expect(await told(guardian)).toEqual(['lesson_booked email sent', 'lesson_booked sms sent']);
    const { mails, texts } = stage.arrivedAt(guardian);
    expect(mails[0]).toMatchObject({ subject: expect.stringMatching(/^Freja Lund: Booked: /) });
    expect(mails[0]!.text).toContain('We wrote this to Freja Lund:');
    expect(mails[0]!.text).toContain('Hi Freja Lund');
    expect(texts.map(({ body }) => body)).toEqual([expect.stringMatching(/^To Freja Lund: Køreskolen valg: /)]);
  });

  it('reaches them without a number of his own, until the eighteenth birthday in the school’s zone', async () => {
    const ward = await stage.student({ phone: null });
    const guardian = await guardianOf(ward, 'far@valg.example');
    await stage.book(ward);
    await test.settle();
    expect(await told(guardian)).toEqual(['lesson_booked email sent', 'lesson_booked sms sent']);
    // 18 on March 2nd 2028: in Copenhagen it begins at 23:00 UTC.
    await goTo('2028-03-01T22:59:00Z');
    await stage.book(await stage.signedIn(ward), new Date('2028-03-09T09:00:00Z'));
    await test.settle();
    expect(await told(guardian)).toHaveLength(4);
    await goTo('2028-03-01T23:00:00Z');
    await stage.book(await stage.signedIn(ward), new Date('2028-03-10T09:00:00Z'));
    await test.settle();
    expect(await told(guardian)).toHaveLength(4);
  });
});
