import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import { webhookHeaders } from '../../sandbox/e-teori/e-teori-signature.js';
import { SANDBOX_CREDENTIALS } from '../../sandbox/sandbox.js';
import { ReadTheoryCatalogue } from '../../src/modules/education/jobs/read-theory-catalogue.js';
import { ReadTheoryReports } from '../../src/modules/education/jobs/read-theory-reports.js';
import { SettleTheoryLinks } from '../../src/modules/education/jobs/settle-theory-links.js';
import { TheoryPlatform } from '../../src/modules/education/ports/theory-platform.js';
import { RecordTheoryAnswer } from '../../src/modules/education/use-cases/record-theory-answer.js';
import { bin, globalQuery } from '../../src/platform/database/query.js';
import { newId, type Id } from '../../src/platform/values/id.js';
import { Verification } from '../../src/platform/verification/verification.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { openTestSchool, type Caller, type TestSchool } from '../support/test-school.js';
import { until } from '../support/until.js';
import { fiveTimesShuffled } from './webhook-storm.js';

const minutes = 60_000;
const account = 'ks-1042';
const on = { enabled: true, linkOnEnrolment: false, accountNumber: account };
/** Repeats of webhooks in a storm; more where it is looked for. */
const storm = Number(process.env['THEORY_STORM'] ?? 10);

let test: TestApp;
let nord: TestSchool;
let syd: TestSchool;
let people = 0;
const randomLinkId = newId();

beforeAll(async () => {
  test = await startTestApp({ env: { PROVIDER_PAUSE_SECONDS: '1', ETEORI_TIMEOUT_MS: '2000' } });
  // The tests say when.
  await sql`UPDATE schedules SET next_run_at = '2100-01-01' WHERE name LIKE 'education.%'`.execute(db());
  nord = await openTestSchool(test, 'nord');
  syd = await openTestSchool(test, 'syd');
});
afterAll(() => test?.close());
afterEach(async () => {
  test.sandbox.faults.clear();
  test.sandbox.eteori.clockSkewMs = 0;
  const verdicts = await nord.run(() => test.app.get(Verification, { strict: false }).ofSchool(nord.id));
  expect(verdicts.flatMap(({ findings }) => findings)).toEqual([]);
  const dead = await sql`SELECT handler, last_error FROM outbox_deliveries WHERE state = 'dead'`.execute(db());
  expect(dead.rows).toEqual([]);
});

const db = () => globalQuery<object>(test.em);
const eteori = () => test.sandbox.eteori;
const configure = (change: object = {}) => nord.owner.put('/theory-settings', { ...on, ...change }).expect(200);
const theory = async (id: Id, caller: Caller = nord.owner) =>
  (await caller.get(`/students/${id}/theory`).expect(200)).body;
const link = (id: Id) => nord.owner.post(`/students/${id}/theory-link`).expect(202);

/** As a worker does so much later; the callers' clock stands still, or their tokens would be over. */
async function later(after: number, work: (now: Date) => Promise<void>): Promise<void> {
  const now = test.clock.now();
  test.clock.set(new Date(now.getTime() + after).toISOString());
  await work(test.clock.now()).finally(() => test.clock.set(now.toISOString()));
}
const tryAgain = (after: number) =>
  later(after, async (now) => {
    await test.app.get(SettleTheoryLinks, { strict: false }).again(now);
    await test.settle();
  });
const readReports = (after: number) =>
  later(after, (now) => test.app.get(ReadTheoryReports, { strict: false }).run(now));

interface LinkRow {
  readonly id: Id;
  readonly state: string;
  readonly attempts: number;
  readonly version: number;
  readonly next_try_at: Date | null;
}
async function rowOf(studentId: Id): Promise<LinkRow> {
  const { rows } = await sql<LinkRow>`SELECT id, state, attempts, version, next_try_at FROM theory_links
    WHERE student_id = ${bin(studentId)} ORDER BY id DESC LIMIT 1`.execute(db());
  return rows[0]!;
}

async function somebody(overrides: object = {}) {
  const email = `theory${++people}@nord.example`;
  return { email, ...(await nord.enrol(email, overrides)) };
}

async function linked() {
  const student = await somebody();
  await link(student.id);
  await test.settle();
  return { ...student, linkId: (await rowOf(student.id)).id };
}

/** What e-teori.dk would say of him now. */
function stands(linkId: Id) {
  const known = eteori().students;
  const report = known.report(known.links.get(linkId)!)!;
  const { lessonsRead, lessonsTotal, tests } = report;
  return {
    lessonsRead,
    lessonsTotal,
    testsTaken: tests.length,
    testsPassed: tests.filter((each) => each.passed).length,
  };
}

const posted = (body: string, eventId: string, at?: Date) => {
  const url = new URL('/webhooks/e-teori', test.url);
  const headers = webhookHeaders(body, eventId, url, SANDBOX_CREDENTIALS.eteoriWebhookSecret, at);
  return () => fetch(url, { method: 'POST', body, headers: { ...headers, 'content-type': 'application/json' } });
};
async function kept(eventId: string): Promise<string[]> {
  const { rows } = await sql<{ state: string }>`SELECT state FROM webhook_events
    WHERE provider = 'e-teori' AND event_key = ${eventId}`.execute(db());
  return rows.map(({ state }) => state);
}

describe('a school', () => {
  it('uses the platform once it has turned it on, with an account of its own', async () => {
    const off = { enabled: false, linkOnEnrolment: false, accountNumber: null };
    expect((await nord.owner.get('/theory-settings').expect(200)).body).toEqual(off);
    const { id } = await somebody();
    const early = await nord.owner.post(`/students/${id}/theory-link`).expect(409);
    expect(early.body.code).toBe('theory.not_enabled');
    const { body } = await nord.owner.put('/theory-settings', { ...on, accountNumber: null }).expect(422);
    expect(body.code).toBe('theory.account_needed');
    expect((await configure()).body).toEqual(on);
    expect((await syd.owner.put('/theory-settings', on).expect(409)).body.code).toBe('theory.account_taken');
    await syd.owner.put('/theory-settings', { ...on, accountNumber: 'ks-77' }).expect(200);
  });

  it('has a catalogue to show', async () => {
    await test.app.get(ReadTheoryCatalogue, { strict: false }).run(test.clock.now());
    const { body } = await nord.student.caller.get('/theory-catalogue').expect(200);
    expect(body).toMatchObject({ readAt: expect.any(String), lessons: expect.any(Array) });
    expect([body.lessons.length, body.tests.length]).toEqual([8, 3]);
  });
});

describe('a student', () => {
  it('is linked when he enrols where the school wishes it, and told the way to his login', async () => {
    await configure({ linkOnEnrolment: true });
    const { id, email, caller } = await somebody();
    await test.settle();
    await configure();
    const { id: linkId } = await rowOf(id);
    const activationUrl = `${test.sandbox.url}/e-teori/${linkId}`;
    expect(await theory(id, caller)).toMatchObject({ state: 'linked', activationUrl, problem: null, tests: [] });
    expect((await theory(id)).activationUrl).toBe(activationUrl);
    await until(async () => [...test.sandbox.mail.mailbox.values()].some(({ text }) => text?.includes(activationUrl)));
    const { rows } = await sql`SELECT * FROM theory_links WHERE id = ${bin(linkId)}`.execute(db());
    expect(JSON.stringify(rows)).not.toContain('/e-teori/');
    expect(eteori().students.links.get(linkId)!.student).toMatchObject({ email });
    const other = await somebody();
    await other.caller.get(`/students/${id}/theory`).expect(404);
    await syd.owner.get(`/students/${id}/theory`).expect(404);
    await syd.owner.post(`/students/${id}/theory-link`).expect(404);
    await syd.owner.delete(`/students/${id}/theory-link`).expect(404);
    const { body: key } = await nord.owner.post('/api-keys', { name: 'Program', scopes: ['theory.read'] }).expect(201);
    const asProgram = await test.http
      .get(`/v1/schools/${nord.id}/students/${id}/theory`)
      .set('authorization', `Bearer ${key.secret}`)
      .expect(200);
    expect(asProgram.body).toMatchObject({ state: 'linked', activationUrl: null });
  });

  it('is linked once, however many ask at once', async () => {
    const { id } = await somebody();
    await Promise.all(Array.from({ length: 5 }, () => link(id)));
    await test.settle();
    const { rows } = await sql`SELECT id FROM theory_links WHERE student_id = ${bin(id)}`.execute(db());
    expect(rows).toHaveLength(1);
    expect((await theory(id)).state).toBe('linked');
  });

  it('is linked once when the platform acted and nobody heard of it, or a worker was killed', async () => {
    const [silent, killed] = [await somebody(), await somebody()];
    test.sandbox.faults.add({
      system: 'e-teori',
      operation: 'links.put',
      kind: 'timeout_after_acting',
      times: 3,
      delayMs: 20,
    });
    await link(silent.id);
    await test.settle();
    expect(await theory(silent.id)).toMatchObject({
      state: 'waiting',
      problem: expect.any(String),
      activationUrl: null,
    });
    // The breaker has counted three failures, and nothing else shall.
    test.sandbox.faults.clear();
    const answers = test.app.get(RecordTheoryAnswer, { strict: false });
    const before = await rowOf(silent.id);
    expect(before).toMatchObject({ state: 'waiting', attempts: 1 });
    await tryAgain(2 * minutes);
    expect(await rowOf(silent.id)).toMatchObject({ id: before.id, state: 'linked' });

    // Noted, asked, and gone before the answer was kept.
    await sql`INSERT INTO theory_links (id, school_id, student_id, provider, account_ref, state, standing, requested_at, next_try_at)
      SELECT ${bin(randomLinkId)}, school_id, id, 'e-teori', ${account}, 'waiting', 1, ${test.clock.now()}, ${test.clock.now()}
      FROM students WHERE id = ${bin(killed.id)}`.execute(db());
    const attempt = await nord.run(() => answers.begin(randomLinkId));
    expect(attempt).toMatchObject({ wish: 'link', isFirst: true });
    eteori().students.open(account, randomLinkId, { email: killed.email, name: 'Freja' });
    await tryAgain(1 * minutes);
    expect(await rowOf(killed.id)).toMatchObject({ state: 'waiting', attempts: 1 });
    await tryAgain(6 * minutes);
    expect(await rowOf(killed.id)).toMatchObject({ state: 'linked' });
    const links = [...eteori().students.links.values()];
    for (const { email } of [silent, killed])
      expect(links.filter(({ student }) => student?.email === email)).toHaveLength(1);
  });

  it('waits for as long as the platform wishes to be left alone', async () => {
    test.sandbox.faults.add({ system: 'e-teori', operation: 'links.put', kind: 'rate_limited' });
    const { id } = await somebody();
    await link(id);
    await test.settle();
    const { next_try_at: next } = await rowOf(id);
    expect(next!.getTime() - test.clock.now().getTime()).toBeGreaterThanOrEqual(30_000);
    // The catalogue is told again once its circuit is closed, and costs the link no attempt.
    const platform = test.app.get(TheoryPlatform, { strict: false });
    await until(async () => (await platform.catalogue()).outcome === 'read');
    await tryAgain(next!.getTime() - test.clock.now().getTime());
    expect(await rowOf(id)).toMatchObject({ state: 'linked' });
  });

  it('whom the platform refuses is shown to staff, and asked for again when they wish', async () => {
    const { id, caller } = await nord.enrol('refused@nord.example');
    await link(id);
    await test.settle();
    expect(await theory(id)).toMatchObject({ state: 'failed', problem: 'email_refused' });
    expect((await theory(id, caller)).problem).toBeNull();
    const { body } = await nord.teacher.caller.get('/theory-progress?state=failed').expect(200);
    expect(body.items).toMatchObject([{ studentId: id, state: 'failed' }]);
    await link(id);
    expect((await theory(id)).state).toBe('waiting');
    await test.settle();
    await nord.owner.delete(`/students/${id}/theory-link`).expect(204);
    await test.settle();
  });
});

describe('progress', () => {
  it('is heard of as it happens, and shown to student and teacher', async () => {
    const { id, linkId, caller } = await linked();
    await eteori().activate(linkId);
    await eteori().readLesson(linkId);
    await eteori().takeTest(linkId, 12);
    await eteori().takeTest(linkId, 24);
    await test.settle();
    expect(await theory(id, caller)).toMatchObject({
      activationUrl: null,
      progress: { ...stands(linkId), percent: 12, bestPercent: 96, lastPercent: 96, completedAt: null },
      tests: [
        { testRef: 'proeve-2', score: 24, maxScore: 25, passed: true },
        { testRef: 'proeve-1', score: 12, passed: false },
      ],
    });
    const { body } = await nord.teacher.caller.get('/theory-progress?completed=false&sort=-percent').expect(200);
    expect(body.items[0]).toMatchObject({ studentId: id, studentName: expect.any(String), percent: 12, testsTaken: 2 });
    expect((await syd.owner.get('/theory-progress').expect(200)).body.items).toEqual([]);
    await caller.get('/theory-progress').expect(403);
  });

  it('of somebody who was there before is known at once', async () => {
    const first = await linked();
    await eteori().readLesson(first.linkId);
    await test.settle();
    await nord.owner.delete(`/students/${first.id}/theory-link`).expect(204);
    await test.settle();
    await link(first.id);
    await test.settle();
    expect(await theory(first.id)).toMatchObject({ state: 'linked', progress: { lessonsRead: 1 } });
  });

  it('ends where the platform is, through a storm of webhooks: held, doubled, turned round, sent again', async () => {
    const { id, linkId } = await linked();
    const { faults } = test.sandbox;
    faults.add({ system: 'e-teori', operation: 'progress.updated', kind: 'webhook_hold', times: 6 });
    await eteori().activate(linkId);
    for (let lesson = 0; lesson < 5; lesson++) await eteori().readLesson(linkId);
    faults.add({
      system: 'e-teori',
      operation: 'progress.updated',
      kind: 'webhook_duplicate',
      times: 4,
      copies: storm,
    });
    for (const score of [25, 3, 21]) await eteori().takeTest(linkId, score);
    await eteori().readLesson(linkId);
    await eteori().webhooks.release();
    await test.settle();
    const inOrder = await theory(id);
    expect(inOrder.progress).toMatchObject({ ...stands(linkId), bestPercent: 100, lastPercent: 84 });
    const told = eteori()
      .webhooks.log()
      .filter(({ event }) => event.report.reference === linkId);
    expect(told).toHaveLength(10);
    // The oldest last, and five times in any order three days later: none of it is news.
    for (const { id: delivery } of told) await eteori().webhooks.resend(delivery);
    await later(72 * 60 * minutes, async () => {
      for (const { id: delivery } of fiveTimesShuffled(told)) await eteori().webhooks.resend(delivery);
      await test.settle();
    });
    await test.settle();
    expect(await theory(id)).toEqual(inOrder);
    const { rows } =
      await sql`SELECT id FROM webhook_events WHERE provider = 'e-teori' AND body LIKE ${`%${linkId}%`}`.execute(db());
    expect(rows).toHaveLength(10);
  });

  it.each([-10, 10])('is believed when clocks are %i minutes apart', async (apart) => {
    eteori().clockSkewMs = apart * minutes;
    const { id, linkId } = await linked();
    await eteori().readLesson(linkId);
    await test.settle();
    expect((await theory(id)).progress).toMatchObject({ lessonsRead: 1 });
  });

  it('comes in once by the same signature, and not at all by another’s or an old one', async () => {
    const { id, linkId } = await linked();
    const known = eteori().students;
    const student = known.links.get(linkId)!.student!;
    known.readLesson(student);
    const report = known.report(known.links.get(linkId)!)!;
    const [eventId, body] = [
      randomUUID(),
      JSON.stringify({ eventId: '', type: 'progress.updated', accountId: account, report }),
    ];
    const send = posted(body, eventId);
    const answers = await Promise.all(Array.from({ length: storm }, () => send()));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([204]));
    await test.settle();
    expect(await kept(eventId)).toEqual(['processed']);
    // In between more has happened, and the old message is played again.
    await eteori().readLesson(linkId);
    await test.settle();
    await send();
    await test.settle();
    expect((await theory(id)).progress).toMatchObject({ lessonsRead: 2 });
    const old = new Date(Date.now() - 16 * minutes);
    for (const refused of [posted(body, randomUUID(), old), posted(body, 'x')])
      expect((await refused()).status).toBe(400);
    const stolen = webhookHeaders('{}', eventId, new URL(test.url), SANDBOX_CREDENTIALS.eteoriWebhookSecret);
    const url = `${test.url}/webhooks/e-teori`;
    expect(
      (await fetch(url, { method: 'POST', body, headers: { ...stolen, 'content-type': 'application/json' } })).status,
    ).toBe(400);
  });

  it('is not changed by what cannot be, nor by news of strangers', async () => {
    const { id, linkId } = await linked();
    await eteori().readLesson(linkId);
    await test.settle();
    const before = await theory(id);
    const known = eteori().students;
    const report = { ...known.report(known.links.get(linkId)!)!, version: 4711 };
    const poison = [
      '[]',
      '{"type":7}',
      '{"type":"account.closed"}',
      ...[
        null,
        { ...report, lessonsRead: 9 },
        { ...report, version: 2 ** 60 },
        { ...report, completedAt: '9999-12-31T00:00:00Z' },
        { ...report, tests: Array.from({ length: 5_000 }, () => ({})) },
        { ...report, reference: randomUUID() },
        { ...report, reference: "' OR 1=1 --" },
        { ...report, studentId: 'et_somebody-else' },
      ].map((told) => JSON.stringify({ type: 'progress.updated', accountId: account, report: told })),
    ];
    expect((await posted('no JSON', randomUUID())()).status).toBe(400);
    for (const body of poison) {
      const eventId = randomUUID();
      expect((await posted(body, eventId)()).status).toBe(204);
      await test.settle();
      expect([body.slice(0, 80), await kept(eventId)]).toEqual([body.slice(0, 80), ['ignored']]);
    }
    expect(await theory(id)).toEqual(before);
  });

  it('that no webhook told is read within the hour, from where it was left, past what cannot be read', async () => {
    await readReports(61 * minutes);
    const { id, linkId } = await linked();
    const place = async () =>
      (
        await sql<{ read_until: string }>`SELECT read_until FROM theory_settings
      WHERE school_id = ${bin(nord.id)}`.execute(db())
      ).rows[0]!.read_until;
    test.sandbox.faults.add({ system: 'e-teori', operation: 'progress.updated', kind: 'webhook_hold', times: 3 });
    await eteori().readLesson(linkId);
    const feed = eteori().feed(account);
    feed.push({ ...feed.at(-1)!, lessonsRead: 9, version: 99 });
    await eteori().readLesson(linkId);
    await readReports(10 * minutes);
    expect((await theory(id)).progress).toMatchObject({ lessonsRead: 0 });
    await readReports(130 * minutes);
    expect((await theory(id)).progress).toMatchObject({ lessonsRead: 2 });
    expect(await place()).toBe(`c-${feed.length}`);

    // The platform has lost its list, and begins another: so do we.
    await eteori().readLesson(linkId);
    feed.splice(0, feed.length - 1);
    await readReports(200 * minutes);
    expect((await theory(id)).progress).toMatchObject({ lessonsRead: 3 });
    expect(await place()).toBe('c-1');
    const { body } = await nord.owner.get('/integrations').expect(200);
    expect(body.integrations.find(({ kind }: { kind: string }) => kind === 'theory')).toMatchObject({
      provider: 'e-teori',
      state: 'ok',
      lastSuccessAt: expect.any(String),
    });

    test.sandbox.faults.add({ system: 'e-teori', operation: 'progress.list', kind: 'error_500', times: 3 });
    await readReports(270 * minutes);
    const { rows } = await sql`SELECT failures FROM theory_settings WHERE school_id = ${bin(nord.id)}`.execute(db());
    expect(rows).toEqual([{ failures: 1 }]);
    await until(async () => {
      await readReports(290 * minutes);
      const read = await sql<{
        failures: number;
      }>`SELECT failures FROM theory_settings WHERE school_id = ${bin(nord.id)}`.execute(db());
      return read.rows[0]!.failures === 0;
    });
  });

  it('that does not add up is found', async () => {
    const { linkId } = await linked();
    await eteori().takeTest(linkId, 25);
    await test.settle();
    await sql`UPDATE theory_links SET tests_taken = 2 WHERE id = ${bin(linkId)}`.execute(db());
    const verdicts = await nord.run(() => test.app.get(Verification, { strict: false }).ofSchool(nord.id));
    const found = verdicts.flatMap(({ findings }) => findings);
    expect(found).toEqual([`theory link ${linkId} tells of 2 tests, and 1 are kept`]);
    await sql`UPDATE theory_links SET tests_taken = 1 WHERE id = ${bin(linkId)}`.execute(db());
  });
});

describe('somebody who leaves', () => {
  const status = (id: Id, to: string) => nord.owner.patch(`/students/${id}`, { status: to }).expect(200);

  it('has no place at the platform any more, keeps what he has learnt, and gets another when he comes back', async () => {
    await configure({ linkOnEnrolment: true });
    const { id, linkId } = await linked();
    await eteori().readLesson(linkId);
    await test.settle();
    test.sandbox.faults.add({ system: 'e-teori', operation: 'links.delete', kind: 'error_500', times: 3 });
    test.clock.set(test.clock.now());
    await status(id, 'left');
    await test.settle();
    expect(await theory(id)).toMatchObject({ state: 'ending', progress: { lessonsRead: 1 } });
    await eteori().readLesson(linkId);
    await test.settle();
    expect((await theory(id)).progress).toMatchObject({ lessonsRead: 1 });
    await until(async () => {
      await tryAgain(5 * minutes);
      return (await theory(id)).state === 'ended';
    });
    expect(eteori().students.links.get(linkId)!.isClosed).toBe(true);
    expect((await nord.owner.post(`/students/${id}/theory-link`).expect(409)).body.code).toBe(
      'theory.student_not_active',
    );
    await status(id, 'active');
    await test.settle();
    await configure();
    const again = await rowOf(id);
    expect(again.id).not.toBe(linkId);
    expect(await theory(id)).toMatchObject({ state: 'linked', progress: { lessonsRead: 2 } });
  });

  it('pauses with his place', async () => {
    const { id } = await linked();
    await status(id, 'paused');
    await test.settle();
    expect((await theory(id)).state).toBe('linked');
  });

  it('is ended though he was being linked at that moment, whichever comes first at the platform', async () => {
    const { id } = await somebody();
    test.sandbox.faults.add({ system: 'e-teori', operation: 'links.put', kind: 'slow', delayMs: 400 });
    await link(id);
    await until(async () => (await rowOf(id)).attempts === 1);
    await status(id, 'left');
    await test.settle();
    const { id: linkId, state } = await rowOf(id);
    expect(state).toBe('ended');
    await until(async () => eteori().students.links.get(linkId)?.isClosed === true);
  });

  it('and is erased leaves nothing of what he did', async () => {
    const { id, linkId } = await linked();
    await eteori().takeTest(linkId, 20);
    await test.settle();
    await nord.owner.post(`/students/${id}/erasure`, { reason: 'student_asked' }).expect(202);
    await test.settle();
    const tests = await sql`SELECT id FROM theory_test_results WHERE link_id = ${bin(linkId)}`.execute(db());
    expect(tests.rows).toEqual([]);
    const { rows } = await sql`SELECT state, external_ref, activation_url, tests_taken FROM theory_links
      WHERE id = ${bin(linkId)}`.execute(db());
    expect(rows).toEqual([{ state: 'ended', external_ref: null, activation_url: null, tests_taken: 0 }]);
    const told = await sql`SELECT id FROM webhook_events WHERE body LIKE ${`%${linkId}%`}`.execute(db());
    expect(told.rows).toEqual([]);
  });
});

describe('a lesson that is for those who know the theory', () => {
  it('is booked by nobody else, unless staff say why', async () => {
    const rules = `/lesson-types/${nord.lessonTypeId}/booking-rules`;
    const { body: before } = await nord.owner.get(rules).expect(200);
    await nord.owner.put(rules, { ...before, theoryPercent: 25 }).expect(200);
    const { id, linkId, caller } = await linked();
    const day = new Date(Date.now() + 7 * 86_400_000).toISOString().slice(0, 10);
    const { body: free } = await nord.owner
      .get(
        `/free-times?lessonTypeId=${nord.lessonTypeId}&from=${day}&until=${new Date(Date.parse(day) + 6 * 86_400_000).toISOString().slice(0, 10)}`,
      )
      .expect(200);
    const [first, second] = free.items as { startsAt: string }[];
    const lesson = { lessonTypeId: nord.lessonTypeId, startsAt: first!.startsAt };
    const refused = await caller.post('/bookings', lesson).expect(409);
    expect(refused.body).toMatchObject({ code: 'booking.theory_missing', rule: 'theory', limit: 25, done: 0 });
    const override = { reason: 'Har læst andetsteds' };
    await nord.owner.post('/bookings', { ...lesson, studentId: id, override }).expect(201);
    for (let lessons = 0; lessons < 2; lessons++) await eteori().readLesson(linkId);
    await test.settle();
    const last = (free.items as { startsAt: string }[]).find(
      ({ startsAt }) => Date.parse(startsAt) > Date.parse(second!.startsAt) + 3 * 3_600_000,
    )!;
    await caller.post('/bookings', { ...lesson, startsAt: last.startsAt }).expect(201);
    await nord.owner.put(rules, before).expect(200);
  });
});

describe('lists of progress', () => {
  it('are read by an index', async () => {
    const explain = async (order: ReturnType<typeof sql>) =>
      (
        await sql<{
          key: string;
        }>`EXPLAIN SELECT l.id FROM theory_links l FORCE INDEX FOR ORDER BY (theory_links_list, theory_links_percent)
          WHERE l.school_id = ${bin(nord.id)} AND l.standing = 1 ORDER BY ${order} LIMIT 51`.execute(db())
      ).rows[0]!;
    expect((await explain(sql`l.id DESC`)).key).toMatch(/theory_links_(list|percent)/);
    expect((await explain(sql`l.percent DESC, l.id DESC`)).key).toBe('theory_links_percent');
  });
});
