import { describe, expect, it } from '@jest/globals';
import type { AppConfig } from '../config/app.config.js';
import { CannotOpen, Encryption } from './encryption.js';

const old = 'the key that was in force last year';
const now = 'the key that is in force this year.';

const encryption = (encryptionKey: string, ...acceptedEncryptionKeys: string[]) =>
  new Encryption({ encryptionKey, acceptedEncryptionKeys } as unknown as AppConfig);

describe('what is sealed', () => {
  it('opens with its own key, in its own place', () => {
    const sealed = encryption(now).seal('høj hemmelighed', 'here');
    expect(sealed).not.toContain('hemmelighed');
    expect(encryption(now).open(sealed, 'here')).toBe('høj hemmelighed');
    expect(() => encryption(now).open(sealed, 'elsewhere')).toThrow(CannotOpen);
  });

  it('is another text each time', () => {
    expect(encryption(now).seal('same', 'here')).not.toBe(encryption(now).seal('same', 'here'));
  });

  it.each([4, 20, -1])('shows when it was changed at %i', (at) => {
    const sealed = encryption(now).seal('secret', 'here');
    const [id, text] = sealed.split('.') as [string, string];
    const bytes = Buffer.from(text, 'base64url');
    bytes[at < 0 ? bytes.length + at : at]! ^= 1;
    expect(() => encryption(now).open(`${id}.${bytes.toString('base64url')}`, 'here')).toThrow(CannotOpen);
  });

  it.each(['', 'x', 'deadbeef.AAAA', '.'])('is not %j', (made) => {
    expect(() => encryption(now).open(made, 'here')).toThrow(CannotOpen);
  });

  it('opens after its key was replaced, as long as that is known, and says that it is old', () => {
    const sealed = encryption(old).seal('secret', 'here');
    const rotated = encryption(now, old);
    expect(rotated.open(sealed, 'here')).toBe('secret');
    expect(sealed.startsWith(rotated.currentMark)).toBe(false);
    expect(rotated.seal('secret', 'here').startsWith(rotated.currentMark)).toBe(true);
    expect(() => encryption(now).open(sealed, 'here')).toThrow(CannotOpen);
  });
});
