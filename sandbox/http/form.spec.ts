import { describe, expect, it } from '@jest/globals';
import { canonical, decodeForm } from './form.js';

describe('decodeForm', () => {
  const decoded = (text: string): unknown => JSON.parse(JSON.stringify(decodeForm(text)));

  it.each([
    ['flat', 'a=1&b=k%C3%B8re+time', { a: '1', b: 'køre time' }],
    ['nested lists', 'l[0][p][n]=x&l[1][p][n]=y', { l: [{ p: { n: 'x' } }, { p: { n: 'y' } }] }],
    ['appended', 'e[]=a&e[]=b', { e: ['a', 'b'] }],
    ['repeated', 'm=a&m=b', { m: ['a', 'b'] }],
    ['a sign in the name', 'DateSent%3E=2026', { 'DateSent>': '2026' }],
    ['nothing', '', {}],
  ])('reads %s', (_what, text, expected) => expect(decoded(text)).toEqual(expected));

  it('takes no field for a prototype', () => {
    decodeForm('__proto__[polluted]=yes');
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  it('writes the same content the same way', () => {
    expect(canonical(decodeForm('b=2&a[x]=1'))).toBe(canonical(decodeForm('a[x]=1&b=2')));
    expect(canonical(decodeForm('a=1'))).not.toBe(canonical(decodeForm('a=2')));
  });
});
