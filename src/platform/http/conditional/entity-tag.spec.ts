import { describe, expect, it } from '@jest/globals';
import { entityTagOf, isKnown, isMatch } from './entity-tag.js';

const tag = entityTagOf('{"a":1}');

describe('an entity tag', () => {
  it('is the same for the same text alone', () => {
    expect(entityTagOf('{"a":1}')).toBe(tag);
    expect(entityTagOf('{"a":2}')).not.toBe(tag);
    expect(tag).toMatch(/^"[\w-]{22}"$/);
  });

  it.each([
    [tag, true, true],
    ['*', true, true],
    [`"other", ${tag}`, true, true],
    [`"a,b",${tag}`, true, true],
    [`W/${tag}`, false, true],
    [`W/"x", W/${tag}`, false, true],
    ['"other"', false, false],
    [tag.slice(1, -1), false, false],
    ['', false, false],
  ])('%s: If-Match %p, If-None-Match %p', (header, matches, known) => {
    expect(isMatch(header, tag)).toBe(matches);
    expect(isKnown(header, tag)).toBe(known);
  });
});
