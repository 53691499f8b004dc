import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { LessonMessages } from '../../src/modules/notifications/jobs/lesson-messages.js';
import { NotificationsConfig } from '../../src/modules/notifications/notifications.config.js';
import { accepted } from '../../src/modules/notifications/ports/delivery.js';
import { RecordAttempts } from '../../src/modules/notifications/use-cases/record-attempts.js';
import { RecordDelivery } from '../../src/modules/notifications/use-cases/record-delivery.js';
import { SendMessages } from '../../src/modules/notifications/use-cases/send-messages.js';
import { inTransaction } from '../../src/platform/database/transaction.js';
import { type Id, newId } from '../../src/platform/values/id.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { type Person, Stage } from './stage.js';

let test: TestApp;
let stage: Stage;

beforeAll(async () => {
  test = await startTestApp();
  stage = await Stage.open(test, 'nord');
});
beforeEach(() => {
  test.sandbox.reset();
  test.clock.follow();
});
afterAll(() => test.close());

const subjects = (mails: readonly { subject: string }[]) => mails.map((each) => each.subject);
const states = (messages: readonly { channel: string; kind: string; state: string }[]) =>
  messages.map((each) => `${each.kind} ${each.channel} ${each.state}`);

/** What a provider does not answer is due again only when the clock goes on. */
async function bookedInStandingTime(student: Person): Promise<Id> {
  test.clock.set(test.clock.now());
  const { id } = await stage.book(student);
  await test.settle();
  return id;
}
async function triedAgain(): Promise<void> {
  test.clock.advance({ seconds: 10 });
  await test.settle();
}
/** The faults of the test strike the student's message and the teacher's, once each. */
async function bookedAndTriedAgain(student: Person): Promise<void> {
  await bookedInStandingTime(student);
  await triedAgain();
}

describe('a booked lesson', () => {
  it('is confirmed to student and teacher, in Danish, by e-mail and SMS', async () => {
    const student = await stage.student();
    const booking = await stage.book(student);
    await test.settle();
    const toStudent = stage.arrivedAt(student);
    expect(subjects(toStudent.mails)).toEqual([expect.stringMatching(/^Booket: Kørelektion B .* kl\. \d\d\.00$/)]);
    expect(toStudent.mails[0]).toMatchObject({
      from: expect.stringContaining('Køreskolen nord'),
      text: expect.stringContaining('Lars Holm'),
    });
    expect(toStudent.texts.map((each) => each.body)).toEqual([
      expect.stringMatching(/^Køreskolen nord: Din tid .* kl\. \d\d\.00 hos Lars Holm er booket\.$/),
    ]);
    const toTeacher = stage.arrivedAt(stage.teacher);
    expect(subjects(toTeacher.mails)).toEqual([expect.stringMatching(/^Ny booking: Freja Lund/)]);
    expect(toTeacher.texts).toHaveLength(1);
    expect(await stage.messagesTo(student)).toMatchObject([
      {
        channel: 'email',
        state: 'sent',
        subjectId: booking.id,
        locale: 'da',
        recipientMasked: 'e***@nord.example',
        provider: 'smtp',
      },
      { channel: 'sms', state: 'sent', recipientMasked: '+45******01', provider: 'twilio', segments: 1, attempts: 1 },
    ]);
  });

  it('is confirmed once although the queue forgets everything at once', async () => {
    const student = await stage.student();
    await stage.book(student);
    await test.emptyQueue();
    await test.settle();
    await test.emptyQueue();
    await test.settle();
    const { mails, texts } = stage.arrivedAt(student);
    expect([mails.length, texts.length]).toEqual([1, 1]);
  });

  it('is confirmed once although the event and the message are delivered again', async () => {
    const student = await stage.student();
    const { id: bookingId } = await stage.book(student);
    await test.settle();
    const event = { id: newId(), schoolId: stage.schoolId, occurredAt: new Date(), payload: { bookingId } };
    const handle = () => stage.inside(() => inTransaction(test.em, () => stage.get(LessonMessages).booked(event)));
    await handle();
    await handle();
    await test.settle();
    const messages = await stage.messagesTo(student);
    expect(messages).toHaveLength(4);
    const ids = messages.map(({ id }) => id);
    const { signal } = new AbortController();
    const outcomes = await stage.inside(() => stage.get(SendMessages).execute(ids, (_, work) => work(), signal));
    expect(outcomes.size).toBe(0);
    expect(stage.arrivedAt(student).mails).toHaveLength(2);
    expect(stage.arrivedAt(student).texts).toHaveLength(2);
  });
});

describe('a provider in trouble', () => {
  it('that acts and does not answer makes one SMS, not two', async () => {
    const student = await stage.student();
    test.sandbox.faults.add({
      system: 'twilio',
      operation: 'messages.create',
      kind: 'timeout_after_acting',
      times: 2,
      delayMs: 200,
    });
    await bookedAndTriedAgain(student);
    expect(stage.arrivedAt(student).texts).toHaveLength(1);
    expect((await stage.messagesTo(student))[1]).toMatchObject({
      channel: 'sms',
      state: 'sent',
      attempts: 2,
      providerRef: stage.arrivedAt(student).texts[0]?.sid,
    });
  });

  it('that does not act is asked again', async () => {
    const student = await stage.student();
    test.sandbox.faults.add({ system: 'smtp', kind: 'error_500', times: 2 });
    await bookedAndTriedAgain(student);
    expect(stage.arrivedAt(student).mails).toHaveLength(1);
    expect((await stage.messagesTo(student))[0]).toMatchObject({ channel: 'email', state: 'sent', attempts: 2 });
  });

  it('whose report of a message comes at the moment of its answer is noted by both', async () => {
    const student = await stage.student({ phone: null });
    test.sandbox.faults.add({ system: 'smtp', kind: 'error_500', times: 2 });
    await bookedInStandingTime(student);
    const { id } = (await stage.messagesTo(student))[0]!;
    const [at, providerRef] = [test.clock.now(), 'told and answered'];
    const said = { about: 'message', state: 'sent', isHard: false, address: student.email, reason: null } as const;
    const news = { ...said, messageId: id, providerRef, at };
    await stage.inside(() => stage.get(RecordDelivery).execute('smtp', 'email', news));
    const delivery = accepted(providerRef, { cost: { micros: 1_000, currency: 'DKK' } });
    const attempt = { channel: 'email', delivery, locale: 'da', recipientMasked: 'e***@nord.example' } as const;
    await stage.inside(() => stage.get(RecordAttempts).execute(new Map([[id, attempt]])));
    expect((await stage.messagesTo(student))[0]).toMatchObject({
      state: 'sent',
      toldAt: at,
      recipientMasked: 'e***@nord.example',
      costMicros: 1_000,
    });
  });

  it('that refuses a number is not asked again', async () => {
    const student = await stage.student({ phone: '+15005550004' });
    await stage.book(student);
    await test.settle();
    expect((await stage.messagesTo(student))[1]).toMatchObject({
      state: 'rejected',
      attempts: 1,
      reason: expect.stringContaining('21610'),
    });
  });
});

describe('a message that events have overtaken', () => {
  it('is dropped: a confirmation of a lesson that is cancelled meanwhile', async () => {
    const student = await stage.student();
    test.sandbox.faults.add({ system: 'smtp', kind: 'error_500', times: 2 });
    const id = await bookedInStandingTime(student);
    expect(states(await stage.messagesTo(student))).toEqual(['lesson_booked email sending', 'lesson_booked sms sent']);
    await stage.post(student, `bookings/${id}/cancel`).expect(200);
    await triedAgain();
    expect(states(await stage.messagesTo(student))).toEqual([
      'lesson_booked email dropped',
      'lesson_booked sms sent',
      'lesson_cancelled email sent',
      'lesson_cancelled sms sent',
    ]);
    expect(subjects(stage.arrivedAt(student).mails)).toEqual([expect.stringMatching(/^Aflyst/)]);
  });

  it('shows the lesson as it stands now', async () => {
    const student = await stage.student();
    const { id, startsAt } = await stage.book(student);
    await test.settle();
    const later = new Date(startsAt.getTime() + 15 * 60_000);
    await stage.post(student, `bookings/${id}/reschedule`, { startsAt: later.toISOString() }).expect(200);
    await test.settle();
    expect(subjects(stage.arrivedAt(student).mails).at(-1)).toMatch(/^Flyttet: .* er nu /);
  });
});

describe('a person without a way to be reached', () => {
  it('without a phone gets e-mail alone, and the log says why', async () => {
    const student = await stage.student({ phone: null });
    await stage.book(student);
    await test.settle();
    expect(await stage.messagesTo(student)).toMatchObject([
      { state: 'sent' },
      { state: 'dropped', reason: 'no phone number is known' },
    ]);
  });

  it('gets no SMS while it is switched off', async () => {
    const student = await stage.student();
    const config = stage.get(NotificationsConfig);
    Object.assign(config, { smsEnabled: false });
    await stage.book(student);
    await test.settle();
    Object.assign(config, { smsEnabled: true });
    expect(await stage.messagesTo(student)).toMatchObject([
      { state: 'sent' },
      { state: 'dropped', reason: 'SMS is switched off' },
    ]);
    expect(stage.arrivedAt(student).texts).toEqual([]);
  });
});
