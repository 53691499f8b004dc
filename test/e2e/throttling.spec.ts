import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { RequestContext } from '@mikro-orm/core';
import { Redis } from 'ioredis';
import { OneTimeToken } from '../../src/modules/identity/domain/one-time-token.js';
import { CreatePlatformAdmin, MintOneTimeToken } from '../../src/modules/identity/index.js';
import { Attempts } from '../../src/modules/identity/use-cases/attempts.js';
import { globalQuery } from '../../src/platform/database/query.js';
import { startTestApp, type TestApp } from '../support/app.js';
import type { Id } from '../../src/platform/values/id.js';
import { redisUrl } from '../support/database-server.js';

const password = 'lang nok adgangskode';
const limit = 10;
const accountLimit = 50;

let test: TestApp;
let prefix: string;

// The test is the proxy, so that it may come from any address.
const env = { AUTH_ATTEMPTS_PERCENT: '100', TRUSTED_PROXIES: '127.0.0.1' };

beforeAll(async () => {
  test = await startTestApp({ jobs: false, env });
  prefix = test.redisPrefix;
});
afterAll(() => test.close());

async function person(email: string): Promise<Id> {
  const input = { email, name: 'Anna Bang', password };
  return RequestContext.create(test.em, () => test.app.get(CreatePlatformAdmin).execute(input));
}

interface From {
  readonly address?: string;
  readonly program?: string;
}

function login(email: string, given: string, { address = '198.51.100.7', program = 'Firefox' }: From = {}, to = test) {
  return to.http
    .post('/v1/auth/login')
    .set('x-forwarded-for', address)
    .set('user-agent', program)
    .send({ email, password: given });
}

async function wrongTimes(count: number, email: string, from?: (index: number) => From): Promise<number[]> {
  const statuses: number[] = [];
  for (let index = 0; index < count; index++) statuses.push((await login(email, 'forkert', from?.(index))).status);
  return statuses;
}

describe('who gives wrong passwords', () => {
  it('has to wait, even with the right one, and is told how long', async () => {
    await person('anna@example.dk');
    expect(await wrongTimes(limit, 'anna@example.dk')).toEqual(Array<number>(limit).fill(401));
    const { body, headers } = await login('anna@example.dk', password).set('accept-language', 'da').expect(429);
    expect(body).toMatchObject({ code: 'auth.too_many_attempts', detail: expect.stringContaining('Prøv igen om') });
    const wait = Number(headers['retry-after']);
    expect(wait).toBeGreaterThan(600);
    expect(wait).toBeLessThanOrEqual(900);
    await login('ANNA@example.dk', password).expect(429);
  });

  it('is counted before he is answered, so that many at once are many', async () => {
    await person('bo@example.dk');
    const answers = await Promise.all(Array.from({ length: 30 }, () => login('bo@example.dk', 'forkert')));
    expect(answers.filter(({ status }) => status === 401)).toHaveLength(limit);
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(20);
  });

  it('learns nothing about who has an account', async () => {
    expect(await wrongTimes(limit + 1, 'nobody@example.dk')).toEqual([...Array<number>(limit).fill(401), 429]);
  });

  it('is written down once a block, without address or name', async () => {
    const refused = () =>
      globalQuery<{ audit_entries: { action: string } }>(test.em.fork())
        .selectFrom('audit_entries')
        .selectAll()
        .where('action', '=', 'session.refused')
        .execute();
    const before = (await refused()).length;
    await wrongTimes(limit + 5, 'carl@example.dk');
    const after = await refused();
    expect(after.length - before).toBe(1);
    expect(JSON.stringify(after)).not.toMatch(/carl|198\.51/);
  });

  it('begins anew after a right one', async () => {
    await person('dorte@example.dk');
    for (let round = 0; round < 3; round++) {
      expect(await wrongTimes(limit - 1, 'dorte@example.dk')).not.toContain(429);
      await login('dorte@example.dk', password).expect(200);
    }
  });

  it('cannot lock the owner out of a device he has used before', async () => {
    await person('ellen@example.dk');
    const home = { address: '203.0.113.9', program: 'Safari' };
    await login('ellen@example.dk', password, home).expect(200);
    const everywhere = (index: number) => ({ address: `198.51.${Math.floor(index / 5)}.1`, program: `Bot ${index}` });
    const statuses = await wrongTimes(accountLimit + 5, 'ellen@example.dk', everywhere);
    expect(statuses.slice(accountLimit)).toEqual([429, 429, 429, 429, 429]);
    await login('ellen@example.dk', password, { address: '192.0.2.1', program: 'Edge' }).expect(429);
    await login('ellen@example.dk', password, home).expect(200);
  });

  it('is let in at once after a reset by link', async () => {
    const userId = await person('lost@example.dk');
    await wrongTimes(limit, 'lost@example.dk');
    await test.http.post('/v1/auth/password-resets').send({ email: 'lost@example.dk' }).expect(202);
    const [sent] = await test.em.fork().find(OneTimeToken, { userId });
    const minted = await RequestContext.create(test.em, () => test.app.get(MintOneTimeToken).execute(sent!.id));
    await login('lost@example.dk', password).expect(429);
    await test.http
      .post('/v1/auth/password-resets/complete')
      .set('x-forwarded-for', '198.51.100.7')
      .set('user-agent', 'Firefox')
      .send({ token: minted!.token, password: 'rabarber under broen' })
      .expect(204);
    await login('lost@example.dk', 'rabarber under broen').expect(200);
  });

  it('gets no further by an IPv6 address of the same network', async () => {
    const sameNetwork = (index: number) => ({ address: `2001:db8:1:1::${index + 1}` });
    expect(await wrongTimes(limit + 1, 'finn@example.dk', sameNetwork)).toContain(429);
  });

  it('is stopped at the operators’ page and at reset requests as well', async () => {
    await person('gerda@example.dk');
    const ops = () =>
      test.http
        .post('/ops/login')
        .type('form')
        .set('origin', test.url)
        .set('user-agent', 'Firefox')
        .set('x-forwarded-for', '198.51.100.7')
        .send({ email: 'gerda@example.dk', password: 'forkert' });
    for (let index = 0; index < limit; index++) await ops().expect(401);
    const { text, headers } = await ops().expect(429).expect('content-type', /html/);
    expect(text).toContain('Too many attempts');
    expect(Number(headers['retry-after'])).toBeGreaterThan(0);
    await login('gerda@example.dk', password).expect(429);
    const reset = () => test.http.post('/v1/auth/password-resets').send({ email: 'gerda@example.dk' });
    for (let index = 0; index < 3; index++) await reset().expect(202);
    await reset().expect(429);
  });
});

describe('what was counted', () => {
  it('counts in every process, and after a restart', async () => {
    await person('hans@example.dk');
    await wrongTimes(limit, 'hans@example.dk');
    const other = await startTestApp({ jobs: false, env: { ...env, REDIS_PREFIX: prefix } });
    try {
      await login('hans@example.dk', password, {}, other).expect(429);
    } finally {
      await other.close();
    }
  });

  it('forgets by itself: nothing in Redis stays for ever, and nothing there is an address', async () => {
    const redis = new Redis(redisUrl);
    try {
      const keys = await redis.keys(`${prefix}:attempts:*`);
      expect(keys.length).toBeGreaterThan(5);
      for (const key of keys) {
        expect(await redis.ttl(key)).toBeGreaterThan(0);
        expect(key).not.toMatch(/example|198\.51/);
      }
    } finally {
      redis.disconnect();
    }
  });

  it('never counts when it is turned off', async () => {
    const open = await startTestApp({ jobs: false, env: { AUTH_ATTEMPTS_PERCENT: '0' } });
    try {
      const attempt = { kind: 'password', account: 'x', sender: { address: '192.0.2.1', userAgent: null } } as const;
      const attempts = open.app.get(Attempts, { strict: false });
      for (let index = 0; index < 200; index++) await attempts.count(attempt);
    } finally {
      await open.close();
    }
  });
});
