import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../../../platform/audit/audit.js';
import type { SignedInUser } from '../../../platform/auth/actor.js';
import { Transaction } from '../../../platform/database/transaction.js';
import type { Sender } from '../../../platform/http/sender.js';
import { SecondFactorEnabled, SecondFactorNotEnabled } from '../domain/identity-problems.js';
import { SecondFactorReader } from '../queries/second-factor-reader.js';
import { Credentials } from './credentials.js';
import { EndSessions } from './end-sessions.js';
import { SecondFactorCodes } from './second-factor-codes.js';

/**
 * Puts a second factor in force with the first code of the app, and hands out the recovery codes. The session it is done from goes
 * on; every other one was opened without a code, and ends.
 */
@Injectable()
export class ConfirmSecondFactor {
  constructor(
    readonly em: EntityManager,
    private readonly reader: SecondFactorReader,
    private readonly credentials: Credentials,
    private readonly codes: SecondFactorCodes,
    private readonly endSessions: EndSessions,
    private readonly audit: Audit,
  ) {}

  /** @throws SecondFactorNotEnabled, SecondFactorEnabled, ConfirmationCodeWrong, TooManyAttempts */
  async execute(user: SignedInUser, code: string, sender: Sender): Promise<{ recoveryCodes: string[] }> {
    const { userId } = user;
    const { state } = await this.reader.of(userId);
    if (state === 'none') throw new SecondFactorNotEnabled();
    if (state === 'enabled') throw new SecondFactorEnabled();
    return { recoveryCodes: await this.credentials.confirmCode(userId, sender, () => this.enable(user, code)) };
  }

  @Transaction()
  private async enable({ userId, sessionId }: SignedInUser, code: string): Promise<string[] | null> {
    if (!(await this.codes.confirm(userId, code))) return null;
    await this.endSessions.allOf(userId, sessionId);
    await this.audit.record({ action: 'second_factor.enabled', subjectId: userId });
    return this.codes.renewRecoveryCodes(userId);
  }
}
