import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { RateLimiterRedis } from 'rate-limiter-flexible';
import { RedisConnection } from '../../src/platform/redis/redis-connection.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { openTestSchool, type TestSchool } from '../support/test-school.js';

let test: TestApp;
let school: TestSchool;

beforeAll(async () => {
  test = await startTestApp({
    jobs: false,
    env: { RATE_LIMIT_PER_CALLER: '20', RATE_LIMIT_PER_ADDRESS: '100', RATE_LIMIT_PERCENT: '20' },
  });
  school = await openTestSchool(test, 'travl');
});
afterAll(() => test.close());

const statusesOf = (answers: readonly { status: number }[]) => answers.map(({ status }) => status);
const times = <T>(n: number, call: () => PromiseLike<T>) => Promise.all(Array.from({ length: n }, call));

describe('whoever asks', () => {
  it('is told what is left, and asked to wait once nothing is', async () => {
    const { student } = school;
    const first = await student.caller.get('/students/me').expect(200);
    expect(first.headers['ratelimit-policy']).toBe('"address";q=100;w=60, "caller";q=20;w=60');
    expect(first.headers['ratelimit']).toMatch(/^"address";r=\d+;t=\d+, "caller";r=19;t=(59|60)$/);
    await times(19, () => student.caller.get('/students/me').expect(200));
    const refused = await student.caller.get('/students/me').set('accept-language', 'da').expect(429);
    expect(refused.body).toMatchObject({ code: 'request.too_many', detail: expect.stringContaining('Prøv igen om') });
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(50);
    expect(refused.headers['ratelimit']).toContain('"caller";r=0');
  });

  it('is counted alone: somebody else at the same address goes on', async () => {
    await school.student.caller.get('/students/me').expect(429);
    await school.teacher.caller.get('/students').expect(200);
  });
});

describe('a costly route', () => {
  const journal = () => school.owner.get('/accounting/journal.csv?date=2026-11-01');

  it('takes less, counted in Redis for all processes', async () => {
    const { headers } = await journal().expect(200);
    expect(headers['ratelimit-policy']).toContain('"accounting-export";q=6;w=60');
    // Another process counts there too.
    const keys = await test.app.get(RedisConnection, { strict: false }).client.keys('*:rate:accounting-export:*');
    expect(keys).toHaveLength(1);
    const storeClient = test.app.get(RedisConnection, { strict: false }).client;
    const [keyPrefix = '', key = ''] = keys[0]!.split(/:(?=[^:]+$)/);
    const elsewhere = new RateLimiterRedis({ storeClient, keyPrefix, points: 6, duration: 60 });
    await elsewhere.consume(key, 4);
    expect(statusesOf([await journal(), await journal()])).toEqual([200, 429]);
  });

  it('still has its limit, and no 5xx, while Redis is away', async () => {
    const { client } = test.app.get(RedisConnection, { strict: false });
    client.disconnect();
    const teacher = await school.addTeacher('kasse@travl.example');
    const statuses = statusesOf(await times(8, () => journal()));
    expect(statuses.filter((status) => status === 200)).toHaveLength(6);
    expect(statuses.filter((status) => status === 429)).toHaveLength(2);
    await teacher.caller.get('/students').expect(200);
    await client.connect();
    await journal().expect(429);
  });
});

describe('an address', () => {
  it('is counted before anybody is signed in, and never for monitors and providers', async () => {
    const statuses = statusesOf(await times(101, () => test.http.get('/v1/me').set('authorization', 'Bearer guess')));
    expect(new Set(statuses)).toEqual(new Set([401, 429]));
    const refused = await test.http.post('/v1/auth/login').send({}).expect(429);
    expect(refused.body.code).toBe('request.too_many');
    await test.http.get('/health/live').expect(200);
    const webhook = await test.http.post('/webhooks/stripe').send({});
    expect(webhook.status).not.toBe(429);
  });
});
