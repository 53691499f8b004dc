import { Injectable } from '@nestjs/common';
import { AccessDirectory } from '../../../platform/auth/access-directory.js';
import { AccessTokens } from '../../../platform/auth/access-tokens.js';
import { SecondFactorNeeded } from '../../../platform/auth/auth-problems.js';
import type { Sender } from '../../../platform/http/sender.js';
import { InvalidCredentials } from '../domain/identity-problems.js';
import { Credentials, type GivenCredentials } from './credentials.js';
import { EndSessions } from './end-sessions.js';
import { OpenSession } from './open-session.js';

/** How long the operators' cookie works, in seconds. */
export const operatorSeconds = 8 * 3600;

/** Signs a platform administrator in to the pages under /ops. */
@Injectable()
export class LogInOperator {
  constructor(
    private readonly credentials: Credentials,
    private readonly sessions: OpenSession,
    private readonly endSessions: EndSessions,
    private readonly directory: AccessDirectory,
    private readonly tokens: AccessTokens,
  ) {}

  /** The cookie's token. @throws InvalidCredentials also for everybody else, CodeRequired, CodeWrong, TooManyAttempts, SecondFactorNeeded */
  async execute(given: GivenCredentials, sender: Sender): Promise<string> {
    const { sessionId } = await this.sessions.begin(await this.credentials.check(given, sender), sender);
    const signedIn = await this.directory.find(sessionId);
    if (signedIn?.isPlatformAdmin) return this.tokens.issue(sessionId, 'ops', operatorSeconds);
    await this.endSessions.one(sessionId);
    throw signedIn?.lacksSecondFactor ? new SecondFactorNeeded() : new InvalidCredentials();
  }
}
