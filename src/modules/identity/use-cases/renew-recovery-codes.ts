import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../../../platform/audit/audit.js';
import { Transaction } from '../../../platform/database/transaction.js';
import type { Sender } from '../../../platform/http/sender.js';
import type { Id } from '../../../platform/values/id.js';
import { Credentials } from './credentials.js';
import { SecondFactorCodes } from './second-factor-codes.js';

/** Hands out new recovery codes; those from before count no more. */
@Injectable()
export class RenewRecoveryCodes {
  constructor(
    readonly em: EntityManager,
    private readonly credentials: Credentials,
    private readonly codes: SecondFactorCodes,
    private readonly audit: Audit,
  ) {}

  /** @throws PasswordWrong, ConfirmationCodeWrong, TooManyAttempts */
  async execute(userId: Id, password: string, code: string, sender: Sender): Promise<{ recoveryCodes: string[] }> {
    await this.credentials.confirmPassword(userId, password, sender);
    return { recoveryCodes: await this.credentials.confirmCode(userId, sender, () => this.renew(userId, code)) };
  }

  @Transaction()
  private async renew(userId: Id, code: string): Promise<string[] | null> {
    if (!(await this.codes.spend(userId, code))) return null;
    await this.audit.record({ action: 'second_factor.recovery_codes_renewed', subjectId: userId });
    return this.codes.renewRecoveryCodes(userId);
  }
}
