import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Response } from 'supertest';
import { vehicleInput } from '../../src/modules/schools/testing/school-inputs.js';
import { globalQuery } from '../../src/platform/database/query.js';
import { Verification } from '../../src/platform/verification/verification.js';
import type { Id } from '../../src/platform/values/id.js';
import { addDays, atLocal } from '../../src/platform/values/zone.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { openTestSchool, type Caller, type TestSchool } from '../support/test-school.js';

let test: TestApp;
let nord: TestSchool;
let students: { readonly id: Id; readonly caller: Caller }[];
let months = 0;

beforeAll(async () => {
  test = await startTestApp({ jobs: false });
  test.clock.set('2026-11-20T08:00:00Z');
  nord = await openTestSchool(test, 'nord');
  students = [nord.student];
  for (let i = 0; i < 5; i++) students.push(await nord.enrol(`s${i}@nord.example`));
  for (let i = 0; i < 5; i++) await nord.owner.post('/vehicles', vehicleInput(`EF 10 00${i}`)).expect(201);
});
afterAll(() => test.close());

/** Whatever has happened: claims, masks and bookings match, money adds up. */
afterEach(async () => {
  const verdicts = await nord.run(() => test.app.get(Verification, { strict: false }).ofSchool(nord.id));
  expect(verdicts.flatMap(({ findings }) => findings)).toEqual([]);
});

/** The first Monday of five weeks that no other test uses. */
function newMonday(): string {
  months += 1;
  return new Date(Date.parse('2026-11-23') + months * 35 * 86_400_000).toISOString().slice(0, 10);
}

function wanted(from: string, time: string, more: object = {}) {
  const what = { lessonTypeId: nord.lessonTypeId, teacherId: nord.teacher.id };
  return { ...what, weekdays: [1, 3], time, from, count: 8, ...more };
}

/** The n-th time of the pattern, or a while after it. */
const timeOf = (from: string, index: number, time: string) =>
  atLocal(addDays(from, Math.floor(index / 2) * 7 + (index % 2) * 2), time, 'Europe/Copenhagen').toISOString();

const codes = (answers: readonly Response[]) =>
  answers.map(({ status, body }) => (status < 300 ? 'ok' : (body.code as string)));

async function booked(from: string) {
  const until = new Date(Date.parse(from) + 34 * 86_400_000).toISOString().slice(0, 10);
  return (await nord.owner.get(`/bookings?from=${from}&until=${until}&state=booked&limit=200`).expect(200)).body.items;
}

describe('series of one teacher at once', () => {
  it('are booked whole once, and the others not at all', async () => {
    const from = newMonday();
    const answers = await Promise.all(
      students.map(({ caller }, i) => caller.post('/booking-series', wanted(from, i % 2 === 0 ? '10:00' : '10:30'))),
    );
    expect(codes(answers).toSorted()).toEqual([...Array<string>(5).fill('booking.some_refused'), 'ok']);
    expect(await booked(from)).toHaveLength(8);
  });

  it('share the dates when each may leave some out, and none twice', async () => {
    const from = newMonday();
    const answers = await Promise.all(
      students.map(({ caller }, i) =>
        caller.post(
          '/booking-series',
          wanted(from, '10:00', { weekdays: i % 2 === 0 ? [1, 3] : [3, 5], onConflict: 'skip' }),
        ),
      ),
    );
    for (const code of codes(answers)) expect(['ok', 'booking.some_refused']).toContain(code);
    const won = answers.filter(({ status }) => status === 201);
    const lessons = await booked(from);
    expect(won.flatMap(({ body }) => body.lessons)).toHaveLength(lessons.length);
    // Mondays, Wednesdays and Fridays of four weeks and whatever the second pattern adds: each once.
    expect(new Set(lessons.map(({ startsAt }: { startsAt: string }) => startsAt)).size).toBe(lessons.length);
    for (const { body } of won) expect(body.lessons.length + body.leftOut.length).toBe(8);
  });
});

describe('a series against single bookings of its times', () => {
  it('takes them all, or none, and those who were faster keep theirs', async () => {
    for (let round = 0; round < 4; round++) {
      const from = newMonday();
      const singles = students.slice(1).map(({ caller }, i) =>
        caller.post('/bookings', {
          lessonTypeId: nord.lessonTypeId,
          teacherId: nord.teacher.id,
          startsAt: timeOf(from, 7 - i, '10:00'),
        }),
      );
      const series = students[0]!.caller.post('/booking-series', wanted(from, '10:00'));
      const [first, ...others] = await Promise.all([series, ...singles]);
      const wonSingly = codes(others).filter((code) => code === 'ok').length;
      for (const code of codes(others)) expect(['ok', 'booking.slot_taken']).toContain(code);
      if (first.status === 201) expect([wonSingly, first.body.lessons.length]).toEqual([0, 8]);
      else expect(first.body.code).toBe('booking.some_refused');
      expect(await booked(from)).toHaveLength(first.status === 201 ? 8 : wonSingly);
    }
  });

  it('told to skip, takes exactly what they leave', async () => {
    const from = newMonday();
    const singles = students.slice(1).map(({ caller }, i) =>
      caller.post('/bookings', {
        lessonTypeId: nord.lessonTypeId,
        teacherId: nord.teacher.id,
        startsAt: timeOf(from, 7 - i, '10:15'),
      }),
    );
    const series = students[0]!.caller.post('/booking-series', wanted(from, '10:00', { onConflict: 'skip' }));
    const [first, ...others] = await Promise.all([series, ...singles]);
    const wonSingly = codes(others).filter((code) => code === 'ok').length;
    expect(first.body.lessons).toHaveLength(8 - wonSingly);
    expect(first.body.leftOut).toHaveLength(wonSingly);
  });
});

describe('a series that is moved and cancelled at once', () => {
  it('ends cancelled, with nothing left of its time', async () => {
    for (let round = 0; round < 3; round++) {
      const from = newMonday();
      const { caller } = students[0]!;
      const { id } = (await caller.post('/booking-series', wanted(from, '10:00')).expect(201)).body;
      const path = `/booking-series/${id}`;
      const answers = await Promise.all([
        caller.post(`${path}/move`, { time: '10:15' }),
        nord.owner.post(`${path}/move`, { days: 1 }),
        nord.owner.post(`${path}/cancel`, {}),
      ]);
      const known = ['ok', 'booking.changed', 'booking.closed', 'booking.some_refused', 'booking_series.nothing_left'];
      for (const code of codes(answers)) expect(known).toContain(code);
      if (answers[2].status !== 200) await nord.owner.post(`${path}/cancel`, {}).expect(200);
      expect(await booked(from)).toEqual([]);
      const first = Date.parse(from) / 900_000;
      const { count } = await globalQuery<{ claims: { slot: number } }>(test.em)
        .selectFrom('claims')
        .select(({ fn }) => fn.countAll<number>().as('count'))
        .where('slot', '>=', first)
        .where('slot', '<', first + 96 * 33)
        .executeTakeFirstOrThrow();
      expect(count).toBe(0);
    }
  });
});
