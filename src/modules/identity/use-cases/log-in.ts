import { Injectable } from '@nestjs/common';
import type { Sender } from '../../../platform/http/sender.js';
import { Credentials, type GivenCredentials } from './credentials.js';
import { type OpenedSession, OpenSession } from './open-session.js';

@Injectable()
export class LogIn {
  constructor(
    private readonly credentials: Credentials,
    private readonly openSession: OpenSession,
  ) {}

  /** @throws InvalidCredentials, CodeRequired, CodeWrong, TooManyAttempts */
  async execute(given: GivenCredentials, sender: Sender): Promise<OpenedSession> {
    return this.openSession.execute(await this.credentials.check(given, sender), sender);
  }
}
