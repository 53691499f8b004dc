import { Injectable } from '@nestjs/common';
import type { SignedInUser } from '../../../platform/auth/actor.js';
import type { Sender } from '../../../platform/http/sender.js';
import { Credentials } from './credentials.js';
import { SetPassword } from './set-password.js';

/** Gives somebody signed in another password. The session he does it from goes on, every other one ends. */
@Injectable()
export class ChangePassword {
  constructor(
    private readonly credentials: Credentials,
    private readonly setPassword: SetPassword,
  ) {}

  /** @throws PasswordWrong, PasswordTooGuessable, TooManyAttempts */
  async execute({ userId, sessionId }: SignedInUser, old: string, password: string, sender: Sender): Promise<void> {
    await this.credentials.confirmPassword(userId, old, sender);
    await this.setPassword.execute(userId, password, sessionId);
  }
}
