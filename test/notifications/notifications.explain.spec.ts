import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { RequestContext } from '@mikro-orm/core';
import { createConnection, type Connection } from 'mysql2/promise';
import { ForgetInboxes } from '../../src/modules/notifications/inbox/jobs/forget-inboxes.js';
import { RemindersSchedule } from '../../src/modules/notifications/jobs/reminders.schedule.js';
import { TeacherDigestsSchedule } from '../../src/modules/notifications/jobs/teacher-digests.schedule.js';
import { WebhookDues } from '../../src/modules/outgoing-webhooks/queries/webhook-dues.js';
import { Listings } from '../../src/modules/schools/index.js';
import { DueLeads } from '../../src/modules/students/leads/queries/due-leads.js';
import { encodeCursor } from '../../src/platform/http/paging.js';
import { acrossSchools } from '../../src/platform/tenancy/tenancy.js';
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
  'leads',
  'listing_changes',
  'school_listings',
  'webhook_messages',
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
  await fillLeads(times);
  await fillWebhooks(times);
  await direct.query(
    'ANALYZE TABLE bookings, exams, class_sessions, class_attendances, inbox_items, messages, leads, webhook_messages',
  );
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

/** Every other lead is another school's, and most are closed. */
async function fillLeads(times: readonly Date[]): Promise<void> {
  const schools = [nord, syd].map(({ id }) => idToBytes(id));
  const leads = times.map((at, i) => {
    const id = newIdAt(at);
    const what = [
      idToBytes(id),
      schools[i % 2],
      i % 3 ? 'phone' : 'findkoreskole',
      id,
      'enquiry',
      'Ida Bro',
      `${id}@lead.example`,
    ];
    const later = new Date(at.getTime() + 86_400_000 * 365 * 2);
    return [...what, i % 20 ? 'rejected' : 'new', 1, at, i % 20 ? null : later, 0, later];
  });
  const columns = `id, school_id, source, external_id, kind, name, email, state, revision, received_at, escalate_at, reported_revision,
    forget_at`;
  await direct.query(`INSERT INTO leads (${columns}) VALUES ?`, [leads]);
}

/** The log of one endpoint, of which some is to be tried again later, and nothing now. */
async function fillWebhooks(times: readonly Date[]): Promise<void> {
  const asked = { url: `${test.sandbox.url}/receiver/explain`, eventTypes: ['student.left'] };
  const { body } = await nord.owner.post('/webhook-endpoints', asked).expect(201);
  const [school, endpoint] = [nord.id, body.id].map(idToBytes);
  const messages = times.map((at, i) => {
    const what = [idToBytes(newIdAt(at)), school, endpoint, idToBytes(newId()), 'student.left', '{}'];
    const due = new Date('2027-06-01T00:00:00Z');
    return [...what, i % 100 ? 'delivered' : 'queued', 1, 1, due, at, at, i % 100 ? at : null];
  });
  const columns = `id, school_id, endpoint_id, event_id, type, payload, state, attempts, tries, due_at, created_at, queued_at, closed_at`;
  await direct.query(`INSERT INTO webhook_messages (${columns}) VALUES ?`, [messages]);
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

/** @param most rows of one table; of a page they are all that it begins, whatever its limit */
async function expectIndexed(work: () => Promise<unknown>, tables: RegExp, most = ROWS / 4): Promise<void> {
  const statements = await statementsOf(work);
  const plans = await plansOf(
    direct,
    statements.filter(({ sql }) => tables.test(sql)),
  );
  expect(plans.length).toBeGreaterThan(0);
  for (const { sql, plan } of plans) {
    for (const { table, type, key, rows, Extra } of plan.filter((row) => hot.includes(row.table))) {
      const found = { sql, table, type, key, rows, Extra };
      const isGood = type !== 'ALL' && type !== 'index' && key !== null && rows < most;
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

  it('for webhooks', async () => {
    const dues = test.app.get(WebhookDues, { strict: false });
    await expectIndexed(() => across(() => dues.due(500)), /webhook_messages/);
  });

  it('for leads', async () => {
    const dues = test.app.get(DueLeads, { strict: false });
    for (const due of [() => dues.toEscalate(test.clock.now()), () => dues.toForget(test.clock.now())])
      await expectIndexed(() => across(due), /leads/);
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

/** By an index that has the page's order. */
async function expectInOrder(work: () => Promise<unknown>, tables: RegExp): Promise<void> {
  await expectIndexed(work, tables, ROWS);
  const plans = await plansOf(
    direct,
    (await statementsOf(work)).filter(({ sql }) => tables.test(sql)),
  );
  expect(plans.flatMap(({ plan }) => plan.map(({ Extra }) => Extra)).join()).not.toMatch(/filesort|temporary/i);
}

describe('a list is read by an index', () => {
  it.each(['', '?state=new', '?source=findkoreskole', '?state=new&sort=receivedAt'])('of leads: %s', async (query) => {
    await expectInOrder(() => nord.owner.get(`/leads${query}`).expect(200), /leads/);
  });

  it.each(['', '?state=queued', '?from=2027-01-01T00:00:00Z'])('of what was sent by webhooks: %s', async (query) => {
    await expectInOrder(() => nord.owner.get(`/webhook-deliveries${query}`).expect(200), /webhook_messages/);
  });
});

describe('what happened', () => {
  it('is read on from a cursor by an index, among many schools of several directories', async () => {
    await fillListings();
    const listings = test.app.get(Listings, { strict: false });
    const cursor = encodeCursor({ position: 5_500 });
    const read = () => RequestContext.create(test.em, () => listings.changes('findkoreskole', { limit: 50, cursor }));
    await expectIndexed(read, /listing_changes/);
  });
});

const across = <T>(work: () => Promise<T>) => RequestContext.create(test.em, () => acrossSchools('a test', work));

/** Of directories that there are not yet, but for a few. */
async function fillListings(): Promise<void> {
  const rows = Array.from({ length: ROWS }, (_, i) => {
    const directory = i % 2 ? `directory${i % 5}` : 'findkoreskole';
    return [directory, idToBytes(newId()), i, i, new Date()];
  });
  await direct.query('SET FOREIGN_KEY_CHECKS = 0');
  await direct.query(
    'INSERT INTO listing_changes (directory, school_id, position, announced_position, changed_at) VALUES ?',
    [rows],
  );
  await direct.query('SET FOREIGN_KEY_CHECKS = 1');
  await direct.query('ANALYZE TABLE listing_changes');
}

it('what messages cost is summed over the days that are asked for, by an index', async () => {
  const period = 'from=2026-03-01&until=2026-05-31';
  await expectIndexed(() => nord.owner.get(`/messages/usage?${period}`).expect(200), /FROM .?messages/i);
});
