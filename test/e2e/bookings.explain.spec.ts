import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createConnection, type Connection } from 'mysql2/promise';
import { ExpireHolds } from '../../src/modules/bookings/holds/jobs/expire-holds.js';
import { lessonTypeInput } from '../../src/modules/schools/testing/school-inputs.js';
import { idToBytes, newId, type Id } from '../../src/platform/values/id.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { plansOf, statementsOf } from '../support/statements.js';
import { openTestSchool, type TestSchool } from '../support/test-school.js';

const LESSONS = 30_000;
const hot = /bookings|claims|resource_days|whereabouts/;

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

const columns = `id, school_id, student_id, teacher_id, vehicle_id, lesson_type_id, starts_at, ends_at, setup_minutes, buffer_minutes,
  state, price_minor, currency, vat_rate_bp, cancel_by, late_fee_minor, fee_minor, cancelled_at, cancelled_by, cancel_reason,
  version, created_by, created_at`;

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
    await direct.query(`INSERT INTO bookings (${columns}) VALUES ?`, [bookings]);
    const claims = ids.flatMap((id, i) =>
      [1, 2, 3].map((slot) => [1 + (i % 30), at(i).getTime() / 900_000 + slot, 0, school, id]),
    );
    await direct.query('INSERT INTO claims (resource_id, slot, place, school_id, claimed_by) VALUES ?', [claims]);
    const days = Array.from({ length: 2_000 }, (_, i) => [
      100 + ((from + i) % 300),
      19_000 + Math.floor((from + i) / 300),
      1,
      1,
    ]);
    await direct.query('INSERT INTO resource_days (resource_id, day, lo, hi) VALUES ?', [days]);
  }
  await direct.query('ANALYZE TABLE bookings, claims, resource_days');
}

/** Years of stays, of as many teachers and vehicles as a large school has. */
async function stayEverywhere(locationId: Id): Promise<void> {
  const [school, at, id] = [nord.id, locationId, newId()].map(idToBytes);
  const first = Date.parse('2024-01-01T07:00:00Z') / 900_000;
  const stays = Array.from({ length: 20_000 }, (_, i) => {
    const slot = first + Math.floor(i / 40) * 96;
    return [1 + (i % 40), slot, slot + 3, school, at, id];
  });
  await direct.query(
    'INSERT INTO whereabouts (resource_id, first_slot, end_slot, school_id, location_id, claimed_by) VALUES ?',
    [stays],
  );
  await direct.query('ANALYZE TABLE whereabouts');
}

/** Each read of the diary goes by an index, looks at few rows, and sorts nothing. */
async function expectIndexed(work: () => Promise<unknown>): Promise<number> {
  const statements = await statementsOf(work);
  const plans = await plansOf(
    direct,
    statements.filter(({ sql }) => hot.test(sql)),
  );
  expect(plans.length).toBeGreaterThan(0);
  for (const { sql, plan } of plans) {
    for (const { table, type, key, rows, Extra } of plan.filter((row) => hot.test(row.table))) {
      const found = { sql, table, type, key, rows, Extra };
      expect({ ...found, scans: type === 'ALL' || type === 'index' || key === null }).toEqual({
        ...found,
        scans: false,
      });
      // With a filter of row ids MariaDB writes '1 (0%)'.
      expect({ ...found, few: Number.parseInt(String(rows), 10) < LESSONS / 5 }).toEqual({ ...found, few: true });
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

  it.each([
    ['the school’s week', 'view=week'],
    ['the school’s month', 'view=month'],
    ['a teacher’s month', () => `view=month&teacherId=${nord.teacher.id}`],
    ['a car’s week', () => `view=week&columns=vehicles&vehicleId=${nord.vehicleId}`],
  ])('show by index: %s', async (_name, asked) => {
    const query = typeof asked === 'string' ? asked : asked();
    await expectIndexed(() => nord.owner.get(`/diary?date=2026-12-01&${query}`).expect(200));
  });

  // Of this diary's one teacher and one vehicle are all lessons: for them no index tells more than the school's own.
  it.each(['school', 'student'] as const)('fill calendars by index: of a %s', async (kind) => {
    const whose = kind === 'student' ? { studentId: nord.student.id } : {};
    const { body } = await nord.owner.post('/calendar-feeds', { kind, ...whose }).expect(201);
    await expectIndexed(() => test.http.get(new URL(body.url).pathname).expect(200));
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

  it('count the way by index, for a track too', async () => {
    const added = async (path: string, body: object) => (await nord.owner.post(path, body).expect(201)).body.id as Id;
    const [here, there] = [
      await added('/locations', { name: 'Amager', kind: 'branch' }),
      await added('/locations', { name: 'Køge', kind: 'branch' }),
    ];
    const travelTimes = [{ locationId: there, minutes: 30 }];
    await nord.owner.put(`/locations/${here}/travel-times`, { travelTimes }).expect(200);
    await added('/facilities', { name: 'Banen', kind: 'track', places: 4, locationId: there });
    const onTrack = await added('/lesson-types', {
      ...lessonTypeInput({ facilityKind: 'track' }),
      cancellation: undefined,
    });
    await stayEverywhere(there);
    const ask = (lessonTypeId: Id, query = '') =>
      nord.owner.get(`/free-times?lessonTypeId=${lessonTypeId}&${day}${query}`).expect(200);
    await ask(onTrack);
    expect(await expectIndexed(() => ask(onTrack))).toBeLessThanOrEqual(11);
    expect(await expectIndexed(() => ask(nord.lessonTypeId, `&locationId=${here}`))).toBeLessThanOrEqual(11);
    const named = { teacherId: nord.teacher.id, vehicleId: nord.vehicleId, studentId: nord.student.id };
    const lesson = { ...named, startsAt: '2027-12-08T08:00:00Z', locationId: here };
    await expectIndexed(() => nord.owner.post('/bookings', { ...lesson, lessonTypeId: nord.lessonTypeId }).expect(201));
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

  it('ask booking rules and holds by index', async () => {
    const nothing = { noticeMinutes: 0, horizonDays: null, arrearsLimit: null, holdMinutes: 30, studentsBook: true };
    await nord.owner.put('/booking-settings', { ...nothing, maxPerDay: 40, maxPerWeek: 190 }).expect(200);
    const { body: type } = await nord.owner.get(`/lesson-types/${nord.lessonTypeId}/booking-rules`).expect(200);
    await nord.owner
      .put(`/lesson-types/${nord.lessonTypeId}/booking-rules`, { ...type, prepayment: 'full' })
      .expect(200);
    const named = { lessonTypeId: nord.lessonTypeId, teacherId: nord.teacher.id, vehicleId: nord.vehicleId };
    const book = () => nord.student.caller.post('/bookings', { ...named, startsAt: '2027-12-13T08:00:00Z' });
    await expectIndexed(() =>
      nord.student.caller.get(`/free-times?lessonTypeId=${nord.lessonTypeId}&${day}`).expect(200),
    );
    await expectIndexed(() => book().expect(201));
    await expectIndexed(() => book().expect(409));
    test.clock.advance({ minutes: 31 });
    await expectIndexed(() => book().expect(201));
    test.clock.advance({ minutes: 31 });
    await expectIndexed(() => test.app.get(ExpireHolds, { strict: false }).run(test.clock.now()));
  });
});
