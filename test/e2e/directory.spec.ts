import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { RequestContext } from '@mikro-orm/core';
import { ListingChanges } from '../../src/modules/schools/index.js';
import { ListingAudit } from '../../src/modules/schools/listing/queries/listing-audit.js';
import { globalQuery } from '../../src/platform/database/query.js';
import { idToBytes } from '../../src/platform/values/id.js';
import { Outbox } from '../../src/platform/outbox/outbox.js';
import { inTransaction } from '../../src/platform/database/transaction.js';
import { SANDBOX_CREDENTIALS } from '../../sandbox/sandbox.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { type Caller, callerOf, openTestSchool, platformAdmin, type TestSchool } from '../support/test-school.js';
import { jpeg } from '../support/images.js';
import { statementsOf } from '../support/statements.js';
import { until } from '../support/until.js';

let test: TestApp;
let admin: Caller;
let nord: TestSchool;
let syd: TestSchool;
let key: { id: string; secret: string };
let branchId: string;

beforeAll(async () => {
  test = await startTestApp();
  admin = await platformAdmin(test);
  [nord, syd] = [await openTestSchool(test, 'nord'), await openTestSchool(test, 'syd')];
  key = await keyFor(['directory.read', 'leads.write']);
  const { body } = await nord.owner.post('/locations', { name: 'Nordhavn', kind: 'branch' }).expect(201);
  branchId = body.id;
});
afterAll(() => test?.close());

const db = () => globalQuery<object>(test.em.fork());

async function keyFor(scopes: string[], more: object = {}) {
  const asked = { partner: 'findkoreskole', name: 'Drift', scopes, ...more };
  return (await admin.post('/v1/partner-keys', asked).expect(201)).body as { id: string; secret: string };
}

const signed = (call: ReturnType<TestApp['http']['get']>, { secret }: { secret: string }) =>
  call.set('authorization', `Bearer ${secret}`);

describe('a partner’s key', () => {
  it('is made and revoked by those who run the platform, who leave a trace, and shown once', async () => {
    const made = await keyFor(['directory.read']);
    expect(made.secret).toMatch(/^jdp_.{40,}/);
    const [row] = (await admin.get('/v1/partner-keys').expect(200)).body.items;
    expect(row).toMatchObject({ id: made.id, partner: 'findkoreskole', revokedAt: null });
    expect(row).not.toHaveProperty('secret');
    const { rows } = await sql`SELECT * FROM partner_keys`.execute(db());
    expect(JSON.stringify(rows)).not.toContain(made.secret);
    const revoke = await admin.delete(`/v1/partner-keys/${made.id}`).expect(204);
    await admin.delete(`/v1/partner-keys/${made.id}`).expect(204);
    const { body } = await admin.get(`/v1/audit-log?subjectId=${made.id}`).expect(200);
    expect(body.items).toMatchObject([
      { action: 'partner_key.revoked', requestId: revoke.headers['x-request-id'] },
      { action: 'partner_key.created', details: { partner: 'findkoreskole', scopes: ['directory.read'] } },
    ]);
    await (await callerOf(test, nord.owner.userId, '')).get('/v1/partner-keys').expect(403);
  });

  it('gets another secret, beside which that of before works for a while', async () => {
    const made = await keyFor(['directory.read']);
    const rotate = admin.post(`/v1/partner-keys/${made.id}/rotate`, { graceHours: 24 });
    const { body } = await rotate.expect(200);
    expect(body).toMatchObject({ id: made.id, previousUntil: expect.any(String) });
    for (const each of [made, body]) await signed(test.http.get('/partner/v1/changes'), each).expect(200);
    await admin.post(`/v1/partner-keys/${made.id}/rotate`, { graceHours: 0 }).expect(200);
    for (const each of [made, body]) await signed(test.http.get('/partner/v1/changes'), each).expect(401);
    const { body: log } = await admin.get(`/v1/audit-log?subjectId=${made.id}&action=partner_key.rotated`).expect(200);
    expect(log.items).toMatchObject([
      { action: 'partner_key.rotated', details: { partner: 'findkoreskole', graceHours: 0 } },
      { details: { graceHours: 24 } },
    ]);
    await (
      await callerOf(test, nord.owner.userId, '')
    )
      .post(`/v1/partner-keys/${made.id}/rotate`, { graceHours: 1 })
      .expect(403);
  });

  it('knows no school’s door, and nothing of the platform', async () => {
    const made = await keyFor(['directory.read', 'leads.write']);
    for (const path of ['', '/students', '/api-keys'])
      await signed(test.http.get(`/v1/schools/${nord.id}${path}`), made).expect(404);
    for (const path of ['/v1/me', '/v1/schools', '/v1/partner-keys'])
      await signed(test.http.get(path), made).expect(403);
    await until(async () => {
      const { rows } = await sql`SELECT 1 FROM partner_keys WHERE last_used_at IS NOT NULL`.execute(db());
      return rows.length > 0;
    });
  });

  it('is made for what partners may, and for a time to come', async () => {
    for (const scopes of [[], ['school.list'], ['directory.write']])
      await admin.post('/v1/partner-keys', { partner: 'findkoreskole', name: 'A', scopes }).expect(400);
    await admin.post('/v1/partner-keys', { partner: 'somebody', name: 'A', scopes: ['leads.write'] }).expect(400);
    const past = { partner: 'findkoreskole', name: 'A', scopes: ['leads.write'], expiresAt: '2020-01-01T00:00:00Z' };
    expect((await admin.post('/v1/partner-keys', past).expect(422)).body.code).toBe('api_key.expiry_in_the_past');
  });
});

const listing = (more: object = {}) => ({
  directories: ['findkoreskole'],
  profileDa: 'Rolige lærere',
  profileEn: 'Calm teachers',
  languages: ['da', 'en'],
  licenceClasses: ['B', 'A'],
  branchIds: [branchId],
  website: 'https://nordhavn.example',
  rating: { tenths: 46, count: 12, source: 'Trustpilot' },
  ...more,
});

interface Change {
  readonly schoolId: string;
  readonly position: number;
  readonly isListed: boolean;
}

const read = (path: string) => signed(test.http.get(`/partner/v1${path}`), key);

async function changes(cursor?: string) {
  const { body } = await read(`/changes${cursor ? `?cursor=${cursor}` : ''}`).expect(200);
  return body as { changes: Change[]; cursor: string; hasMore: boolean };
}

describe('a school', () => {
  it('is listed nowhere until it says so, and nowhere again when it says that', async () => {
    expect((await read('/schools').expect(200)).body.items).toEqual([]);
    await read(`/schools/${nord.id}`).expect(404);
    const office = await nord.join('office@nord.example', 'office');
    await office.put('/listing', listing()).expect(403);
    await nord.owner.put('/listing', listing()).expect(200);
    expect((await office.get('/listing').expect(200)).body).toMatchObject({
      directories: ['findkoreskole'],
      languages: ['da', 'en'],
    });
    const { body } = await read(`/schools/${nord.id}`).expect(200);
    expect(body).toMatchObject({
      id: nord.id,
      profile: { da: 'Rolige lærere', en: 'Calm teachers' },
      licenceClasses: ['A', 'B'],
      branches: [{ id: branchId, name: 'Nordhavn' }],
      rating: { tenths: 46, count: 12 },
      hasLogo: false,
    });
    const { cursor } = await changes();
    await nord.owner.put('/listing', listing({ directories: [] })).expect(200);
    expect((await changes(cursor)).changes).toMatchObject([{ schoolId: nord.id, isListed: false }]);
    for (const path of ['', '/free-times', '/logo']) await read(`/schools/${nord.id}${path}`).expect(404);
    await nord.owner.put('/listing', listing()).expect(200);
  });

  it('shows its own branches and sites alone', async () => {
    const { body: foreign } = await syd.owner.post('/locations', { name: 'Syd', kind: 'branch' }).expect(201);
    await nord.owner.put('/listing', listing({ branchIds: [foreign.id] })).expect(422);
    for (const website of ['javascript:alert(1)', 'https://a:b@nordhavn.example', 'nordhavn'])
      expect((await nord.owner.put('/listing', listing({ website })).expect(422)).body.code).toBe(
        'listing.website_not_allowed',
      );
    await nord.owner.put('/listing', listing({ languages: ['xx'] })).expect(400);
  });

  it('is found changed after whatever a directory shows of it has changed', async () => {
    const { body: product } = await nord.owner.post('/products', { code: 'L', name: 'Kørelektion' }).expect(201);
    const gross = { amount: 65_000, currency: 'DKK' };
    const price = { validFrom: '2026-01-01', gross, vatRateBp: 2500 };
    const parts = [{ productId: product.id, quantity: 2 }];
    const bundle = { name: 'Lovpakke', price: { amount: 120_000, currency: 'DKK' }, validMonths: 12, parts };
    const deeds: [string, () => PromiseLike<{ status: number }>][] = [
      ['address', () => nord.owner.patch('', { city: 'Nordhavn' })],
      ['branch', () => nord.owner.patch(`/locations/${branchId}`, { name: 'Havnen' })],
      ['logo', () => nord.owner.put('/logo').attach('file', jpeg, 'logo.jpg')],
      ['price', () => nord.owner.post(`/products/${product.id}/prices`, price)],
      ['product', () => nord.owner.patch(`/products/${product.id}`, { name: 'Kørelektion B' })],
      ['package', () => nord.owner.post('/packages', bundle)],
      ['listing', () => nord.owner.put('/listing', listing({ profileEn: null }))],
    ];
    for (const [what, deed] of deeds) {
      const { cursor } = await changes();
      expect([what, (await deed()).status < 300]).toEqual([what, true]);
      expect([what, (await changes(cursor)).changes]).toMatchObject([what, [{ schoolId: nord.id, isListed: true }]]);
    }
    const { body } = await read(`/schools/${nord.id}`).expect(200);
    expect(body).toMatchObject({ city: 'Nordhavn', hasLogo: true, branches: [{ name: 'Havnen' }] });
    expect(body.prices).toMatchObject([
      { kind: 'package', name: 'Lovpakke', gross: { amount: 120_000 } },
      { kind: 'product', name: 'Kørelektion B', gross: { amount: 65_000 } },
    ]);
    expect((await read(`/schools/${nord.id}/logo`).expect(200)).headers['content-type']).toContain('image/jpeg');
    const { cursor } = await changes();
    await syd.owner.patch('', { city: 'Syd' }).expect(200);
    expect((await changes(cursor)).changes).toEqual([]);
  });
});

describe('a cursor', () => {
  it('skips no change, in whatever order transactions begin and end', async () => {
    await syd.owner.put('/listing', listing({ branchIds: [] })).expect(200);
    const { cursor } = await changes();
    const log = test.app.get(ListingChanges, { strict: false });
    let commit = () => undefined as void;
    const held = new Promise<void>((resolve) => (commit = resolve));
    let begun = () => undefined as void;
    const hasBegun = new Promise<void>((resolve) => (begun = resolve));
    // The first to touch is the last to commit.
    const slow = nord.run(() =>
      inTransaction(test.em, async () => {
        await log.touched();
        begun();
        await held;
      }),
    );
    await hasBegun;
    await syd.run(() => inTransaction(test.em, () => log.touched()));
    const between = await changes(cursor);
    expect(between.changes.map(({ schoolId }) => schoolId)).toEqual([syd.id]);
    commit();
    await slow;
    expect((await changes(between.cursor)).changes.map(({ schoolId }) => schoolId)).toEqual([nord.id]);
  });

  it('never sees a smaller position after a greater one, while many change at once', async () => {
    const log = test.app.get(ListingChanges, { strict: false });
    let { cursor } = await changes();
    let isDone = false;
    const seen = new Set<number>();
    const reader = (async () => {
      for (let last = false; !last;) {
        last = isDone;
        const answer = await changes(cursor);
        for (const { position } of answer.changes) {
          expect(Math.max(0, ...seen)).toBeLessThan(position);
          seen.add(position);
        }
        ({ cursor } = answer);
      }
    })();
    const touch = (school: TestSchool) => school.run(() => inTransaction(test.em, () => log.touched()));
    for (let round = 0; round < 10; round++) await Promise.all([nord, syd, nord, syd].map((school) => touch(school)));
    isDone = true;
    await reader;
    const { rows } = await sql<{ position: number }>`SELECT position FROM listing_changes`.execute(db());
    for (const { position } of rows) expect(seen.has(position)).toBe(true);
    await read('/changes?cursor=made-up').expect(400);
    await read(`/changes?cursor=${Buffer.from('{"position":-1}').toString('base64url')}`).expect(400);
  });
});

describe('next free times', () => {
  it('are those that students could book, without anybody’s name, and cost nothing when asked again', async () => {
    const workingHours = [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, starts: '00:00', ends: '24:00' }));
    await nord.owner.put(`/teachers/${nord.teacher.id}/working-hours`, { workingHours }).expect(200);
    const ask = () => read(`/schools/${nord.id}/free-times`).expect(200);
    await sql`SELECT 1`.execute(db());
    const first = (await ask()).body;
    expect(first.times.length).toBeGreaterThan(0);
    expect(Object.keys(first.times[0]).sort()).toEqual([
      'endsAt',
      'lessonType',
      'licenceClass',
      'locationId',
      'startsAt',
    ]);
    const statements = await statementsOf(async () => expect((await ask()).body).toEqual(first));
    // The key, and whether the school is listed.
    expect(statements.filter((each) => /^select/i.test(each.sql)).length).toBeLessThanOrEqual(2);

    const { startsAt } = first.times[0];
    const lesson = { lessonTypeId: nord.lessonTypeId, studentId: nord.student.id, startsAt };
    await nord.owner.post('/bookings', lesson).expect(201);
    await test.settle();
    const { times } = (await ask()).body as { times: { startsAt: string }[] };
    expect(times.map((time) => time.startsAt)).not.toContain(startsAt);
  });
});

describe('a directory', () => {
  it('is told of changes, reads them, and writes no school off that stays', async () => {
    const { findkoreskole } = test.sandbox;
    await test.settle();
    findkoreskole.clear();
    findkoreskole.connect(test.url, key.secret);
    await nord.owner.put('/listing', listing({ profileDa: 'Nyt' })).expect(200);
    await until(async () => findkoreskole.schools.get(nord.id)?.profile.da === 'Nyt');
    const { body } = await nord.owner.get('/integrations').expect(200);
    const ofDirectories = body.integrations.filter(({ kind }: { kind: string }) => kind === 'directory');
    expect(ofDirectories).toMatchObject([{ provider: 'findkoreskole', state: 'ok' }]);
    await syd.owner.put('/listing', listing({ branchIds: [], directories: [] })).expect(200);
    await until(async () => !findkoreskole.schools.has(syd.id));
    expect(findkoreskole.refused).toEqual([]);
  });

  it('refuses what is signed for another time, by another secret, or was said before', async () => {
    const { findkoreskole } = test.sandbox;
    const body = JSON.stringify({ type: 'lead.changed', data: {} });
    const send = (id: string, skewMinutes: number, secret: string = SANDBOX_CREDENTIALS.findkoreskoleWebhookSecret) => {
      const timestamp = String(Math.floor(Date.now() / 1000) + skewMinutes * 60);
      const keyBytes = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
      const signature = createHmac('sha256', keyBytes).update(`${id}.${timestamp}.${body}`).digest('base64');
      const headers = { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': `v1,${signature}` };
      return findkoreskole.hear(body, headers);
    };
    expect([-10, 10].map((minutes) => send(`skewed-${minutes}`, minutes))).toEqual([401, 401]);
    expect(send('forged', 0, 'whsec_Zm9yZ2VkLWZvcmdlZC1mb3JnZWQtZm9yZ2VkLWZvcmc=')).toBe(401);
    const before = findkoreskole.heard.size;
    expect([send('twice', 0), send('twice', 0), send('twice', 1)]).toEqual([200, 200, 200]);
    expect(findkoreskole.heard.size).toBe(before + 1);
    findkoreskole.refused.length = 0;
  });

  it('hears one piece of news of many changes, though it took the first and did not say so', async () => {
    const { findkoreskole, faults } = test.sandbox;
    await test.settle();
    findkoreskole.clear();
    faults.add({ system: 'findkoreskole', operation: 'hooks', kind: 'timeout_after_acting', times: 1, delayMs: 200 });
    const log = test.app.get(ListingChanges, { strict: false });
    const touch = () =>
      RequestContext.create(test.em, () => nord.run(() => inTransaction(test.em, () => log.touched())));
    // Nobody announces the first ones, as if the process had died each time.
    await Outbox.muted(() => Promise.all(Array.from({ length: 19 }, touch)));
    await touch();
    const announced = async () => {
      const { rows } = await sql<{ open: string }>`SELECT COUNT(*) AS open FROM listing_changes
        WHERE announced_position < position`.execute(db());
      return Number(rows[0]!.open) === 0;
    };
    await until(async () => {
      test.clock.advance({ minutes: 1 });
      await test.settle();
      return announced();
    });
    test.clock.follow();
    expect(findkoreskole.heard.size).toBe(1);
    expect(findkoreskole.refused).toEqual([]);
  });
});

describe('the proof of listings', () => {
  const verify = () => nord.run(() => test.app.get(ListingAudit, { strict: false }).verify());

  it.each([
    ['of every school', 'DELETE FROM listing_changes WHERE school_id = @nord'],
    ['beyond the last position', 'UPDATE listing_changes SET position = position + 1000 WHERE school_id = @nord'],
    ['is a school’s', 'UPDATE listing_positions SET position = position + 1'],
    ['that there is not', 'UPDATE listing_changes SET announced_position = position + 1 WHERE school_id = @nord'],
  ])('finds a planted breach: %s', async (finding, breach) => {
    await nord.owner.put('/listing', listing()).expect(200);
    await test.settle();
    expect(await verify()).toEqual([]);
    await sql.raw(breach.replace('@nord', `0x${idToBytes(nord.id).toString('hex')}`)).execute(db());
    expect((await verify()).join()).toContain(finding);
    await sql`UPDATE listing_changes SET announced_position = 0`.execute(db());
    // Whoever sets it anew puts it right; what stood beyond does so no more.
    await nord.owner.put('/listing', listing()).expect(200);
  });
});

describe('the partner’s document', () => {
  it('says of each operation what the application’s own says', async () => {
    type Paths = Record<string, Record<string, { operationId?: string; requestBody?: object; responses?: object }>>;
    const partners = JSON.parse(readFileSync('docs/partners/findkoreskole.openapi.json', 'utf8')) as { paths: Paths };
    const { body } = (await test.http.get('/openapi.json').expect(200)) as { body: { paths: Paths } };
    const ours = Object.entries(body.paths).filter(([path]) => path.startsWith('/partner/v1'));
    const said = (paths: [string, Paths[string]][]) =>
      paths.flatMap(([path, item]) =>
        Object.entries(item)
          .filter(([, { responses }]) => responses)
          .map(([method, { operationId, requestBody, responses }]) => ({
            at: `${method} ${path}`,
            operationId,
            requestBody,
            answers: Object.keys(responses!),
          })),
      );
    expect(said(Object.entries(partners.paths))).toEqual(said(ours));
  });
});
