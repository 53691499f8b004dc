import { Injectable } from '@nestjs/common';
import { AccessTokens } from '../../../platform/auth/access-tokens.js';
import { InvalidCredentials } from '../domain/identity-problems.js';
import { Credentials } from './credentials.js';
import { OpenSession } from './open-session.js';

/** How long the operators' cookie works, in seconds. */
export const operatorSeconds = 8 * 3600;

/** Signs a platform administrator in to the pages under /ops. */
@Injectable()
export class LogInOperator {
  constructor(
    private readonly credentials: Credentials,
    private readonly sessions: OpenSession,
    private readonly tokens: AccessTokens,
  ) {}

  /** The cookie's token, or null when the credentials are wrong or those of somebody else. */
  async execute(email: string, password: string): Promise<string | null> {
    const person = await this.credentials.check(email, password).catch((error: unknown) => {
      if (error instanceof InvalidCredentials) return null;
      throw error;
    });
    if (!person?.isPlatformAdmin) return null;
    const { sessionId } = await this.sessions.begin(person.userId);
    return this.tokens.issue(sessionId, 'ops', operatorSeconds);
  }
}
