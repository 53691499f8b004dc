import { afterAll, beforeAll, expect, it } from '@jest/globals';
import supertest from 'supertest';
import { Readiness } from '../../src/platform/observability/readiness.js';
import { startTestApp, type TestApp } from '../support/app.js';

let test: TestApp;

beforeAll(async () => {
  test = await startTestApp({ env: { APP_ROLE: 'worker' } });
});
afterAll(() => test.close());

it('answers for its health and its metrics, and for nothing else', async () => {
  await test.http.get('/health/live').expect(200);
  await test.http.get('/health/ready').expect(200);
  const { text } = await test.http.get('/metrics').expect(200);
  expect(text).toContain('schedule_overdue_seconds{schedule="outbox.purge"} 0');
  // Not held against the document, of which a worker serves nothing else.
  const http = supertest(test.url);
  for (const path of ['/', '/docs', '/openapi.json', '/ops/login', '/v1/me', '/health'])
    await http.get(path).expect(404);
  await http.post('/v1/auth/login').send({ email: 'a@b.dk', password: 'x' }).expect(404);
});

it('is not ready any more once it drains', async () => {
  test.app.get(Readiness).drain();
  const { body } = await test.http.get('/health/ready').expect(503);
  expect(body).toEqual({ status: 'unavailable', checks: { database: 'up', redis: 'up', accepting: 'down' } });
  await test.http.get('/health/live').expect(200);
});
