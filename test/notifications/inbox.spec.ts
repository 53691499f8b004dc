import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import { AddToInbox } from '../../src/modules/notifications/inbox/use-cases/add-to-inbox.js';
import { messageKindNames, traitsOf } from '../../src/modules/notifications/domain/message-kinds.js';
import { bin, globalQuery } from '../../src/platform/database/query.js';
import { ScheduleRunner } from '../../src/platform/schedules/schedule-runner.js';
import { newId, type Id } from '../../src/platform/values/id.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { type EventListener, listen } from '../support/event-listener.js';
import { Stage, type Person } from './stage.js';

const day = 86_400_000;

let test: TestApp;
/** Another web process, which does no work. */
let two: TestApp;
let stage: Stage;
let other: Stage;
const open: EventListener[] = [];

beforeAll(async () => {
  test = await startTestApp();
  two = await startTestApp({ jobs: false, beside: test });
  [stage, other] = [await Stage.open(test, 'klokke'), await Stage.open(test, 'genbo')];
});
beforeEach(() => {
  test.clock.follow();
  test.sandbox.reset();
});
afterEach(() => {
  for (const listener of open.splice(0)) listener.close();
});
afterAll(async () => {
  await two.close();
  await test.close();
});

async function inboxOf(person: Person, query = '', school = stage) {
  return (await school.read(person, `inbox${query}`).expect(200)).body;
}

const unreadOf = async (person: Person) =>
  (await stage.read(person, 'inbox/summary').expect(200)).body.unread as number;

async function follow(person: Person, lastEventId?: string): Promise<EventListener> {
  const listener = await listen(`${two.url}/v1/schools/${stage.schoolId}/inbox/events`, person.token, lastEventId);
  open.push(listener);
  return listener;
}

async function lessons(student: Person, count: number): Promise<string[]> {
  const ids: string[] = [];
  for (let i = 0; i < count; i++) {
    ids.push((await stage.book(student)).id);
    await test.settle();
  }
  return ids;
}

describe('an inbox', () => {
  it('says what has happened in the reader’s language, with what it leads to, once for all channels', async () => {
    const student = await stage.student();
    const [lessonId] = await lessons(student, 1);
    const { items } = await inboxOf(student);
    expect(items).toEqual([
      {
        id: expect.any(String),
        kind: 'lesson_booked',
        heading: 'Din tid er booket',
        line: expect.stringMatching(/ kl\. \d\d\.00 · Kørelektion B$/),
        subject: 'lesson',
        subjectId: lessonId,
        createdAt: expect.any(String),
        readAt: null,
      },
    ]);
    const teachers = (await inboxOf(stage.teacher)).items[0];
    expect(teachers).toMatchObject({ kind: 'teacher_lesson_booked', subjectId: lessonId });
    await sql`UPDATE users SET locale = 'en' WHERE id = ${bin(student.userId)}`.execute(
      globalQuery<object>(test.em.fork()),
    );
    expect((await inboxOf(student)).items[0]).toMatchObject({
      heading: 'Your lesson is booked',
      line: expect.stringMatching(/ \d\d:00 · Kørelektion B$/),
    });
  });

  it('tells guardians of a minor the same, and whom it is about', async () => {
    const student = await stage.student();
    await sql`UPDATE students SET birth_date = '2011-05-01' WHERE id = ${bin(student.id)}`.execute(
      globalQuery<object>(test.em.fork()),
    );
    const guardian = { name: 'Karen Lund', email: `foraelder@klokke.example` };
    await stage.post(await stage.owner(), `students/${student.id}/guardians`, guardian).expect(201);
    const [lessonId] = await lessons(student, 1);
    const found = sql<{ userId: Id }>`SELECT id AS userId FROM users WHERE email = ${guardian.email}`;
    const { userId } = (await found.execute(globalQuery<object>(test.em.fork()))).rows[0]!;
    const hers = await inboxOf(await stage.signedIn({ ...student, userId }));
    expect(hers.items).toMatchObject([
      { kind: 'lesson_booked', subjectId: lessonId, line: expect.stringMatching(/^Freja Lund · .*Kørelektion B$/) },
    ]);
  });

  it('is paged, and shows what is unread when asked', async () => {
    const student = await stage.student();
    const [first, second, third] = await lessons(student, 3);
    const page = await inboxOf(student, '?limit=2');
    expect(page.items.map(({ subjectId }: { subjectId: string }) => subjectId)).toEqual([third, second]);
    const rest = await inboxOf(student, `?limit=2&cursor=${page.nextCursor}`);
    expect(rest.items.map(({ subjectId }: { subjectId: string }) => subjectId)).toEqual([first]);
    await stage.post(student, `inbox/${page.items[0].id}/read`).expect(204);
    const unread = await inboxOf(student, '?unread=true');
    expect(unread.items.map(({ subjectId }: { subjectId: string }) => subjectId)).toEqual([second, first]);
  });

  it('is marked as read item by item, or all up to one, and keeps the first time', async () => {
    const student = await stage.student();
    await lessons(student, 3);
    const { items } = await inboxOf(student);
    expect(await unreadOf(student)).toBe(3);
    await stage.post(student, `inbox/${items[2].id}/read`).expect(204);
    const { readAt } = (await inboxOf(student)).items[2];
    test.clock.advance({ minutes: 1 });
    await stage.post(student, 'inbox/read', { upTo: items[1].id }).expect(204);
    expect(await unreadOf(student)).toBe(1);
    const after = (await inboxOf(student)).items;
    expect(after[0].readAt).toBeNull();
    expect(after[1].readAt).not.toBe(readAt);
    expect(after[2].readAt).toBe(readAt);
    await stage.post(student, `inbox/${items[2].id}/read`).expect(204);
    expect((await inboxOf(student)).items[2].readAt).toBe(readAt);
    // What was told a minute ahead would wait for that minute.
    await test.settle();
  });

  it('is nobody else’s: not another’s at the school, and not another school’s', async () => {
    const [student, stranger] = [await stage.student(), await stage.student()];
    await lessons(student, 1);
    const { items } = await inboxOf(student);
    expect((await inboxOf(stranger)).items).toEqual([]);
    for (const who of [stranger, stage.teacher]) {
      await stage.post(who, `inbox/${items[0].id}/read`).expect(404);
      await stage.post(who, 'inbox/read', { upTo: items[0].id }).expect(404);
    }
    await other.read(student, 'inbox').expect(404);
    expect(await unreadOf(student)).toBe(1);
    const { body } = await stage.post(student, 'inbox/read', { upTo: 'all' }).expect(400);
    expect(body.errors).toMatchObject([{ field: 'upTo' }]);
  });

  it('takes every kind that is a service, each once, whatever became of its subject', async () => {
    const student = await stage.student();
    const kinds = messageKindNames.filter((kind) => traitsOf(kind).purpose === 'service');
    const add = () =>
      stage.inside(() =>
        stage
          .get(AddToInbox)
          .execute(
            messageKindNames.map((kind) => ({ kind, userId: student.userId, subjectId: newId(), cause: 'once' })),
          ),
      );
    await add();
    await add();
    const { items } = await inboxOf(student, '?limit=200');
    expect(items.map(({ kind }: { kind: string }) => kind).sort()).toEqual([...kinds].sort());
    for (const { heading } of items) expect(heading).toMatch(/^[^{}]+$/);
  });

  it('is kept for 90 days after it was read, and for a year when nobody reads it', async () => {
    const student = await stage.student();
    await lessons(student, 2);
    const { items } = await inboxOf(student);
    await stage.post(student, `inbox/${items[0].id}/read`).expect(204);
    const left = async (days: number) => {
      test.clock.set(new Date(Date.parse(items[0].createdAt) + days * day + 3_600_000));
      await test.app.get(ScheduleRunner).runNow('notifications.forget-inboxes');
      return (await inboxOf(await stage.signedIn(student))).items.length;
    };
    expect(await left(89)).toBe(2);
    expect(await left(91)).toBe(1);
    expect(await left(364)).toBe(1);
    expect(await left(366)).toBe(0);
  });
});

describe('an inbox’s events', () => {
  it('tell its own reader alone what comes, and how much is unread, in every process', async () => {
    const [student, stranger] = [await stage.student(), await stage.student()];
    const [his, strangers] = [await follow(student), await follow(stranger)];
    await Promise.all([his.heard(1), strangers.heard(1)]);
    const [lessonId] = await lessons(student, 1);
    await his.heard(2);
    const { items } = await inboxOf(student);
    expect(his.events.map(({ name, data }) => [name, data['id'], data['unread']])).toEqual([
      ['ready', undefined, undefined],
      ['added', items[0].id, 1],
    ]);
    expect(his.events[1]!.data).toMatchObject({ kind: 'lesson_booked', subject: 'lesson', subjectId: lessonId });
    expect(JSON.stringify(his.events)).not.toMatch(/Lund|Holm/);
    await stage.post(student, `inbox/${items[0].id}/read`).expect(204);
    await test.settle();
    expect((await his.heard(3))[2]).toMatchObject({ name: 'read', data: { unread: 0 } });
    expect(strangers.events.map(({ name }) => name)).toEqual(['ready']);
  });

  it('go on where the reader left off', async () => {
    const student = await stage.student();
    const before = await follow(student);
    await before.heard(1);
    await lessons(student, 1);
    await before.heard(2);
    const { lastEventId } = before;
    before.close();
    const [missed] = await lessons(student, 1);
    const after = await follow(student, lastEventId);
    expect((await after.heard(1))[0]).toMatchObject({ name: 'added', data: { subjectId: missed, unread: 2 } });
  });
});
