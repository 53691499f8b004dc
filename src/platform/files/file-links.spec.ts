import { describe, expect, it } from '@jest/globals';
import type { AppConfig } from '../config/app.config.js';
import { SystemClock } from '../values/clock.js';
import { newId } from '../values/id.js';
import { FileLinks } from './file-links.js';

const links = (jwtSecret: string, ...acceptedJwtSecrets: string[]) =>
  new FileLinks(
    { jwtSecret, acceptedJwtSecrets, publicUrl: 'https://app.skole.example' } as unknown as AppConfig,
    new SystemClock(),
  );
const tokenOf = (url: string) => url.split('/').at(-1)!;

describe('a link to a file', () => {
  const file = newId();
  const [old, next] = ['the secret that was in force last year', 'the secret that is going to be in force'] as const;

  it('opens its file, and no other by a changed letter', () => {
    const token = tokenOf(links(old).issue(file).url);
    expect(links(old).read(token)).toBe(file);
    for (const at of [0, 22, 30, token.length - 2]) {
      const letter = token[at] === 'A' ? 'B' : 'A';
      expect(links(old).read(token.slice(0, at) + letter + token.slice(at + 1))).toBeNull();
    }
  });

  it('opens while its secret is changed, process by process', () => {
    const before = tokenOf(links(old, next).issue(file).url);
    const after = tokenOf(links(next, old).issue(file).url);
    for (const each of [links(old, next), links(next, old)]) {
      expect([each.read(before), each.read(after)]).toEqual([file, file]);
    }
    expect(links(next).read(before)).toBeNull();
  });
});
