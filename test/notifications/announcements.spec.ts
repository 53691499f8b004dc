import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import { MarkAddress } from '../../src/modules/notifications/use-cases/mark-address.js';
import { globalQuery } from '../../src/platform/database/query.js';
import type { Id } from '../../src/platform/values/id.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { listen } from '../support/event-listener.js';
import { until } from '../support/until.js';
import { type Person, Stage } from './stage.js';

interface Progress {
  readonly recipients: number;
  readonly waiting: number;
  readonly sending: number;
  readonly sent: number;
  readonly delivered: number;
  readonly failed: number;
  readonly dropped: number;
}

let test: TestApp;
let stage: Stage;
let owner: { token: string };
let students: Person[];

const texts = {
  da: {
    subject: 'Lukket i uge 7',
    text: 'Hej {{ first_name }}\n\n<b>Vi</b> holder lukket.',
    sms: 'Lukket i uge 7, {{ first_name }}.',
  },
  en: {
    subject: 'Closed in week 7',
    text: 'Hi {{ first_name }}\n\nWe are closed.',
    sms: 'Closed in week 7, {{ first_name }}.',
  },
};
const draft = { purpose: 'service', channels: ['email', 'sms'], ...texts };

beforeAll(async () => {
  test = await startTestApp();
  stage = await Stage.open(test, 'opslag');
  owner = await stage.owner();
  students = [await stage.student(), await stage.student(), await stage.student({ phone: null })];
});
beforeEach(() => test.sandbox.reset());
afterAll(() => test.close());

const at = (id: Id | string, path = '') => `announcements/${id}${path}`;
const write = async (body: object = draft): Promise<Id> =>
  (await stage.post(owner, 'announcements', body).expect(201)).body.id;
const confirm = (id: Id, version = 1) => stage.post(owner, at(id, '/confirm'), { version });
const read = async (id: Id) =>
  (await stage.read(owner, at(id)).expect(200)).body as { state: string; version: number; progress: Progress };
const put = (id: Id, body: object) =>
  test.http
    .put(`/v1/schools/${stage.schoolId}/${at(id)}`)
    .set('authorization', `Bearer ${owner.token}`)
    .send(body);
const subjects = (person: Person) => stage.arrivedAt(person).mails.map(({ subject }) => subject);
const addressesOf = (asked: string) =>
  [...test.sandbox.mail.mailbox.values()]
    .filter(({ subject }) => subject === asked)
    .map(({ envelope }) => envelope.to.join());
const total = ({ waiting, sending, sent, delivered, failed, dropped }: Progress) =>
  waiting + sending + sent + delivered + failed + dropped;

describe('an announcement', () => {
  it('is looked at, confirmed and sent to everybody it reaches, each once, in his own words', async () => {
    const id = await write();
    const { body: preview } = await stage.read(owner, at(id, '/preview')).expect(200);
    expect(preview.version).toBe(1);
    expect(preview.channels).toMatchObject([
      { channel: 'email', recipients: 3, segments: null, cost: null, leftOut: { obstacle: 0 } },
      { channel: 'sms', recipients: 2, segments: 2, cost: null, leftOut: { no_number: 1, obstacle: 0 } },
    ]);
    expect(preview.samples[0]).toMatchObject({
      locale: 'da',
      email: { subject: 'Lukket i uge 7', html: expect.stringContaining('&lt;b&gt;Vi&lt;/b&gt;') },
      sms: { text: 'Køreskolen opslag: Lukket i uge 7, Freja.', segments: 1 },
    });
    expect(preview.samples[1]).toMatchObject({ locale: 'en', email: { subject: 'Closed in week 7' } });
    expect(subjects(students[0]!)).toEqual([]);
    await confirm(id).expect(202);
    await test.settle();
    for (const student of students) expect(subjects(student)).toEqual(['Lukket i uge 7']);
    expect(stage.arrivedAt(students[0]!).mails[0]!.text).toContain('Hej Freja\n\n<b>Vi</b> holder lukket.');
    expect(stage.arrivedAt(students[1]!).texts.map(({ body }) => body)).toEqual([
      'Køreskolen opslag: Lukket i uge 7, Freja.',
    ]);
    expect(await read(id)).toMatchObject({ state: 'done', progress: { recipients: 5, sent: 5, waiting: 0 } });
    const { body: log } = await stage.read(owner, `messages?subjectId=${id}`).expect(200);
    expect(log.items).toHaveLength(5);
    const { body: inbox } = await stage.read(students[0]!, 'inbox').expect(200);
    expect(inbox.items).toMatchObject([{ kind: 'announcement', heading: 'Lukket i uge 7', line: null }]);
    await stage.post(owner, at(id, '/cancel')).expect(409);
  });

  it('is confirmed once, in the version that was looked at', async () => {
    const id = await write({ ...draft, channels: ['email'] });
    const changed = await put(id, { ...draft, channels: ['email'], da: { ...texts.da, subject: 'Uge 8' } }).expect(200);
    expect(changed.body).toMatchObject({ version: 2 });
    expect((await confirm(id, 1).expect(409)).body).toMatchObject({ code: 'announcement.changed', version: 2 });
    const answers = await Promise.all([confirm(id, 2), confirm(id, 2), confirm(id, 2)]);
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([202, 409, 409]);
    await test.settle();
    expect(subjects(students[0]!)).toEqual(['Uge 8']);
    expect((await put(id, draft).expect(409)).body).toMatchObject({ code: 'announcement.not_open' });
    await test.http
      .delete(`/v1/schools/${stage.schoolId}/${at(id)}`)
      .set('authorization', `Bearer ${owner.token}`)
      .expect(409);
  });

  it('names what is wrong with it, and is not kept', async () => {
    const refused = async (body: object, status: number, field: string) => {
      const answer = await stage.post(owner, 'announcements', body).expect(status);
      expect(answer.body.errors).toMatchObject([{ field }]);
    };
    const before = (await stage.read(owner, 'announcements').expect(200)).body.items.length;
    await refused({ ...draft, da: { ...texts.da, text: 'Hej {{ password }}' } }, 422, 'da.text');
    await refused({ ...draft, en: { subject: 'Hi', text: 'Hi' } }, 422, 'en.sms');
    await refused({ ...draft, da: null, en: null }, 422, 'da');
    await refused({ ...draft, audience: { teacherId: stage.schoolId } }, 422, 'audience.teacherId');
    await refused({ ...draft, channels: [] }, 400, 'channels');
    expect((await stage.read(owner, 'announcements').expect(200)).body.items).toHaveLength(before);
  });

  it('goes to the group alone that is meant', async () => {
    await stage.book(students[1]!);
    await test.settle();
    const reaches = async (audience: object) => {
      const id = await write({ ...draft, channels: ['email'], audience });
      return (await stage.read(owner, at(id, '/preview')).expect(200)).body.channels[0].recipients as number;
    };
    expect(await reaches({ teacherId: stage.teacher.id })).toBe(1);
    expect(await reaches({ hasUpcomingLesson: true })).toBe(1);
    expect(await reaches({ hasUpcomingLesson: false })).toBe(2);
    expect(await reaches({ licenceClass: 'A' })).toBe(0);
    expect(await reaches({ status: 'completed' })).toBe(0);
    expect(await reaches({ enrolledBefore: '2020-01-01T00:00:00Z' })).toBe(0);
    expect(await reaches({ enrolledFrom: '2020-01-01T00:00:00Z' })).toBe(3);
    const nobody = await write({ ...draft, audience: { licenceClass: 'A' } });
    expect((await confirm(nobody).expect(409)).body).toMatchObject({ code: 'announcement.nobody' });
    expect(await read(nobody)).toMatchObject({ state: 'draft' });
  });

  it('leaves out whose address takes nothing', async () => {
    const student = await stage.student({ email: 'Full.Name@opslag.example' });
    await stage.inside(() =>
      stage.get(MarkAddress).execute({
        channel: 'email',
        address: student.email,
        cause: 'hard_bounce',
        what: 'told',
        at: test.clock.now(),
      }),
    );
    const id = await write({ ...draft, channels: ['email'] });
    const { body } = await stage.read(owner, at(id, '/preview')).expect(200);
    expect(body.channels[0]).toMatchObject({ recipients: 3, leftOut: { obstacle: 1 } });
  });

  it('of marketing reaches those alone who have agreed, and no news whom it does not suit', async () => {
    const consent = { channel: 'email', decision: 'given', source: 'paper', wording: '2026-11' };
    await stage.post(owner, `students/${students[0]!.id}/consents`, consent).expect(201);
    const reach = async (purpose: string) => {
      const id = await write({ ...draft, purpose, channels: ['email'] });
      return (await stage.read(owner, at(id, '/preview')).expect(200)).body.channels[0];
    };
    const before = await reach('service');
    expect(await reach('marketing')).toMatchObject({ recipients: 1, leftOut: { no_consent: before.recipients - 1 } });
    await stage.post(owner, `students/${students[0]!.id}/consents`, { ...consent, decision: 'withdrawn' }).expect(201);
    expect(await reach('marketing')).toMatchObject({ recipients: 0 });
    await test.http
      .put(`/v1/schools/${stage.schoolId}/me/message-preferences`)
      .set('authorization', `Bearer ${students[1]!.token}`)
      .send({ topics: [{ topic: 'news', email: false, sms: true }] })
      .expect(200);
    expect(await reach('service')).toMatchObject({ recipients: before.recipients - 1, leftOut: { opted_out: 1 } });
  });

  it('is another school’s business', async () => {
    const id = await write();
    const elsewhere = await Stage.open(test, 'naboen');
    const stranger = await elsewhere.owner();
    await elsewhere.read(stranger, at(id)).expect(404);
    await elsewhere.read(stranger, at(id, '/preview')).expect(404);
    await elsewhere.post(stranger, at(id, '/confirm'), { version: 1 }).expect(404);
    await elsewhere.post(stranger, at(id, '/cancel')).expect(404);
    await elsewhere
      .post(stranger, 'announcements', { ...draft, audience: { teacherId: stage.teacher.id } })
      .expect(422);
    await stage.post(stage.teacher, at(id, '/confirm'), { version: 1 }).expect(403);
  });
});

describe('an announcement to very many', () => {
  const many = 700;
  // So that there is something left to send when the test comes to it.
  const sendSlowly = () => test.sandbox.faults.add({ system: 'smtp', kind: 'slow', delayMs: 300, times: 1_000_000 });

  beforeAll(() => crowd(many));

  it('is cancelled midway: what has not gone goes to nobody, and the counts are true', async () => {
    const id = await write({ ...draft, channels: ['email'] });
    sendSlowly();
    const { body } = await confirm(id).expect(202);
    const { recipients } = body.progress as Progress;
    expect(recipients).toBeGreaterThanOrEqual(many);
    const stream = await listen(`${test.url}/v1/schools/${stage.schoolId}/${at(id, '/events')}`, owner.token);
    await until(async () => (await read(id)).progress.sent > 20);
    await stage.post(owner, at(id, '/cancel')).expect(200);
    test.sandbox.faults.clear();
    await test.settle(60);
    await until(async () => (await read(id)).progress.sending === 0);
    const { state, progress } = await read(id);
    expect(state).toBe('cancelled');
    const action = 'announcement.cancelled';
    const { body: audit } = await stage.read(owner, `audit-log?action=${action}`).expect(200);
    expect(audit.items).toMatchObject([{ subjectId: id, details: { recipients } }]);
    expect(progress).toMatchObject({
      recipients,
      waiting: 0,
      sending: 0,
      failed: 0,
      sent: addressesOf('Lukket i uge 7').length,
    });
    expect(progress.dropped).toBeGreaterThan(0);
    expect(total(progress)).toBe(recipients);
    await until(() => stream.isOver);
    expect(stream.events.at(-1)).toMatchObject({ name: 'end', data: { state: 'cancelled', progress } });
    expect(await rowsLeft(id)).toBe(0);
    await stage.post(owner, at(id, '/cancel')).expect(409);
  });

  it('lets a confirmation of a lesson pass, and goes on where a killed process left it, to each once', async () => {
    const id = await write({ ...draft, channels: ['email'] });
    sendSlowly();
    await confirm(id).expect(202);
    await test.emptyQueue();
    const student = students[0]!;
    await stage.book(student);
    await until(() => subjects(student).some((subject) => subject.startsWith('Booket')), 60);
    expect((await read(id)).state).toBe('sending');
    test.sandbox.faults.clear();
    await test.emptyQueue();
    await test.settle(120);
    const { state, progress } = await read(id);
    expect(state).toBe('done');
    expect(progress).toMatchObject({ waiting: 0, sending: 0, failed: 0, dropped: 0, sent: progress.recipients });
    const addresses = addressesOf('Lukket i uge 7');
    expect(addresses).toHaveLength(progress.recipients);
    expect(new Set(addresses).size).toBe(progress.recipients);
  });
});

async function rowsLeft(id: Id): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from announcement_recipients where hex(announcement_id) = ${id.replaceAll('-', '').toUpperCase()}`.execute(
    globalQuery<object>(test.em.fork()),
  );
  return rows[0]!.count;
}

/** Students like the first one, without going through enrolment. */
async function crowd(count: number): Promise<void> {
  const db = globalQuery<object>(test.em.fork());
  const numbers = sql.raw(
    `(select a.n + 10 * b.n + 100 * c.n + 1000 * d.n as n from ${'abcd'
      .split('')
      .map((name) => `(${Array.from({ length: 10 }, (_, n) => `select ${n} as n`).join(' union all ')}) ${name}`)
      .join(', ')})`,
  );
  const hexOf = (id: Id) => id.replaceAll('-', '').toUpperCase();
  const [like] = students;
  await sql`insert into users (id, email, password_hash, name, phone, locale, platform_admin, created_at)
    select unhex(concat('0198aaaaaaaa7000', lpad(hex(n), 16, '8000000000000000'))), concat('n', n, '@mange.example'), null, name, null, locale, 0, created_at
    from users join ${numbers} numbers on n < ${count} where hex(users.id) = ${hexOf(like!.userId)}`.execute(db);
  await sql`insert into resources (id, kind) select 1000000 + n, 'person' from ${numbers} numbers where n < ${count}`.execute(
    db,
  );
  await sql`insert into school_resources (school_id, resource_id)
    select unhex(${hexOf(stage.schoolId)}), 1000000 + n from ${numbers} numbers where n < ${count}`.execute(db);
  const { rows } = await sql<{ Field: string }>`show columns from students`.execute(db);
  const columns = rows.map(({ Field }) => Field);
  const made: Record<string, string> = {
    id: "unhex(concat('0198bbbbbbbb7000', lpad(hex(n), 16, '8000000000000000')))",
    user_id: "unhex(concat('0198aaaaaaaa7000', lpad(hex(n), 16, '8000000000000000')))",
    email: "concat('n', n, '@mange.example')",
    resource_id: '1000000 + n',
    phone: 'null',
  };
  await sql`insert into students (${sql.raw(columns.join(', '))})
    select ${sql.raw(columns.map((name) => made[name] ?? `students.${name}`).join(', '))}
    from students join ${numbers} numbers on n < ${count} where hex(students.id) = ${hexOf(like!.id)}`.execute(db);
}
