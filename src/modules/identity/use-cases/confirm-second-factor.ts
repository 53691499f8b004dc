import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../../../platform/audit/audit.js';
import { Transaction } from '../../../platform/database/transaction.js';
import type { Sender } from '../../../platform/http/sender.js';
import type { Id } from '../../../platform/values/id.js';
import { SecondFactorEnabled, SecondFactorNotEnabled } from '../domain/identity-problems.js';
import { SecondFactorReader } from '../queries/second-factor-reader.js';
import { Credentials } from './credentials.js';
import { SecondFactorCodes } from './second-factor-codes.js';

/** Puts a second factor in force with the first code of the app, and hands out the recovery codes. */
@Injectable()
export class ConfirmSecondFactor {
  constructor(
    readonly em: EntityManager,
    private readonly reader: SecondFactorReader,
    private readonly credentials: Credentials,
    private readonly codes: SecondFactorCodes,
    private readonly audit: Audit,
  ) {}

  /** @throws SecondFactorNotEnabled, SecondFactorEnabled, ConfirmationCodeWrong, TooManyAttempts */
  async execute(userId: Id, code: string, sender: Sender): Promise<{ recoveryCodes: string[] }> {
    const { state } = await this.reader.of(userId);
    if (state === 'none') throw new SecondFactorNotEnabled();
    if (state === 'enabled') throw new SecondFactorEnabled();
    return { recoveryCodes: await this.credentials.confirmCode(userId, sender, () => this.enable(userId, code)) };
  }

  @Transaction()
  private async enable(userId: Id, code: string): Promise<string[] | null> {
    if (!(await this.codes.confirm(userId, code))) return null;
    await this.audit.record({ action: 'second_factor.enabled', subjectId: userId });
    return this.codes.renewRecoveryCodes(userId);
  }
}
