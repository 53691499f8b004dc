import { describe, expect, it } from '@jest/globals';
import { passwordWeakness } from './password-strength.js';
import { passwordWarnings } from './password-texts.js';

const own = ['Anna Bang Jensen', 'anna.bang@nordhavn.example'];

describe('a password', () => {
  it.each([
    'lang nok adgangskode',
    'correct horse battery staple',
    'red light, green light',
    'forkert hest batteri',
    'kX9#vQ2!mZ7pL4wd',
    'ærø-gulerod-trombone',
    'Anna spiser sjældent rabarber',
  ])('%j is hard to guess', async (password) => {
    expect(await passwordWeakness(password, own)).toBeNull();
  });

  it.each([
    'aaaaaaaaaaaaaaaa',
    'password1234',
    'adgangskode1',
    'Adgangskode!',
    'qwertyuiopåæø',
    '123456789012345',
    'abcabcabcabcabc',
    'sommersommer1',
    'køreskole2026',
  ])('%j is easy to guess', async (password) => {
    const weakness = await passwordWeakness(password, own);
    expect(weakness?.en).toMatch(/\.$/);
    expect(weakness?.da).not.toBe(weakness?.en);
  });

  it.each(['anna bang JENSEN', 'Nordhavn-Anna1', 'anna.bang@nordhavn.example', 'jensenjensenjensen'])(
    '%j is the person’s own name, address or school',
    async (password) => {
      expect(await passwordWeakness(password, own)).toBe(passwordWarnings.userInputs);
    },
  );

  it('is judged by its beginning, so that a long one keeps nobody waiting', async () => {
    const beginning = 'ab'.repeat(20);
    const judged = await passwordWeakness(beginning, own);
    expect(judged).not.toBeNull();
    expect(await passwordWeakness(beginning + 'kX9#vQ2!mZ7pL4wd'.repeat(10), own)).toEqual(judged);
  });
});
