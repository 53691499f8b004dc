import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { Transaction } from '../../../platform/database/transaction.js';
import type { Sender } from '../../../platform/http/sender.js';
import type { Id } from '../../../platform/values/id.js';
import { Credentials } from './credentials.js';
import { DisableSecondFactor } from './disable-second-factor.js';
import { SecondFactorCodes } from './second-factor-codes.js';

/** Ends the use of a second factor for whoever proves with password and code that it is his. */
@Injectable()
export class TurnOffSecondFactor {
  constructor(
    readonly em: EntityManager,
    private readonly credentials: Credentials,
    private readonly codes: SecondFactorCodes,
    private readonly disableSecondFactor: DisableSecondFactor,
  ) {}

  /** @throws PasswordWrong, ConfirmationCodeWrong, TooManyAttempts */
  async execute(userId: Id, password: string, code: string, sender: Sender): Promise<void> {
    await this.credentials.confirmPassword(userId, password, sender);
    await this.credentials.confirmCode(userId, sender, () => this.disable(userId, code));
  }

  @Transaction()
  private async disable(userId: Id, code: string): Promise<boolean | null> {
    return (await this.codes.spend(userId, code)) ? this.disableSecondFactor.execute(userId) : null;
  }
}
