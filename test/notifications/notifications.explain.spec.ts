import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { RequestContext } from '@mikro-orm/core';
import { createConnection, type Connection } from 'mysql2/promise';
import { ForgetInboxes } from '../../src/modules/notifications/inbox/jobs/forget-inboxes.js';
import { RemindersSchedule } from '../../src/modules/notifications/jobs/reminders.schedule.js';
import { TeacherDigestsSchedule } from '../../src/modules/notifications/jobs/teacher-digests.schedule.js';
import { idToBytes, newId, newIdAt } from '../../src/platform/values/id.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { plansOf, statementsOf } from '../support/statements.js';
import { openTestSchool, type TestSchool } from '../support/test-school.js';

const ROWS = 10_000;
const hot = [
  'bookings',
  'class_sessions',
  'class_attendances',
  'exams',
  'reminders',
  'inbox_items',
  'messages',
  'it',
  'mark',
  'seat',
];

let test: TestApp;
let nord: TestSchool;
let syd: TestSchool;
let direct: Connection;

beforeAll(async () => {
  test = await startTestApp({ jobs: false });
  test.clock.set('2026-11-20T18:30:00Z');
  [nord, syd] = [await openTestSchool(test, 'nord'), await openTestSchool(test, 'syd')];
  direct = await createConnection({ uri: test.databaseUrl, multipleStatements: true });
  await fill();
});
afterAll(async () => {
  await direct.end();
  await test.close();
});

const bookingColumns = `id, school_id, student_id, teacher_id, vehicle_id, lesson_type_id, starts_at, ends_at, setup_minutes, buffer_minutes,
  state, price_minor, currency, vat_rate_bp, cancel_by, late_fee_minor, fee_minor, version, created_by, created_at`;
const examColumns = `id, school_id, student_id, kind, licence_class, starts_at, ends_at, setup_minutes, buffer_minutes, place, teacher_id,
  vehicle_id, state, cancel_by, deadline_told, fee_minor, currency, fee_status, version, created_by, created_at`;

/** Years of lessons and exams, and a full inbox, straight into the tables. */
async function fill(): Promise<void> {
  const { id, student, teacher, vehicleId, lessonTypeId } = nord;
  const [school, learner, instructor, vehicle, type] = [id, student.id, teacher.id, vehicleId, lessonTypeId].map(
    idToBytes,
  );
  const start = Date.parse('2025-01-01T07:00:00Z');
  const times = Array.from({ length: ROWS }, (_, i) => new Date(start + i * 2 * 3_600_000));
  const end = (at: Date) => new Date(at.getTime() + 2_700_000);
  const id16 = () => idToBytes(newId());
  const lessons = times.map((at) => {
    const who = [id16(), school, learner, instructor, vehicle, type];
    return [...who, at, end(at), 0, 0, 'booked', 65_000, 'DKK', 2500, at, 0, 0, 1, school, times[0]];
  });
  await direct.query(`INSERT INTO bookings (${bookingColumns}) VALUES ?`, [lessons]);
  const exams = times.map((at) => {
    const what = [id16(), school, learner, 'practical', 'B', at, end(at), 0, 0, 'Herlev', instructor, vehicle];
    return [...what, 'failed', at, 0, 63_000, 'DKK', 'paid', 1, school, times[0]];
  });
  await direct.query(`INSERT INTO exams (${examColumns}) VALUES ?`, [exams]);
  await fillClasses(times);
  const people = [idToBytes(student.caller.userId), ...Array.from({ length: 20 }, id16)];
  const items = times.map((at, i) => {
    const item = id16();
    return [item, school, people[i % 21], 'lesson_booked', lessons[i]![0], '{}', `x${i}`, at, i % 3 ? at : null];
  });
  const itemColumns = 'id, school_id, user_id, kind, subject_id, params, dedupe_key, created_at, read_at';
  await direct.query(`INSERT INTO inbox_items (${itemColumns}) VALUES ?`, [items]);
  await fillMessages(times);
  await direct.query('ANALYZE TABLE bookings, exams, class_sessions, class_attendances, inbox_items, messages');
}

/** Every other message is another school's. */
async function fillMessages(times: readonly Date[]): Promise<void> {
  const [school, other] = [idToBytes(nord.id), idToBytes(syd.id)];
  const messages = times.map((at, i) => {
    const id = newIdAt(at);
    const what = [idToBytes(id), i % 2 ? school : other, school, i % 3 ? 'sms' : 'email', 'lesson_reminder', school];
    return [...what, '{}', id, 'sent', 'twilio', id, 1, 240_000, 'DKK', 1, at, at];
  });
  const columns = `id, school_id, user_id, channel, kind, subject_id, params, dedupe_key, state, provider, provider_ref, segments,
    cost_micros, cost_currency, attempts, created_at, closed_at`;
  await direct.query(`INSERT INTO messages (${columns}) VALUES ?`, [messages]);
}

async function fillClasses(times: readonly Date[]): Promise<void> {
  const plan = {
    name: 'Teori B',
    licenceClass: 'B',
    sessions: [{ topic: 'Teori 1', minutes: 90 }],
    weekly: [{ weekday: 2, time: '18:00' }],
    capacity: 5,
    price: { amount: 10_000, currency: 'DKK' },
    vatRateBp: 2500,
  };
  const { body: planned } = await nord.owner.post('/course-plans', plan).expect(201);
  const wish = { planId: planned.id, teacherId: nord.teacher.id, startsOn: '2026-12-01' };
  const { body: course } = await nord.owner.post('/courses', wish).expect(201);
  const [school, courseId, teacher, student] = [nord.id, course.id, nord.teacher.id, nord.student.id].map(idToBytes);
  const sessions = times.map((at, i) => {
    const ends = new Date(at.getTime() + 5_400_000);
    return [idToBytes(newId()), school, courseId, i + 10, 'Teori', at, ends, teacher, 0, 'planned'];
  });
  const columns = 'id, school_id, course_id, number, topic, starts_at, ends_at, teacher_id, room_place, state';
  await direct.query(`INSERT INTO class_sessions (${columns}) VALUES ?`, [sessions]);
  const seats = sessions.map(([id], i) => [idToBytes(newId()), school, id, student, 'expected', times[i]]);
  const seatColumns = 'id, school_id, session_id, student_id, state, starts_at';
  await direct.query(`INSERT INTO class_attendances (${seatColumns}) VALUES ?`, [seats]);
}

async function expectIndexed(work: () => Promise<unknown>, tables: RegExp): Promise<void> {
  const statements = await statementsOf(work);
  const plans = await plansOf(
    direct,
    statements.filter(({ sql }) => tables.test(sql)),
  );
  expect(plans.length).toBeGreaterThan(0);
  for (const { sql, plan } of plans) {
    for (const { table, type, key, rows, Extra } of plan.filter((row) => hot.includes(row.table))) {
      const found = { sql, table, type, key, rows, Extra };
      const isGood = type !== 'ALL' && type !== 'index' && key !== null && rows < ROWS / 4;
      expect({ ...found, isGood }).toEqual({ ...found, isGood: true });
    }
  }
}

describe('what falls due is found by an index', () => {
  it('for reminders of every kind', async () => {
    const reminders = test.app.get(RemindersSchedule, { strict: false });
    const run = () => RequestContext.create(test.em, () => reminders.remind(test.clock.now()));
    await expectIndexed(run, /FROM (bookings|class_sessions|exams) AS it/);
  });

  it('for the lists of teachers', async () => {
    const digests = test.app.get(TeacherDigestsSchedule, { strict: false });
    await expectIndexed(() => RequestContext.create(test.em, () => digests.send(test.clock.now())), /bookings|exams/);
  });

  it('for what is forgotten', async () => {
    const inboxes = test.app.get(ForgetInboxes, { strict: false });
    const forget = () => RequestContext.create(test.em, () => inboxes.forget(test.clock.now()));
    await expectIndexed(forget, /inbox_items|reminders/);
  });
});

describe('an inbox is read by an index', () => {
  it.each(['?limit=50', '?limit=50&unread=true', '/summary'])('at %s', async (path) => {
    await expectIndexed(() => nord.student.caller.get(`/inbox${path}`).expect(200), /inbox_items|bookings/);
  });
});

it('what messages cost is summed over the days that are asked for, by an index', async () => {
  const period = 'from=2026-03-01&until=2026-05-31';
  await expectIndexed(() => nord.owner.get(`/messages/usage?${period}`).expect(200), /FROM .?messages/i);
});
