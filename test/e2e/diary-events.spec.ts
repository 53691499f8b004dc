import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { Redis } from 'ioredis';
import { accessTokenOf } from '../../src/modules/identity/testing/sign-in.js';
import { LiveTopics } from '../../src/platform/live/live-topics.js';
import { newId, type Id } from '../../src/platform/values/id.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { redisUrl } from '../support/database-server.js';
import { type EventListener, listen } from '../support/event-listener.js';
import { type Caller, openTestSchool, type TestSchool } from '../support/test-school.js';
import { until } from '../support/until.js';

/** Two web processes with one database and one Redis; the first also works. */
let one: TestApp;
let two: TestApp;
let nord: TestSchool;
let syd: TestSchool;
let redis: Redis;
let lessons = 0;
const open: EventListener[] = [];

beforeAll(async () => {
  redis = new Redis(redisUrl);
  one = await startTestApp();
  two = await startTestApp({ jobs: false, beside: one });
  one.clock.set('2026-11-20T08:00:00Z');
  nord = await openTestSchool(one, 'nord');
  syd = await openTestSchool(one, 'syd');
});
afterEach(() => {
  for (const listener of open.splice(0)) listener.close();
});
afterAll(async () => {
  redis.disconnect();
  await two.close();
  await one.close();
});

interface Listening {
  readonly as?: Caller;
  readonly school?: TestSchool;
  readonly teacherId?: Id;
  readonly after?: string;
}

async function follow(test: TestApp, how: Listening = {}): Promise<EventListener> {
  const { school = nord, as = school.owner, teacherId, after } = how;
  const query = teacherId ? `?teacherId=${teacherId}` : '';
  const token = await accessTokenOf(one.app, as.userId);
  const listener = await listen(`${test.url}/v1/schools/${school.id}/diary/events${query}`, token, after);
  open.push(listener);
  return listener;
}

/** Weekdays from Monday 2026-11-23 on, at 09:00 in Copenhagen. */
async function book(teacherId = nord.teacher.id, at?: string): Promise<Id> {
  const [week, day] = [Math.floor(lessons / 5), lessons % 5];
  if (!at) lessons += 1;
  const startsAt = at ?? new Date(Date.UTC(2026, 10, 23 + week * 7 + day, 8)).toISOString();
  const wish = { lessonTypeId: nord.lessonTypeId, studentId: nord.student.id, teacherId, startsAt };
  return (await nord.owner.post('/bookings', wish).expect(201)).body.id;
}

const keyOf = (school: TestSchool) => `${one.redisPrefix}:live:diary:${school.id}`;
const saidIn = ({ events }: EventListener) => events.map(({ name, data }) => [name, data['id']]);

describe('the diary’s events', () => {
  it('tell what happens to a lesson, in every process, with what a diary needs to draw it', async () => {
    const [here, there] = [await follow(one), await follow(two)];
    await Promise.all([here.heard(1), there.heard(1)]);
    const id = await book();
    await one.settle();
    await nord.owner.post(`/bookings/${id}/reschedule`, { startsAt: '2027-02-01T08:00:00Z' }).expect(200);
    await one.settle();
    await nord.owner.post(`/bookings/${id}/cancel`, {}).expect(200);
    await Promise.all([here.heard(4), there.heard(4)]);
    expect(saidIn(here)).toEqual([
      ['ready', undefined],
      ['created', id],
      ['moved', id],
      ['cancelled', id],
    ]);
    expect(there.events).toEqual(here.events);
    const [, created, moved, cancelled] = here.events;
    expect(created!.data).toEqual({
      eventId: expect.any(String),
      kind: 'lesson',
      id,
      version: 1,
      state: 'booked',
      startsAt: '2026-11-23T08:00:00.000Z',
      endsAt: '2026-11-23T08:45:00.000Z',
      teacherId: nord.teacher.id,
      studentId: nord.student.id,
      vehicleId: nord.vehicleId,
      previous: null,
    });
    expect(moved!.data).toMatchObject({
      startsAt: '2027-02-01T08:00:00.000Z',
      previous: { startsAt: '2026-11-23T08:00:00.000Z', teacherId: nord.teacher.id },
    });
    expect(cancelled!.data).toMatchObject({ state: 'cancelled', version: 3 });
    expect(JSON.stringify(here.events)).not.toMatch(/Lund|Holm/);
  });

  it('tell of lessons that were given, and of those nobody came to', async () => {
    const early = await nord.addTeacher('early@nord.example', {
      workingHours: [{ weekday: 5, starts: '04:00', ends: '12:00' }],
    });
    const [given, missed] = [
      await book(early.id, '2026-11-20T05:00:00Z'),
      await book(early.id, '2026-11-20T07:00:00Z'),
    ];
    await one.settle();
    const listener = await follow(two);
    await listener.heard(1);
    await nord.owner.post(`/bookings/${given}/complete`).expect(200);
    await one.settle();
    await nord.owner.post(`/bookings/${missed}/no-show`).expect(200);
    await listener.heard(3);
    expect(saidIn(listener).slice(1)).toEqual([
      ['completed', given],
      ['no_show', missed],
    ]);
  });

  it('tell of exams', async () => {
    const listener = await follow(two);
    await listener.heard(1);
    const who = { studentId: nord.student.id, teacherId: nord.teacher.id, vehicleId: nord.vehicleId };
    const exam = { ...who, kind: 'practical', startsAt: '2027-03-01T09:00:00Z', minutes: 45, place: 'Herlev' };
    const { body } = await nord.owner.post('/exams', exam).expect(201);
    await one.settle();
    await nord.owner.post(`/exams/${body.id}/move`, { startsAt: '2027-03-02T09:00:00Z' }).expect(200);
    await one.settle();
    await nord.owner.post(`/exams/${body.id}/cancel`, {}).expect(200);
    await listener.heard(4);
    expect(listener.events.slice(1).map(({ name, data }) => [name, data['kind'], data['id'], data['state']])).toEqual([
      ['created', 'exam', body.id, 'planned'],
      ['moved', 'exam', body.id, 'planned'],
      ['cancelled', 'exam', body.id, 'cancelled'],
    ]);
    expect(listener.events[2]!.data['previous']).toEqual({
      startsAt: '2027-03-01T09:00:00.000Z',
      teacherId: nord.teacher.id,
    });
  });

  it('tell of classes: a course of them, one that is moved to a colleague, and all that are cancelled', async () => {
    const [listener, colleague] = [await follow(two), await nord.addTeacher('t0@nord.example')];
    const old = await follow(two, { teacherId: nord.teacher.id });
    await Promise.all([listener.heard(1), old.heard(1)]);
    const sessions = [
      { topic: 'Vigepligt', minutes: 90 },
      { topic: 'Motorvej', minutes: 90 },
    ];
    const weekly = [{ weekday: 2, time: '18:00' }];
    const price = { amount: 250_000, currency: 'DKK' };
    const plan = { name: 'Teori B', licenceClass: 'B', sessions, weekly, capacity: 10, price, vatRateBp: 2500 };
    const planId = (await nord.owner.post('/course-plans', plan).expect(201)).body.id;
    const course = { planId, startsOn: '2027-04-06', teacherId: nord.teacher.id };
    const courseId = (await nord.owner.post('/courses', course).expect(201)).body.id;
    await one.settle();
    const [first, second] = (await nord.owner.get(`/classes?courseId=${courseId}`)).body.items;
    const move = { startsAt: '2027-04-07T16:00:00Z', teacherId: colleague.id };
    await nord.owner.post(`/courses/${courseId}/open`).expect(200);
    await nord.owner.post(`/classes/${first.id}/move`, move).expect(200);
    await one.settle();
    await nord.owner.post(`/courses/${courseId}/cancel`, {}).expect(200);
    await Promise.all([listener.heard(6), old.heard(5)]);
    expect(saidIn(listener).slice(1)).toEqual([
      ['created', first.id],
      ['created', second.id],
      ['moved', first.id],
      ['cancelled', first.id],
      ['cancelled', second.id],
    ]);
    expect(listener.events[3]!.data).toMatchObject({
      kind: 'class_session',
      version: 2,
      startsAt: '2027-04-07T16:00:00.000Z',
      teacherId: colleague.id,
      previous: { startsAt: first.startsAt, teacherId: nord.teacher.id },
    });
    expect(saidIn(old).slice(1)).toEqual([
      ['created', first.id],
      ['created', second.id],
      ['moved', first.id],
      ['cancelled', second.id],
    ]);
  });

  it('are the school’s own, and to a teacher’s diary what is his or was', async () => {
    const other = await nord.addTeacher('t1@nord.example');
    const [his, hers] = [
      await follow(two, { teacherId: other.id, as: other.caller }),
      await follow(one, { teacherId: nord.teacher.id }),
    ];
    const elsewhere = await follow(one, { school: syd });
    const everything = await follow(one);
    await Promise.all([his, hers, elsewhere, everything].map((each) => each.heard(1)));
    const id = await book();
    await book(other.id);
    await one.settle();
    await nord.owner
      .post(`/bookings/${id}/reschedule`, { startsAt: '2027-02-02T08:00:00Z', teacherId: other.id })
      .expect(200);
    await everything.heard(4);
    await Promise.all([his.heard(3), hers.heard(3)]);
    expect(hers.events.map(({ name }) => name)).toEqual(['ready', 'created', 'moved']);
    expect(his.events.map(({ name }) => name)).toEqual(['ready', 'created', 'moved']);
    expect(hers.events[2]!.data).toMatchObject({ id, teacherId: other.id, previous: { teacherId: nord.teacher.id } });
    expect(elsewhere.events.map(({ name }) => name)).toEqual(['ready']);
  });

  it('are for staff', async () => {
    for (const as of [nord.student.caller, syd.owner]) {
      const listener = await follow(one, { as, school: nord });
      expect(listener.status).toBe(as === syd.owner ? 404 : 403);
    }
    expect((await follow(one, { teacherId: syd.teacher.id })).status).toBe(404);
  });
});

describe('whoever comes back', () => {
  it('hears what he has missed once and in order, in another process too', async () => {
    const first = await follow(one);
    await first.heard(1);
    const ids = [await book()];
    await first.heard(2);
    first.close();
    for (let i = 0; i < 5; i++) {
      ids.push(await book());
      await one.settle();
    }
    const back = await follow(two, { after: first.lastEventId });
    await back.heard(5);
    ids.push(await book());
    await back.heard(6);
    expect(saidIn(back)).toEqual(ids.slice(1).map((id) => ['created', id]));
    const again = await follow(one, { after: back.lastEventId });
    ids.push(await book());
    await again.heard(1);
    expect(saidIn(again)).toEqual([['created', ids.at(-1)]]);
  });

  it('misses nothing of what is said in the very moment in which he comes', async () => {
    const topics = one.app.get(LiveTopics);
    const topic = `diary:${nord.id}`;
    const start = await follow(one);
    await start.heard(1);
    let last = start.lastEventId;
    const heard: unknown[] = [];
    const said = (async () => {
      for (let n = 0; n < 300; n++) await topics.publish(topic, 'created', { n, teacherId: null });
    })();
    for (let turn = 0; heard.length < 300; turn++) {
      const listener = await follow(turn % 2 === 0 ? one : two, { after: last });
      await until(() => listener.events.length > 0 || heard.length === 300);
      listener.close();
      heard.push(...listener.events.map(({ name, data }) => (name === 'created' ? data['n'] : name)));
      last = listener.lastEventId;
    }
    await said;
    expect(heard).toEqual(Array.from({ length: 300 }, (_, n) => n));
  });

  it('is told to read everything anew when nobody knows any more what he has missed', async () => {
    const first = await follow(one);
    await first.heard(1);
    await book();
    await first.heard(2);
    first.close();
    for (const after of ['0-1', '99999999999999-0', 'x', 'ready', "1-1' OR 1"]) {
      const listener = await follow(two, { after });
      await listener.heard(1);
      expect([after, saidIn(listener)]).toEqual([after, [['reset', undefined]]]);
      expect(listener.lastEventId).toBe(first.lastEventId);
    }
    await redis.del(keyOf(nord));
    const back = await follow(two, { after: first.lastEventId });
    const id = await book();
    await back.heard(2);
    expect(saidIn(back)).toEqual([
      ['reset', undefined],
      ['created', id],
    ]);
  });

  it('hears of a loss while he listens, and of what happens after it', async () => {
    const listener = await follow(two);
    await listener.heard(1);
    const lost = await book();
    await listener.heard(2);
    const id = await book();
    await listener.heard(3);
    await redis.del(keyOf(nord));
    const next = await book();
    await listener.heard(4);
    const then = await book();
    await listener.heard(5);
    expect(saidIn(listener)).toEqual([
      ['ready', undefined],
      ['created', lost],
      ['created', id],
      ['reset', undefined],
      ['created', then],
    ]);
    expect(next).not.toBe(then);
  });

  it('is told to read everything anew when it is too much to tell', async () => {
    const first = await follow(one);
    await first.heard(1);
    const topics = one.app.get(LiveTopics);
    const say = async (count: number) => {
      for (let n = 0; n < count; n++)
        await topics.publish(`diary:${nord.id}`, 'created', { id: newId(), teacherId: null });
    };
    first.close();
    await say(500);
    const patient = await follow(two, { after: first.lastEventId });
    expect((await patient.heard(500)).every(({ name }) => name === 'created')).toBe(true);
    await say(1);
    const late = await follow(two, { after: first.lastEventId });
    await late.heard(1);
    expect(saidIn(late)).toEqual([['reset', undefined]]);
  });
});

describe('a process', () => {
  it('has one connection that waits for news, however many listen to however many schools, and none when nobody does', async () => {
    const waiting = async () => {
      const clients = (await redis.client('LIST')) as string;
      return clients.split('\n').filter((line) => line.includes(` name=${one.redisPrefix}-live `)).length;
    };
    await until(async () => (await waiting()) === 0);
    const listeners = await Promise.all(
      Array.from({ length: 20 }, (_, i) => follow(two, { school: i % 2 === 0 ? nord : syd })),
    );
    await Promise.all(listeners.map((each) => each.heard(1)));
    expect(await waiting()).toBe(1);
    const id = await book();
    await Promise.all(listeners.filter((_, i) => i % 2 === 0).map((each) => each.heard(2)));
    expect(saidIn(listeners[0]!)[1]).toEqual(['created', id]);
    expect(listeners[1]!.events).toHaveLength(1);
    for (const listener of listeners) listener.close();
    await until(async () => (await waiting()) === 0);
  });

  it('ends its streams when it stops, and says so to nobody twice', async () => {
    const three = await startTestApp({ jobs: false, beside: one });
    const listener = await follow(three);
    await listener.heard(1);
    const started = performance.now();
    await three.close();
    expect(performance.now() - started).toBeLessThan(5_000);
    await until(() => listener.isOver);
  });
});
