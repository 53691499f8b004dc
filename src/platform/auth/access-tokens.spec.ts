import { describe, expect, it } from '@jest/globals';
import { SignJWT } from 'jose';
import type { AppConfig } from '../config/app.config.js';
import { SystemClock } from '../values/clock.js';
import { newId } from '../values/id.js';
import { AccessTokens } from './access-tokens.js';

const old = 'the secret that was in force last year';
const next = 'the secret that is going to be in force';

const tokens = (jwtSecret: string, ...acceptedJwtSecrets: string[]) =>
  new AccessTokens({ jwtSecret, acceptedJwtSecrets } as unknown as AppConfig, new SystemClock());

describe('a token', () => {
  const session = newId();

  it('proves its session, for its audience, as long as it lives', async () => {
    const token = await tokens(old).issue(session, 'api');
    expect(await tokens(old).verify(token, 'api')).toBe(session);
    expect(await tokens(old).verify(token, 'ops')).toBeNull();
    expect(await tokens(old).verify(await tokens(old).issue(session, 'api', -1), 'api')).toBeNull();
  });

  it('is accepted everywhere while its secret is changed, process by process', async () => {
    // First the new secret is accepted everywhere, then it signs, then the old one is forgotten.
    const stages = [tokens(old), tokens(old, next), tokens(next, old), tokens(next)];
    for (const [index, signing] of stages.entries()) {
      const token = await signing.issue(session, 'api');
      for (const verifying of stages.slice(Math.max(0, index - 1), index + 2)) {
        expect(await verifying.verify(token, 'api')).toBe(session);
      }
    }
    expect(await tokens(next).verify(await tokens(old).issue(session, 'api'), 'api')).toBeNull();
  });

  it('of the time before secrets had names is read with the one in force', async () => {
    const nameless = new SignJWT({ sid: session }).setProtectedHeader({ alg: 'HS256' }).setAudience('api');
    const token = await nameless.setExpirationTime('1 minute').sign(new TextEncoder().encode(old));
    expect(await tokens(old).verify(token, 'api')).toBe(session);
  });

  it('is not believed about its own algorithm or key', async () => {
    const unsigned = [{ alg: 'none' }, { sid: session, aud: 'api', exp: 9e9 }].map((part) =>
      Buffer.from(JSON.stringify(part)).toString('base64url'),
    );
    expect(await tokens(old).verify(`${unsigned.join('.')}.`, 'api')).toBeNull();
  });
});
