import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { RequestContext } from '@mikro-orm/core';
import { createConnection, type Connection } from 'mysql2/promise';
import { ExamDeadlines } from '../../src/modules/bookings/exams/jobs/exam-deadlines.js';
import { idToBytes, newId } from '../../src/platform/values/id.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { plansOf, statementsOf } from '../support/statements.js';
import { openTestSchool, type TestSchool } from '../support/test-school.js';

const EXAMS = 10_000;

let test: TestApp;
let nord: TestSchool;
let direct: Connection;

beforeAll(async () => {
  test = await startTestApp({ jobs: false });
  test.clock.set('2026-11-20T08:00:00Z');
  nord = await openTestSchool(test, 'nord');
  direct = await createConnection({ uri: test.databaseUrl, multipleStatements: true });
  await fill();
});
afterAll(async () => {
  await direct.end();
  await test.close();
});

const columns = `id, school_id, student_id, kind, licence_class, starts_at, ends_at, setup_minutes, buffer_minutes, place, teacher_id,
  vehicle_id, state, cancel_by, deadline_told, fee_minor, currency, fee_status, version, created_by, created_at`;

/** Years of exams, straight into the table. */
async function fill(): Promise<void> {
  const others = await Promise.all(Array.from({ length: 9 }, (_, i) => nord.enrol(`s${i}@nord.example`)));
  const students = [nord.student.id, ...others.map(({ id }) => id)].map(idToBytes);
  const [school, teacher, vehicle] = [nord.id, nord.teacher.id, nord.vehicleId].map(idToBytes);
  const start = Date.parse('2024-01-01T07:00:00Z');
  const exams = Array.from({ length: EXAMS }, (_, i) => {
    const at = new Date(start + i * 3 * 3_600_000);
    const whose = [idToBytes(newId()), school, students[i % 10], 'practical', 'B'];
    const time = [at, new Date(at.getTime() + 2_700_000), 0, 0, 'Herlev', teacher, vehicle];
    const rest = ['failed', at, 0, 63_000, 'DKK', 'paid', 1, school, at];
    return [...whose, ...time, ...rest];
  });
  await direct.query(`INSERT INTO exams (${columns}) VALUES ?`, [exams]);
  await direct.query('ANALYZE TABLE exams');
}

async function expectIndexed(work: () => Promise<unknown>): Promise<void> {
  const statements = await statementsOf(work);
  const plans = await plansOf(
    direct,
    statements.filter(({ sql }) => /exams/.test(sql)),
  );
  expect(plans.length).toBeGreaterThan(0);
  for (const { sql, plan } of plans) {
    for (const { table, type, key, rows, Extra } of plan.filter((row) => row.table === 'exams')) {
      const found = { sql, table, type, key, rows, Extra };
      const isGood = type !== 'ALL' && type !== 'index' && key !== null && rows < EXAMS / 5;
      expect({ ...found, isGood }).toEqual({ ...found, isGood: true });
    }
    expect(`${plan.map(({ Extra }) => Extra).join()} in ${sql}`).not.toMatch(/filesort|temporary/i);
  }
}

describe('reads of exams', () => {
  const days = 'from=2026-12-01&until=2027-01-01';

  it.each([
    ['the school’s', () => ''],
    ['a teacher’s', () => `&teacherId=${nord.teacher.id}`],
    ['a student’s', () => `&studentId=${nord.student.id}`],
    ['by what is paid', () => '&feeStatus=paid&state=failed'],
  ])('go by an index: %s', async (_name, filter) => {
    await expectIndexed(() => nord.owner.get(`/exams?${days}${filter()}`).expect(200));
  });

  it('go by an index where one is planned after others, and moved', async () => {
    const exam = { studentId: nord.student.id, kind: 'practical', teacherId: nord.teacher.id, place: 'Herlev' };
    let id = '';
    await expectIndexed(async () => {
      const { body } = await nord.owner.post('/exams', { ...exam, startsAt: '2027-11-10T09:00:00Z', minutes: 45 });
      id = body.id;
    });
    expect(id).not.toBe('');
    await expectIndexed(() => nord.owner.post(`/exams/${id}/move`, { startsAt: '2027-11-11T09:00:00Z' }).expect(200));
  });

  it('go by an index where deadlines come near', async () => {
    const deadlines = test.app.get(ExamDeadlines, { strict: false });
    await expectIndexed(() => RequestContext.create(test.em, () => deadlines.tell(test.clock.now())));
  });
});
