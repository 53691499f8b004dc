import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createConnection, type Connection } from 'mysql2/promise';
import { idToBytes, newId, type Id } from '../../src/platform/values/id.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { plansOf, statementsOf } from '../support/statements.js';
import { openTestSchool, type TestSchool } from '../support/test-school.js';

const LESSONS = 30_000;

let test: TestApp;
let nord: TestSchool;
let direct: Connection;

beforeAll(async () => {
  test = await startTestApp({ jobs: false });
  test.clock.set('2026-11-20T08:00:00Z');
  nord = await openTestSchool(test, 'nord');
  direct = await createConnection({ uri: test.databaseUrl, multipleStatements: true });
  await fillDiary();
});
afterAll(async () => {
  await direct.end();
  await test.close();
});

/** Years of lessons, straight into the tables: enough for the optimizer to prefer an index where there is one. */
async function fillDiary(): Promise<void> {
  const [school, student, teacher, vehicle, lessonType] = [
    nord.id,
    nord.student.id,
    nord.teacher.id,
    nord.vehicleId,
    nord.lessonTypeId,
  ].map(idToBytes);
  const others = await Promise.all(Array.from({ length: 9 }, (_, i) => nord.enrol(`s${i}@nord.example`)));
  const students = [student, ...others.map(({ id }) => idToBytes(id))];
  const start = Date.parse('2024-01-01T07:00:00Z');
  for (let from = 0; from < LESSONS; from += 2_000) {
    const ids = Array.from({ length: 2_000 }, () => idToBytes(newId()));
    const at = (i: number) => new Date(start + (from + i) * 3_600_000);
    const bookings = ids.map((id, i) => {
      const people = [school, students[i % 10], teacher, vehicle, lessonType];
      const time = [at(i), new Date(at(i).getTime() + 2_700_000), 0, 0];
      const money = [65_000, 'DKK', 2500, at(i), 0, 0];
      return [id, ...people, ...time, 'booked', ...money, null, null, null, 1, id, at(0)];
    });
    await direct.query('INSERT INTO bookings VALUES ?', [bookings]);
    const claims = ids.flatMap((id, i) =>
      [1, 2, 3].map((slot) => [1 + (i % 30), at(i).getTime() / 900_000 + slot, 0, school, id]),
    );
    await direct.query('INSERT INTO claims VALUES ?', [claims]);
    const days = Array.from({ length: 2_000 }, (_, i) => [
      100 + ((from + i) % 300),
      19_000 + Math.floor((from + i) / 300),
      1,
      1,
    ]);
    await direct.query('INSERT INTO resource_days VALUES ?', [days]);
  }
  await direct.query('ANALYZE TABLE bookings, claims, resource_days');
}

/** Each read of the diary goes by an index, looks at few rows, and sorts nothing. */
async function expectIndexed(work: () => Promise<unknown>): Promise<number> {
  const statements = await statementsOf(work);
  const plans = await plansOf(
    direct,
    statements.filter(({ sql }) => /bookings|claims|resource_days/.test(sql)),
  );
  expect(plans.length).toBeGreaterThan(0);
  for (const { sql, plan } of plans) {
    for (const { table, type, key, rows, Extra } of plan.filter((row) =>
      /bookings|claims|resource_days/.test(row.table),
    )) {
      const found = { sql, table, type, key, rows, Extra };
      expect({ ...found, scans: type === 'ALL' || type === 'index' || key === null }).toEqual({
        ...found,
        scans: false,
      });
      expect({ ...found, few: rows < LESSONS / 5 }).toEqual({ ...found, few: true });
    }
    expect(`${plan.map(({ Extra }) => Extra).join()} in ${sql}`).not.toMatch(/filesort|temporary/i);
  }
  return statements.length;
}

const day = 'from=2026-12-01&until=2026-12-08';

describe('the diary’s hot queries', () => {
  it.each([
    ['the school', ''],
    ['a teacher', () => `&teacherId=${nord.teacher.id}`],
    ['a student', () => `&studentId=${nord.student.id}`],
    ['a state', '&state=booked'],
  ])('list by index: %s', async (_name, filter) => {
    const query = typeof filter === 'string' ? filter : filter();
    await expectIndexed(() => nord.owner.get(`/bookings?${day}${query}`).expect(200));
  });

  it('go on from page to page by index', async () => {
    const { body } = await nord.owner.get(`/bookings?${day}&limit=5`).expect(200);
    await expectIndexed(() => nord.owner.get(`/bookings?${day}&limit=5&cursor=${body.nextCursor}`).expect(200));
  });

  it('compute free times from masks, in the same number of queries for any number of teachers', async () => {
    const ask = () => nord.student.caller.get(`/free-times?lessonTypeId=${nord.lessonTypeId}&${day}`).expect(200);
    // That a session was used is noted once a minute, with its first request.
    await ask();
    const alone = await expectIndexed(ask);
    await Promise.all(Array.from({ length: 5 }, (_, i) => nord.addTeacher(`t${i}@nord.example`)));
    expect(await expectIndexed(ask)).toBe(alone);
    expect(alone).toBeLessThanOrEqual(10);
  });

  it('book, move and cancel in few round trips', async () => {
    let id: Id | undefined;
    const named = { teacherId: nord.teacher.id, vehicleId: nord.vehicleId };
    const book = async () => {
      const { body } = await nord.student.caller
        .post('/bookings', { lessonTypeId: nord.lessonTypeId, startsAt: '2027-12-06T08:00:00Z', ...named })
        .expect(201);
      id = body.id;
    };
    expect(await expectIndexed(book)).toBeLessThanOrEqual(18);
    await expectIndexed(() =>
      nord.student.caller.post(`/bookings/${id}/reschedule`, { startsAt: '2027-12-06T09:00:00Z' }).expect(200),
    );
    await expectIndexed(() => nord.student.caller.post(`/bookings/${id}/cancel`, {}).expect(200));
  });
});
