import { describe, expect, it } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const sources = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && !file.endsWith('.spec.ts'))
  .map((file) => ({ file, text: readFileSync(path.join('src', file), 'utf8') }));

const filesWith = (pattern: RegExp) => sources.filter(({ text }) => pattern.test(text)).map(({ file }) => file);

describe('the ways past the rules', () => {
  it('lead through one door each', () => {
    expect(filesWith(/\.getKysely\b/)).toEqual(['platform/database/query.ts']);
    expect(filesWith(/\bprocess\.env\b/)).toEqual(['platform/config/environment.ts']);
    expect(filesWith(/queue\.add(Bulk)?\(/)).toEqual(['platform/outbox/lane-relay.ts']);
  });

  it('are used by one class each', () => {
    const writesClaims = filesWith(
      /(insertInto|updateTable|deleteFrom)\('(claims|resource_days)'\)|INSERT INTO (claims|resource_days)/,
    );
    expect(writesClaims.filter((file) => !file.startsWith('modules/bookings/'))).toEqual([]);
    expect(writesClaims.length).toBeLessThanOrEqual(1);
  });
});
