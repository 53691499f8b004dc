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
  ])('%j is hard to guess', (password) => {
    expect(passwordWeakness(password, own)).toBeNull();
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
  ])('%j is easy to guess', (password) => {
    const weakness = passwordWeakness(password, own);
    expect(weakness?.en).toMatch(/\.$/);
    expect(weakness?.da).not.toBe(weakness?.en);
  });

  it.each(['anna bang JENSEN', 'Nordhavn-Anna1', 'anna.bang@nordhavn.example', 'jensenjensenjensen'])(
    '%j is the person’s own name, address or school',
    (password) => {
      expect(passwordWeakness(password, own)).toBe(passwordWarnings.userInputs);
    },
  );

  it('is judged without keeping everybody waiting, however long it is', () => {
    passwordWeakness('warm up please', own);
    const hard = ['a1@4$5!0', 'password@4$5s3cr3t0', 'pÄ4@ssw0rd!1l|7t+', '(<[{', 'ab'].map((each) =>
      each.repeat(50).slice(0, 200),
    );
    const started = performance.now();
    for (const password of hard) passwordWeakness(password, own);
    // Uncapped it is more than a second each.
    expect(performance.now() - started).toBeLessThan(1_500);
  });
});
