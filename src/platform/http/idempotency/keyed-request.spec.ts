import { describe, expect, it } from '@jest/globals';
import { MalformedRequest } from '../request-problems.js';
import { canonicalJson } from './keyed-request.js';

describe('canonical JSON', () => {
  it('does not depend on the order of members, at any depth', () => {
    const one = { a: 1, b: [{ c: null, d: 'x' }], e: { f: true, g: {} } };
    const other = { e: { g: {}, f: true }, b: [{ d: 'x', c: null }], a: 1 };
    expect(canonicalJson(one)).toBe(canonicalJson(other));
  });

  it('tells different values apart', () => {
    const values = [null, {}, [], '', 0, { a: 1 }, { a: '1' }, { a: [1] }, [1, 2], [2, 1], ['1,2']];
    expect(new Set(values.map(canonicalJson)).size).toBe(values.length);
  });

  it('refuses what is nested deeper than anybody means', () => {
    expect(() => canonicalJson(JSON.parse('['.repeat(200_000) + ']'.repeat(200_000)))).toThrow(MalformedRequest);
  });
});
