import { Injectable } from '@nestjs/common';
import { jwtVerify, SignJWT } from 'jose';
import { AppConfig } from '../config/app.config.js';
import { Clock } from '../values/clock.js';
import { isId, type Id } from '../values/id.js';

/** What a token opens: the API (as bearer), or the pages under /ops (as cookie). */
export type Audience = 'api' | 'ops';

export const accessTokenSeconds = 15 * 60;

/** Short signed proofs of a session. Whether the session still runs is asked from the AccessDirectory. */
@Injectable()
export class AccessTokens {
  private readonly key: Uint8Array;

  constructor(
    config: AppConfig,
    private readonly clock: Clock,
  ) {
    this.key = new TextEncoder().encode(config.jwtSecret);
  }

  /** A token of the session, valid for `seconds`. */
  issue(sessionId: Id, audience: Audience, seconds: number = accessTokenSeconds): Promise<string> {
    const now = Math.floor(this.clock.now().getTime() / 1000);
    return new SignJWT({ sid: sessionId })
      .setProtectedHeader({ alg: 'HS256' })
      .setAudience(audience)
      .setIssuedAt(now)
      .setExpirationTime(now + seconds)
      .sign(this.key);
  }

  /** The session a token proves, or null when it is forged, expired or for another audience. */
  async verify(token: string, audience: Audience): Promise<Id | null> {
    try {
      const { payload } = await jwtVerify(token, this.key, {
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
}
