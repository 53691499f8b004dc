import { describe, expect, it } from '@jest/globals';
import { segmentsOf, smsParts } from './segments.js';

describe('segmentsOf', () => {
  it.each([
    ['æøå in the GSM alphabet', 'æøåÆØÅ', 1],
    ['160 characters', 'x'.repeat(160), 1],
    ['161 characters', 'x'.repeat(161), 2],
    ['80 euro signs, which cost two', '€'.repeat(80), 1],
    ['81 euro signs', '€'.repeat(81), 2],
    ['70 characters with an emoji', `${'x'.repeat(68)}🚗`, 1],
    ['71 characters with an emoji', `${'x'.repeat(69)}🚗`, 2],
    ['a curly quote', `${'x'.repeat(70)}’`, 2],
  ])('counts %s', (_what, text, segments) => expect(segmentsOf(text)).toBe(segments));
});

describe('smsParts', () => {
  it('cuts no character in two', () => {
    expect(smsParts(`${'x'.repeat(152)}€${'x'.repeat(10)}`).parts).toEqual(['x'.repeat(152), `€${'x'.repeat(10)}`]);
    expect(smsParts(`${'x'.repeat(66)}🚗${'x'.repeat(9)}`)).toEqual({
      encoding: 'UCS-2',
      parts: ['x'.repeat(66), `🚗${'x'.repeat(9)}`],
    });
  });
});
