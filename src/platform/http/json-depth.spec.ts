import { describe, expect, it } from '@jest/globals';
import { isDeeperThan } from './json-depth.js';

describe('the depth of JSON', () => {
  it.each([
    ['{}', 1],
    ['[[],[],{"a":[]}]', 3],
    ['{"[[[[":"]]{{"}', 1],
    ['{"a\\"[[":[1]}', 2],
    ['"text"', 0],
    ['[[[', 3],
  ])('of %s is %i', (json, depth) => {
    expect(isDeeperThan(depth, Buffer.from(json))).toBe(false);
    expect(isDeeperThan(depth - 1, Buffer.from(json))).toBe(depth > 0);
  });
});
