import { Injectable } from '@nestjs/common';
import { type CryptoKey, type JWTHeaderParameters, jwtVerify, SignJWT } from 'jose';
import { createHash } from 'node:crypto';
import { AppConfig } from '../config/app.config.js';
import { Clock } from '../values/clock.js';
import { isId, type Id } from '../values/id.js';

/** What a token opens: the API (as bearer), or the pages under /ops (as cookie). */
export type Audience = 'api' | 'ops';

export const accessTokenSeconds = 15 * 60;

interface Key {
  /** Names the secret in what it signed, without telling anything about it. */
  readonly id: string;
  /** Made once: jose would make it anew for each token. */
  readonly secret: Promise<CryptoKey>;
}

/** Short signed proofs of a session. Whether the session still runs is asked from the AccessDirectory. */
@Injectable()
export class AccessTokens {
  private readonly current: Key;
  private readonly accepted: ReadonlyMap<string | undefined, Key>;

  constructor(
    config: AppConfig,
    private readonly clock: Clock,
  ) {
    this.current = keyOf(config.jwtSecret);
    const keys = [...config.acceptedJwtSecrets.map(keyOf), this.current];
    this.accepted = new Map(keys.map((key) => [key.id, key]));
  }

  /** A token of the session, valid for `seconds`. */
  async issue(sessionId: Id, audience: Audience, seconds: number = accessTokenSeconds): Promise<string> {
    const now = Math.floor(this.clock.now().getTime() / 1000);
    return new SignJWT({ sid: sessionId })
      .setProtectedHeader({ alg: 'HS256', kid: this.current.id })
      .setAudience(audience)
      .setIssuedAt(now)
      .setExpirationTime(now + seconds)
      .sign(await this.current.secret);
  }

  /** The session a token proves, or null when it is forged, expired or for another audience. */
  async verify(token: string, audience: Audience): Promise<Id | null> {
    try {
      const { payload } = await jwtVerify(token, (header) => this.keyOfHeader(header), {
        algorithms: ['HS256'],
        audience,
        currentDate: this.clock.now(),
        requiredClaims: ['exp'],
      });
      return isId(payload['sid']) ? payload['sid'] : null;
    } catch {
      return null;
    }
  }

  private keyOfHeader({ kid }: JWTHeaderParameters): Promise<CryptoKey> {
    return (this.accepted.get(kid) ?? this.current).secret;
  }
}

function keyOf(secret: string): Key {
  const id = createHash('sha256').update(`key id of ${secret}`).digest('hex').slice(0, 8);
  const bytes = new TextEncoder().encode(secret);
  const hmac = { name: 'HMAC', hash: 'SHA-256' };
  return { id, secret: crypto.subtle.importKey('raw', bytes, hmac, false, ['sign', 'verify']) };
}
