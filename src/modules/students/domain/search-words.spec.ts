import { describe, expect, it } from '@jest/globals';
import { searchEntries, searchWords } from './search-words.js';

const freja = { name: 'Freja-Marie  Ærø Åkjær', email: 'Freja@Example.dk', phone: '+4520123458', postcode: '2150' };

describe('what a student is found by', () => {
  it('is each word of the name, the address, the number and the postcode', () => {
    const words = searchEntries(freja).map((entry) => entry.slice(0, entry.indexOf(' ')));
    expect(words).toEqual(['freja', 'marie', 'aeroe', 'aakjaer', 'freja@example.dk', '4520123458', '20123458', '2150']);
    expect(searchEntries(freja)[1]).toBe('marie freja-marie  ærø åkjær');
  });

  it('is nothing twice, and nothing that is not there', () => {
    const student = { name: 'Bo Bo', email: 'b@b.dk', phone: null, postcode: null };
    expect(searchEntries(student)).toEqual(['bo bo bo', 'b@b.dk bo bo']);
    const long = 'x'.repeat(110);
    expect(searchEntries({ ...student, name: long, email: `${long}@b.dk` })).toHaveLength(1);
    expect(searchEntries({ ...student, phone: '+46701234567' })).toContain('46701234567 bo bo');
  });

  it('fits its column, however long', () => {
    const long = searchEntries({ ...freja, name: 'Å'.repeat(120), email: `${'x'.repeat(240)}@example.dk` });
    expect(Math.max(...long.map(({ length }) => length))).toBeLessThanOrEqual(240);
  });
});

describe('the words of a question', () => {
  it.each([
    ['ÆRØ  frej', ['aeroe', 'frej']],
    ['Renée', ['renee']],
    ['+45 20 12 34 58', ['4520123458']],
    ['0045 20123458', ['4520123458']],
    ['20-12-34', ['201234']],
    ['Freja 2150', ['freja', '2150']],
    ['Freja@Ex', ['freja@ex']],
    ["O'Neil", ['o', 'neil']],
    ['%_ !', []],
    ['bo BO', ['bo']],
  ])('%s', (question, words) => {
    expect(searchWords(question)).toEqual(words);
  });
});
