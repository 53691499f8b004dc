import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { connect } from 'node:net';
import { startTestApp, type TestApp } from '../support/app.js';
import { openTestSchool, type TestSchool } from '../support/test-school.js';

const friend = 'https://app.example.dk';

let test: TestApp;
let school: TestSchool;

beforeAll(async () => {
  test = await startTestApp({ jobs: false, env: { CORS_ORIGINS: `${friend}, https://booking.example.dk` } });
  school = await openTestSchool(test, 'kant');
});
afterAll(() => test.close());

interface RawAnswer {
  readonly status: number;
  readonly headers: string;
  readonly body: { code?: string; correlationId?: string; detail?: string };
}

/** What the server says to these very bytes. */
function raw(...lines: string[]): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    const socket = connect(Number(new URL(test.url).port), '127.0.0.1');
    let text = '';
    socket.on('data', (chunk) => (text += chunk.toString()));
    socket.on('error', reject);
    socket.on('close', () => {
      const [headers = '', body = ''] = text.split('\r\n\r\n');
      resolve({ status: Number(headers.split(' ')[1]), headers, body: body.startsWith('{') ? JSON.parse(body) : {} });
    });
    socket.write(`${lines.join('\r\n')}\r\n\r\n`);
  });
}

const close = 'Connection: close';
const host = 'Host: localhost';

describe('what is no request of ours is refused by problem details', () => {
  it.each([
    ['no HTTP at all', 400, 'request.malformed', ['hello']],
    ['an unknown method', 400, 'request.malformed', ['FETCH / HTTP/1.1', host, close]],
    ['a broken header', 400, 'request.malformed', ['GET / HTTP/1.1', 'Ho st : x', close]],
    ['no host', 400, 'request.malformed', ['GET /health/live HTTP/1.1', close]],
    [
      'two lengths',
      400,
      'request.malformed',
      ['POST / HTTP/1.1', host, 'Content-Length: 1', 'Content-Length: 2', close],
    ],
    ['headers that never end', 431, 'request.headers_too_large', ['GET / HTTP/1.1', host, `X: ${'x'.repeat(17_000)}`]],
    [
      'a hundred and one headers',
      431,
      'request.headers_too_large',
      ['GET / HTTP/1.1', host, close, ...Array.from({ length: 99 }, (_, i) => `X-${i}: 1`)],
    ],
    [
      'an endless address',
      414,
      'request.address_too_long',
      [`GET /v1/me?q=${'x'.repeat(5_000)} HTTP/1.1`, host, close],
    ],
    ['a broken escape', 400, 'request.malformed', ['GET /v1/%zz HTTP/1.1', host, close]],
  ])('%s', async (_name, status, code, lines) => {
    const answer = await raw(...lines);
    expect([answer.status, answer.body.code]).toEqual([status, code]);
    expect(answer.headers).toMatch(/content-type: application\/problem\+json/i);
    expect(answer.headers).toMatch(new RegExp(`x-request-id: ${answer.body.correlationId}`, 'i'));
    expect(answer.headers).toMatch(/x-content-type-options: nosniff/i);
  });

  it('JSON without bottom', async () => {
    const deep = `${'['.repeat(50_000)}${']'.repeat(50_000)}`;
    const { body } = await test.http.post('/v1/auth/login').type('json').send(deep).expect(400);
    expect(body.code).toBe('request.nested_too_deep');
    await test.http.post('/v1/auth/login').type('json').send(deep.slice(0, 50_000)).expect(400);
  });

  it('a packed body, which nobody unpacks', async () => {
    const packed = test.http.post('/v1/auth/login').set('content-encoding', 'gzip').type('json');
    expect((await packed.send(Buffer.from('H4sIAAAAAAAAA6tWKkktLlGyUlAqSS0uUaoFAGX1s0ETAAAA', 'base64'))).status).toBe(
      400,
    );
  });
});

describe('a page of another origin', () => {
  const preflight = (origin: string) =>
    test.http
      .options('/v1/auth/login')
      .set({ origin, 'access-control-request-method': 'POST', 'access-control-request-headers': 'content-type' });

  it('that is named may call, with a token and never with cookies', async () => {
    const { headers } = await preflight(friend).expect(204);
    expect(headers['access-control-allow-origin']).toBe(friend);
    expect(headers['access-control-allow-headers']).toContain('If-Match');
    expect(headers['access-control-allow-credentials']).toBeUndefined();
    const answer = await school.owner.get('/students').set('origin', friend).expect(200);
    expect(answer.headers['access-control-allow-origin']).toBe(friend);
    for (const name of ['ETag', 'RateLimit', 'Retry-After', 'Idempotent-Replayed', 'X-Request-Id']) {
      expect(answer.headers['access-control-expose-headers']).toContain(name);
    }
    expect(answer.headers['vary']).toMatch(/origin/i);
  });

  it('that is not named gets no leave, nor does anybody without such a setting', async () => {
    const { headers } = await preflight('https://evil.example');
    expect(headers['access-control-allow-origin']).toBeUndefined();
    const refused = await test.http.get('/v1/me').set('origin', 'https://evil.example').expect(401);
    expect(refused.headers['access-control-allow-origin']).toBeUndefined();
  });
});

describe('large answers', () => {
  it('come packed to whoever takes them so, with the tag of what is in them', async () => {
    const plain = await test.http.get('/openapi.json').set('accept-encoding', 'identity').expect(200);
    const packed = await test.http.get('/openapi.json').set('accept-encoding', 'br, gzip').expect(200);
    expect(plain.headers['content-encoding']).toBeUndefined();
    expect(packed.headers['content-encoding']).toBe('br');
    expect(packed.headers['vary']).toMatch(/accept-encoding/i);
    expect(packed.body).toEqual(plain.body);
    const long = Array.from({ length: 9 }, (_, i) => school.enrol(`lang${i}@kant.example`));
    await Promise.all(long);
    const list = await school.owner.get('/students').set('accept-encoding', 'gzip').expect(200);
    expect(list.headers['content-encoding']).toBe('gzip');
    const again = school.owner.get('/students').set('accept-encoding', 'identity');
    await again.set('if-none-match', list.headers['etag']!).expect(304);
  });

  it('never come packed when small', async () => {
    const small = await school.owner.get('').set('accept-encoding', 'gzip').expect(200);
    expect(small.headers['content-encoding']).toBeUndefined();
  });

  it('never come packed where a browser’s cookie or a secret is in play', async () => {
    const { headers, text } = await test.http.get('/ops/login').set('accept-encoding', 'br, gzip').expect(200);
    expect(text.length).toBeGreaterThan(1024);
    expect(headers['content-encoding']).toBeUndefined();
  });
});

describe('a request id', () => {
  it('is in every answer, the problem’s included', async () => {
    const given = { 'x-request-id': 'min-egen-1234' };
    for (const call of [
      test.http.get('/nowhere'),
      test.http.get('/v1/me'),
      test.http.get('/docs'),
      test.http.get('/ops'),
    ]) {
      const { headers, body } = await call.set(given);
      expect(headers['x-request-id']).toBe('min-egen-1234');
      if (body.code) expect(body.correlationId).toBe('min-egen-1234');
    }
  });
});
