import { describe, expect, it } from '@jest/globals';
import { hashPassword, passwordFits } from './password-hash.js';

describe('a password’s hash', () => {
  it('is argon2id as OWASP recommends, salted', async () => {
    const [one, two] = await Promise.all([hashPassword('lang nok adgangskode'), hashPassword('lang nok adgangskode')]);
    expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,p=1,t=2\$/);
    expect(one).not.toBe(two);
  });

  it('fits its own password alone', async () => {
    const hash = await hashPassword('lang nok adgangskode');
    expect(await passwordFits(hash, 'lang nok adgangskode')).toBe(true);
    expect(await passwordFits(hash, 'lang nok Adgangskode')).toBe(false);
  });

  it('never fits where there is none, not even the decoy’s', async () => {
    expect(await passwordFits(null, 'nobody has this password')).toBe(false);
  });
});
