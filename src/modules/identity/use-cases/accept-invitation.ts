import { Injectable } from '@nestjs/common';
import type { Sender } from '../../../platform/http/sender.js';
import { type OpenedSession, OpenSession } from './open-session.js';
import { RedeemOneTimeToken } from './redeem-one-time-token.js';

/** The invited person sets a password and is signed in. */
@Injectable()
export class AcceptInvitation {
  constructor(
    private readonly redeem: RedeemOneTimeToken,
    private readonly openSession: OpenSession,
  ) {}

  /** @throws LinkExpired, PasswordTooGuessable */
  async execute({ token, password }: { token: string; password: string }, sender: Sender): Promise<OpenedSession> {
    return this.openSession.execute(await this.redeem.execute('invitation', token, password), sender);
  }
}
