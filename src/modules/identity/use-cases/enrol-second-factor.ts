import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import { toString as qrCode } from 'qrcode';
import { Encryption } from '../../../platform/crypto/encryption.js';
import { bin, globalQuery } from '../../../platform/database/query.js';
import { Transaction } from '../../../platform/database/transaction.js';
import type { Sender } from '../../../platform/http/sender.js';
import { Clock } from '../../../platform/values/clock.js';
import type { Id } from '../../../platform/values/id.js';
import { SecondFactorEnabled } from '../domain/identity-problems.js';
import { secretContext } from '../domain/second-factor.js';
import { newTotpSecret, totpUri } from '../domain/totp.js';
import type { IdentityTables } from '../identity.tables.js';
import { AccountReader } from '../queries/account-reader.js';
import { Credentials } from './credentials.js';

/** What an authenticator app needs to know; shown this once. */
export interface OfferedSecondFactor {
  readonly secret: string;
  readonly uri: string;
  /** The URI as a picture to scan. */
  readonly qrSvg: string;
}

/** Offers somebody a secret for his authenticator app. It counts once he has confirmed it with a code. */
@Injectable()
export class EnrolSecondFactor {
  constructor(
    readonly em: EntityManager,
    private readonly credentials: Credentials,
    private readonly accounts: AccountReader,
    private readonly encryption: Encryption,
    private readonly clock: Clock,
  ) {}

  /** @throws PasswordWrong, SecondFactorEnabled, TooManyAttempts */
  async execute(userId: Id, password: string, sender: Sender): Promise<OfferedSecondFactor> {
    await this.credentials.confirmPassword(userId, password, sender);
    const { user } = await this.accounts.of(userId);
    const secret = newTotpSecret();
    await this.offer(userId, secret);
    const uri = totpUri(secret, user.email);
    return { secret, uri, qrSvg: await qrCode(uri, { type: 'svg', margin: 1 }) };
  }

  /** In place of one that was never confirmed. */
  @Transaction()
  private async offer(userId: Id, secret: string): Promise<void> {
    const db = globalQuery<IdentityTables>(this.em);
    const sealed = this.encryption.seal(secret, secretContext(userId));
    await db
      .insertInto('second_factors')
      .values({ user_id: bin(userId), secret: sealed, created_at: this.clock.now() })
      // One that is in use stays; which of the two it is, the row itself tells.
      .onDuplicateKeyUpdate({ secret: sql<string>`if(confirmed_at is null, ${sealed}, secret)` })
      .execute();
    const kept = await db
      .selectFrom('second_factors')
      .select('confirmed_at')
      .where('user_id', '=', bin(userId))
      .executeTakeFirstOrThrow();
    if (kept.confirmed_at !== null) throw new SecondFactorEnabled();
  }
}
