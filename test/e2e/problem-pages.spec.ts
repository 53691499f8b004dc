import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { glob } from 'node:fs/promises';
import { startTestApp, type TestApp } from '../support/app.js';

let test: TestApp;

beforeAll(async () => {
  test = await startTestApp({ jobs: false });
});
afterAll(() => test.close());

/** Every code that a class of ours may answer, as the source says it. */
async function codesOfSource(): Promise<string[]> {
  const codes: string[] = [];
  for await (const file of glob('src/**/*.ts')) {
    if (file.endsWith('.spec.ts')) continue;
    const text = readFileSync(file, 'utf8');
    if (
      !/extends (BadRequest|Unauthorized|PaymentRequired|Forbidden|NotFound|Conflict|Unprocessable|Unavailable|Problem)\b/.test(
        text,
      )
    )
      continue;
    for (const [, code] of text.matchAll(/super\(\s*'([a-z_]+\.[a-z_]+|internal)'/g)) codes.push(code!);
  }
  return codes;
}

describe('the type of a problem', () => {
  it('leads to a page in both languages, for every code there is', async () => {
    const codes = await codesOfSource();
    expect(codes.length).toBeGreaterThan(80);
    const without: string[] = [];
    for (const code of codes) {
      const english = await test.http.get(`/problems/${code}`);
      const danish = await test.http.get(`/problems/${code}`).set('accept-language', 'da');
      const isPage = english.status === 200 && english.text.includes(code) && danish.text.includes('lang="da"');
      if (!isPage) without.push(code);
    }
    // Name the class among `problems` of an operation that answers it, or in known-problems.ts.
    expect(without).toEqual([]);
  });

  it('is where a problem says it is, and is listed', async () => {
    const { body } = await test.http.get('/v1/me').expect(401);
    const { text, headers } = await test.http.get(body.type).expect(200).expect('content-type', /html/);
    expect(text).toContain('Authorization: Bearer');
    expect(headers['content-security-policy']).toContain("frame-ancestors 'none'");
    expect((await test.http.get('/problems').expect(200)).text).toContain(`href="${body.type}"`);
    await test.http.get('/problems/no.such').expect(404);
  });
});
