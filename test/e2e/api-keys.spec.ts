import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { IdentityTables } from '../../src/modules/identity/identity.tables.js';
import { permissions } from '../../src/modules/identity/domain/permissions.js';
import { studentInput } from '../../src/modules/students/testing/student-inputs.js';
import { globalQuery } from '../../src/platform/database/query.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { openTestSchool, platformAdmin, type TestSchool } from '../support/test-school.js';
import { until } from '../support/until.js';

let test: TestApp;
let north: TestSchool;
let south: TestSchool;

beforeAll(async () => {
  test = await startTestApp();
  [north, south] = [await openTestSchool(test, 'north'), await openTestSchool(test, 'south')];
});
afterAll(() => test.close());

interface CreatedKey {
  readonly id: string;
  readonly secret: string;
  readonly prefix: string;
}

async function createKey(scopes: string[], more: object = {}): Promise<CreatedKey> {
  const { body } = await north.owner.post('/api-keys', { name: 'Hjemmeside', scopes, ...more }).expect(201);
  return body as CreatedKey;
}

const inSchool = (school: TestSchool, path: string) => `/v1/schools/${school.id}${path}`;
const as = (key: { secret: string }) => `Bearer ${key.secret}`;
const get = (key: { secret: string }, path: string, school = north) =>
  test.http.get(inSchool(school, path)).set('authorization', as(key));
const listed = async () => (await north.owner.get('/api-keys').expect(200)).body.items as Record<string, unknown>[];

describe('an API key', () => {
  it('does in its school what its scopes say, and nothing else', async () => {
    const key = await createKey(['student.list', 'student.read']);
    await get(key, '/students').expect(200);
    await get(key, `/students/${north.student.id}`).expect(200);
    const { body } = await get(key, '/bookings').expect(403);
    expect(body).toMatchObject({ code: 'auth.scope_missing', scope: 'booking.read' });
    for (const path of ['/api-keys', '/audit-log'])
      expect((await get(key, path).expect(403)).body.code).toBe('auth.not_allowed');
  });

  it('knows no school but its own, nothing outside of schools, and is nobody', async () => {
    const key = await createKey(['student.list', 'student.read', 'school.read']);
    await get(key, '/students', south).expect(404);
    await get(key, `/students/${south.student.id}`).expect(404);
    await get(key, '/students/me').expect(404);
    for (const path of ['/v1/me', '/v1/schools', '/v1/audit-log']) {
      await test.http.get(path).set('authorization', as(key)).expect(403);
    }
    await test.http.get('/ops/queues').set('authorization', as(key)).expect(302);
  });

  it('shows its secret once, and the database keeps a hash alone', async () => {
    const key = await createKey(['booking.read']);
    expect(key.secret).toMatch(/^jd_[\w-]{43}$/);
    expect(key.secret.startsWith(key.prefix)).toBe(true);
    expect(JSON.stringify(await listed())).not.toContain(key.secret);
    const rows = await globalQuery<IdentityTables>(test.em.fork()).selectFrom('api_keys').selectAll().execute();
    expect(JSON.stringify(rows)).not.toContain(key.secret.slice(key.prefix.length));
  });

  it('is not kept as the answer to a request with an Idempotency-Key', async () => {
    const input = { name: 'To gange', scopes: ['booking.read'] };
    const twice = [1, 2].map(() => north.owner.post('/api-keys', input).set('idempotency-key', 'same').expect(201));
    const [first, second] = await Promise.all(twice);
    expect(first!.body.secret).not.toBe(second!.body.secret);
  });

  it('stops when it is revoked, once and for all', async () => {
    const key = await createKey(['student.list']);
    await get(key, '/students').expect(200);
    await north.owner.delete(`/api-keys/${key.id}`).expect(204);
    await get(key, '/students').expect(401);
    await north.owner.delete(`/api-keys/${key.id}`).expect(204);
    await south.owner.delete(`/api-keys/${key.id}`).expect(404);
    const asked = { action: 'api_key.revoked', subjectId: key.id };
    const entries = (await north.owner.get('/audit-log').query(asked).expect(200)).body.items;
    expect(entries).toHaveLength(1);
  });

  it('stops when it expires', async () => {
    const expiresAt = new Date(test.clock.now().getTime() + 3_600_000).toISOString();
    const key = await createKey(['student.list'], { expiresAt });
    await get(key, '/students').expect(200);
    test.clock.advance({ minutes: 60 });
    await get(key, '/students').expect(401);
    const past = { name: 'For sent', scopes: ['student.list'], expiresAt };
    expect((await north.owner.post('/api-keys', past).expect(422)).body.code).toBe('api_key.expiry_in_the_past');
  });

  it('has another secret after its rotation, beside the one of before for as long as was asked', async () => {
    const key = await createKey(['student.list']);
    const rotate = async (graceHours: number) => {
      const { body } = await north.owner.post(`/api-keys/${key.id}/rotate`, { graceHours }).expect(200);
      return body as CreatedKey;
    };
    const second = await rotate(2);
    expect(second).toMatchObject({ id: key.id, scopes: ['student.list'] });
    expect([second.secret.startsWith(second.prefix), second.secret === key.secret]).toEqual([true, false]);
    for (const each of [key, second]) await get(each, '/students').expect(200);
    test.clock.advance({ minutes: 120 });
    await get(key, '/students').expect(401);
    await get(second, '/students').expect(200);
    // Two at once leave the last two secrets, and no others.
    const [third, fourth] = await Promise.all([rotate(1), rotate(1)]);
    const works = async (each: CreatedKey) => (await get(each, '/students')).status === 200;
    expect(await Promise.all([second, third, fourth].map(works))).toEqual([false, true, true]);
    const last = await rotate(0);
    expect(await Promise.all([third, fourth, last].map(works))).toEqual([false, false, true]);
    await south.owner.post(`/api-keys/${key.id}/rotate`, { graceHours: 1 }).expect(404);
    const kept = await rotate(1);
    await north.owner.delete(`/api-keys/${key.id}`).expect(204);
    expect(await Promise.all([last, kept].map(works))).toEqual([false, false]);
    const ended = await north.owner.post(`/api-keys/${key.id}/rotate`, { graceHours: 1 }).expect(409);
    expect(ended.body.code).toBe('api_key.ended');
    const asked = { action: 'api_key.rotated', subjectId: key.id };
    const entries = (await north.owner.get('/audit-log').query(asked).expect(200)).body.items;
    expect(entries.map(({ details }: { details: object }) => details)).toEqual(
      [1, 0, 1, 1, 2].map((graceHours) => ({ graceHours })),
    );
    const rows = await globalQuery<IdentityTables>(test.em.fork()).selectFrom('api_keys').selectAll().execute();
    expect(JSON.stringify(rows)).not.toContain(second.secret.slice(second.prefix.length));
  });

  it('says when it was used, to the minute', async () => {
    const key = await createKey(['student.list']);
    const lastUse = async () => (await listed()).find(({ id }) => id === key.id)!['lastUsedAt'];
    expect(await lastUse()).toBeNull();
    const first = test.clock.now().toISOString();
    await Promise.all([1, 2, 3].map(() => get(key, '/students').expect(200)));
    await until(async () => (await lastUse()) === first);
    test.clock.advance({ minutes: 1 });
    await get(key, '/students').expect(200);
    await until(async () => (await lastUse()) === test.clock.now().toISOString());
  });

  it('writes once per Idempotency-Key, and is named as the one who did it', async () => {
    const key = await createKey(['student.enrol', 'booking.create']);
    const enrol = () =>
      test.http
        .post(inSchool(north, '/students'))
        .set('authorization', as(key))
        .set('idempotency-key', 'enrol-by-website')
        .send(studentInput('fra.hjemmesiden@example.dk'));
    const { body: student } = await enrol().expect(201);
    const { body: again, headers } = await enrol().expect(201);
    expect([again.id, headers['idempotent-replayed']]).toEqual([student.id, 'true']);
    const { body } = await north.owner.get(`/audit-log?actorId=${key.id}&action=student.enrolled`).expect(200);
    expect(body.items).toMatchObject([{ actor: { kind: 'api_key', id: key.id, name: 'Hjemmeside', role: 'partner' } }]);
  });
});

describe('keys', () => {
  it('are made by owners alone, for what a program may do', async () => {
    for (const { caller } of [north.teacher, north.student]) {
      await caller.post('/api-keys', { name: 'x', scopes: ['student.list'] }).expect(403);
    }
    for (const scope of ['payment.refund', 'api_key.manage', 'member.manage', 'school.create', 'toString', '']) {
      await north.owner.post('/api-keys', { name: 'x', scopes: [scope] }).expect(400);
    }
    await north.owner.post('/api-keys', { name: 'x', scopes: [] }).expect(400);
    await (await platformAdmin(test)).get(`/v1/schools/${north.id}/api-keys`).expect(403);
  });

  it('are listed newest first, page by page', async () => {
    const all = (await listed()).map(({ id }) => id);
    expect(all.length).toBeGreaterThan(3);
    const { body: first } = await north.owner.get('/api-keys?limit=2').expect(200);
    const { body: second } = await north.owner.get(`/api-keys?limit=2&cursor=${first.nextCursor}`).expect(200);
    expect([...first.items, ...second.items].map(({ id }: { id: string }) => id)).toEqual(all.slice(0, 4));
    expect(all.toSorted((a, b) => (String(a) < String(b) ? 1 : -1))).toEqual(all);
  });

  it.each(['jd_', 'jd_unknown', `jd_${'x'.repeat(43)}`, 'jd_’; drop table api_keys'])('are not %j', async (secret) => {
    await get({ secret: encodeURI(secret) }, '/students').expect(401);
  });

  it('may never be given what changes money out, access or the school itself', () => {
    const forbidden = /refund|credit|manage|configure|audit|create_school|ops|school\.(create|update|list)/;
    const granted = Object.entries(permissions).filter(([, roles]) => (roles as readonly string[]).includes('partner'));
    expect(granted.map(([name]) => name).filter((name) => forbidden.test(name))).toEqual([]);
  });
});
