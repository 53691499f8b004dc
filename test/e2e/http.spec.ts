import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTestApp, type TestApp } from '../support/app.js';

let test: TestApp;

beforeAll(async () => {
  test = await startTestApp({ jobs: false });
});
afterAll(() => test.close());

describe('every refusal is problem details', () => {
  it('for an unknown address, in the language asked for', async () => {
    const { body, headers } = await test.http
      .get('/v1/nothing?secret=1')
      .set('accept-language', 'da-DK,da;q=0.9')
      .expect(404);
    expect(headers['content-type']).toBe('application/problem+json; charset=utf-8');
    expect(headers['content-language']).toBe('da');
    expect(body).toEqual({
      type: '/problems/route.not_found',
      title: 'Not Found',
      status: 404,
      detail: 'Denne adresse findes ikke. API’ets adresser står på /docs.',
      instance: '/v1/nothing',
      code: 'route.not_found',
      correlationId: headers['x-request-id'],
    });
  });

  it('for a body that is no JSON', async () => {
    const { body } = await test.http.post('/v1/auth/login').type('json').send('{"email": ').expect(400);
    expect(body.code).toBe('request.malformed');
  });

  it('for a body that is too large', async () => {
    const { body } = await test.http
      .post('/v1/auth/login')
      .send({ email: 'x'.repeat(1_100_000) })
      .expect(413);
    expect(body.code).toBe('request.too_large');
  });

  it('for a media type nobody reads', async () => {
    const { body } = await test.http.post('/v1/auth/login').type('application/xml').send('<a/>').expect(415);
    expect(body.code).toBe('request.unsupported_media_type');
  });

  it('for a media type that another route alone reads', async () => {
    const { body } = await test.http.post('/v1/auth/login').type('text/plain').send('hello').expect(415);
    expect(body.detail).toContain('application/json');
  });

  it('for wrong fields, each by its name', async () => {
    const { body } = await test.http.post('/v1/auth/login').send({ email: 'x', isAdmin: true }).expect(400);
    expect(body.code).toBe('request.invalid');
    expect(body.errors).toEqual(
      expect.arrayContaining([
        { field: 'email', message: 'must be an e-mail address' },
        { field: 'password', message: 'is required' },
        { field: 'isAdmin', message: 'is not known here' },
      ]),
    );
  });
});

describe('around every request', () => {
  it('keeps the caller’s request id when it is harmless', async () => {
    await test.http.get('/health/live').set('x-request-id', 'abc-12345678').expect('x-request-id', 'abc-12345678');
    const { headers } = await test.http.get('/health/live').set('x-request-id', 'x y');
    expect(headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('tells browsers what they may do', async () => {
    const api = await test.http.get('/health/live').expect(200);
    expect(api.headers).toMatchObject({
      'content-security-policy': "default-src 'none'; base-uri 'none'; frame-ancestors 'none'",
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    });
    const docs = await test.http.get('/docs').expect(200);
    expect(docs.headers['content-security-policy']).toMatch(/script-src 'self';.*object-src 'none';/);
    for (const path of ['/ops', '/ops/login', '/account/password'])
      expect((await test.http.get(path)).headers['cache-control']).toBe('no-store');
  });
});

describe('the pages', () => {
  it('shows the way at /', async () => {
    const { text } = await test.http.get('/').expect(200).expect('content-type', /html/);
    expect(text).toContain('href="/docs"');
    expect(text).toContain('href="/ops"');
  });

  it('serves the OpenAPI document and Swagger UI', async () => {
    const { body } = await test.http.get('/openapi.json').expect(200);
    expect(body.openapi).toBe('3.1.0');
    expect(body.paths['/v1/auth/login'].post.operationId).toBe('logIn');
    await test.http.get('/docs').expect(200).expect('content-type', /html/);
    await test.http.get('/docs/swagger-ui-bundle.js').expect(200);
  });
});

describe('health', () => {
  it('says what it depends on', async () => {
    await test.http.get('/health/live').expect(200, { status: 'ok' });
    await test.http
      .get('/health/ready')
      .expect(200, { status: 'ok', checks: { database: 'up', redis: 'up', accepting: 'up' } });
  });
});
