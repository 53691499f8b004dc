import { Injectable } from '@nestjs/common';
import type { Sender } from '../../../platform/http/sender.js';
import { Credentials } from './credentials.js';
import { RedeemOneTimeToken } from './redeem-one-time-token.js';

/** Sets a new password with the link of a reset. Whoever has it need not wait for what others have tried. */
@Injectable()
export class CompletePasswordReset {
  constructor(
    private readonly redeem: RedeemOneTimeToken,
    private readonly credentials: Credentials,
  ) {}

  /** @throws LinkExpired, PasswordTooGuessable */
  async execute(token: string, password: string, sender: Sender): Promise<void> {
    const userId = await this.redeem.execute('password_reset', token, password);
    await this.credentials.forgivePasswords(userId, sender);
  }
}
