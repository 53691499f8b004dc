import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { addDays, localDate, weekdayOf } from '../../src/platform/values/zone.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { Stage, type Person } from './stage.js';

let test: TestApp;
let stage: Stage;
let weeks = 0;

beforeAll(async () => {
  test = await startTestApp();
  stage = await Stage.open(test, 'nord');
});
beforeEach(() => {
  test.sandbox.reset();
  weeks += 3;
});
afterAll(() => test.close());

/** Three Mondays at ten, in weeks that no other test uses. */
async function series(student: Person): Promise<{ id: string; lessons: { id: string; startsAt: string }[] }> {
  const today = localDate(test.clock.now(), 'Europe/Copenhagen');
  const from = addDays(today, 8 - weekdayOf(today) + 7 * weeks);
  const body = { lessonTypeId: stage.lessonTypeId, weekdays: [1], time: '10:00', from, count: 3 };
  return (await stage.post(student, 'booking-series', body).expect(201)).body;
}

/** What arrived since the last look: subjects of e-mails, and text messages. */
function arrived(person: Person) {
  const { mails, texts } = stage.arrivedAt(person);
  return { mails, subjects: mails.map(({ subject }) => subject), texts: texts.map(({ body }) => body) };
}

describe('a series', () => {
  it('is told of in one message to each, whatever is done to it', async () => {
    const student = await stage.student();
    const { id, lessons } = await series(student);
    await test.settle();
    const booked = arrived(student);
    expect(booked.subjects).toEqual([expect.stringMatching(/^Booket: 3 lektioner fra man\. .* kl\. 10\.00$/)]);
    expect(booked.texts).toEqual([
      expect.stringMatching(/^Køreskolen nord: 3 lektioner er booket, den første man\. .* kl\. 10\.00\./),
    ]);
    expect(
      booked.mails[0]?.text?.match(/^- mandag .* kl\. 10\.00-10\.45 · Kørelektion B · Lars Holm · Golf$/gm),
    ).toHaveLength(3);
    const teacher = arrived(stage.teacher);
    expect(teacher.subjects).toEqual([expect.stringMatching(/^Nye bookinger: 3 lektioner/)]);
    expect(teacher.mails[0]!.text).toContain('Freja Lund');
    expect(await stage.messagesTo(student)).toMatchObject([
      { kind: 'lessons_booked', channel: 'email', state: 'sent', subjectId: lessons[0]!.id },
      { kind: 'lessons_booked', channel: 'sms', state: 'sent' },
    ]);

    test.sandbox.reset();
    await stage.post(student, `booking-series/${id}/move`, { time: '13:00' }).expect(200);
    await test.settle();
    const moved = arrived(student);
    expect(moved.subjects).toEqual([
      expect.stringMatching(/^Flyttet: 3 lektioner, den første er nu man\. .* kl\. 13\.00$/),
    ]);
    expect(moved.mails[0]?.text?.match(/kl\. 13\.00-13\.45 .* · før man\. .* kl\. 10\.00$/gm)).toHaveLength(3);
    expect(arrived(stage.teacher).subjects).toHaveLength(1);

    test.sandbox.reset();
    await stage.post(student, `booking-series/${id}/cancel`, { reason: 'Flytter' }).expect(200);
    await test.settle();
    const cancelled = arrived(student);
    expect(cancelled.subjects).toEqual([expect.stringMatching(/^Aflyst: 3 lektioner fra man\./)]);
    expect(cancelled.mails[0]!.text).toMatch(/Grund: Flytter/);
    expect(cancelled.texts).toHaveLength(1);
  });

  it('of which one lesson is moved is told of as any lesson', async () => {
    const student = await stage.student();
    const { id, lessons } = await series(student);
    await test.settle();
    test.sandbox.reset();
    await stage
      .post(student, `booking-series/${id}/move`, { scope: 'one', bookingId: lessons[1]!.id, time: '12:00' })
      .expect(200);
    await test.settle();
    expect(arrived(student).subjects).toEqual([expect.stringMatching(/^Flyttet: Kørelektion B er nu man\./)]);
  });

  it('is told of once although the queue forgets everything at once', async () => {
    const student = await stage.student();
    await series(student);
    await test.emptyQueue();
    await test.settle();
    await test.emptyQueue();
    await test.settle();
    const { subjects, texts } = arrived(student);
    expect([subjects.length, texts.length]).toEqual([1, 1]);
  });
});
