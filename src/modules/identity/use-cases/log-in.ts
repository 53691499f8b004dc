import { Injectable } from '@nestjs/common';
import { Credentials } from './credentials.js';
import { type OpenedSession, OpenSession } from './open-session.js';

@Injectable()
export class LogIn {
  constructor(
    private readonly credentials: Credentials,
    private readonly openSession: OpenSession,
  ) {}

  /** @throws InvalidCredentials */
  async execute({ email, password }: { email: string; password: string }): Promise<OpenedSession> {
    const { userId } = await this.credentials.check(email, password);
    return this.openSession.execute(userId);
  }
}
