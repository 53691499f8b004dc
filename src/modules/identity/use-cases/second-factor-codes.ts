import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../../../platform/audit/audit.js';
import { Encryption } from '../../../platform/crypto/encryption.js';
import { bin, globalQuery } from '../../../platform/database/query.js';
import { Transaction } from '../../../platform/database/transaction.js';
import { Clock } from '../../../platform/values/clock.js';
import type { Id } from '../../../platform/values/id.js';
import { newRecoveryCode, plainCode } from '../domain/recovery-code.js';
import { secretContext } from '../domain/second-factor.js';
import { hashOfToken } from '../../../platform/crypto/secret-token.js';
import { stepOfCode } from '../domain/totp.js';
import type { IdentityTables } from '../identity.tables.js';

const recoveryCodes = 10;

/** Takes the codes of second factors, each once. */
@Injectable()
export class SecondFactorCodes {
  constructor(
    readonly em: EntityManager,
    private readonly encryption: Encryption,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  /** True when it was right, and counts no more. A code of the app, or a recovery code. */
  @Transaction()
  async spend(userId: Id, code: string): Promise<boolean> {
    const plain = plainCode(code);
    return /^\d{6}$/.test(plain) ? this.spendStep(userId, plain) : this.spendRecoveryCode(userId, plain);
  }

  /** The same of a secret that is about to be confirmed, which from then on counts. */
  @Transaction()
  async confirm(userId: Id, code: string): Promise<boolean> {
    return this.spendStep(userId, plainCode(code), this.clock.now());
  }

  /** New recovery codes in place of all others; in the caller's transaction. What is kept is their hashes. */
  async renewRecoveryCodes(userId: Id): Promise<string[]> {
    const codes = Array.from({ length: recoveryCodes }, newRecoveryCode);
    await this.db.deleteFrom('recovery_codes').where('user_id', '=', bin(userId)).execute();
    await this.db
      .insertInto('recovery_codes')
      .values(codes.map((code) => ({ user_id: bin(userId), hash: hashOfToken(plainCode(code)) })))
      .execute();
    return codes;
  }

  // Of two who bring the same code at once the UPDATE lets one through.
  private async spendStep(userId: Id, code: string, confirmedAt?: Date): Promise<boolean> {
    const factor = await this.db
      .selectFrom('second_factors')
      .select(['secret', 'confirmed_at as confirmedAt'])
      .where('user_id', '=', bin(userId))
      .executeTakeFirst();
    if (!factor || (factor.confirmedAt === null) !== (confirmedAt !== undefined)) return false;
    const step = stepOfCode(this.encryption.open(factor.secret, secretContext(userId)), code, this.clock.now());
    if (step === null) return false;
    const { numUpdatedRows } = await this.db
      .updateTable('second_factors')
      .set({ last_step: step, ...(confirmedAt && { confirmed_at: confirmedAt }) })
      .where('user_id', '=', bin(userId))
      .where('secret', '=', factor.secret)
      .where((row) => row.or([row('last_step', 'is', null), row('last_step', '<', step)]))
      .executeTakeFirstOrThrow();
    return numUpdatedRows > 0n;
  }

  private async spendRecoveryCode(userId: Id, code: string): Promise<boolean> {
    const { numUpdatedRows } = await this.db
      .updateTable('recovery_codes')
      .set({ used_at: this.clock.now() })
      .where('user_id', '=', bin(userId))
      .where('hash', '=', hashOfToken(code))
      .where('used_at', 'is', null)
      .executeTakeFirstOrThrow();
    if (numUpdatedRows === 0n) return false;
    await this.audit.record({ action: 'second_factor.recovery_code_used', subjectId: userId });
    return true;
  }

  private get db() {
    return globalQuery<IdentityTables>(this.em);
  }
}
