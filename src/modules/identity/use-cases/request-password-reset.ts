import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { globalQuery } from '../../../platform/database/query.js';
import { Transaction } from '../../../platform/database/transaction.js';
import { Outbox } from '../../../platform/outbox/outbox.js';
import type { Sender } from '../../../platform/http/sender.js';
import { PasswordResetRequested } from '../domain/events.js';
import type { IdentityTables } from '../identity.tables.js';
import { Attempts } from './attempts.js';
import { CreateOneTimeToken } from './create-one-time-token.js';

/** Sends a reset link to an address, if it is somebody's; the caller is not told. */
@Injectable()
export class RequestPasswordReset {
  constructor(
    readonly em: EntityManager,
    private readonly outbox: Outbox,
    private readonly tokens: CreateOneTimeToken,
    private readonly attempts: Attempts,
  ) {}

  /** @throws TooManyAttempts whether the address is known or not */
  async execute(email: string, sender: Sender): Promise<void> {
    await this.attempts.count({ kind: 'password_reset', account: email.toLowerCase(), sender });
    await this.send(email);
  }

  @Transaction()
  private async send(email: string): Promise<void> {
    const user = await globalQuery<IdentityTables>(this.em)
      .selectFrom('users')
      .select('id')
      .where('email', '=', email.toLowerCase())
      .executeTakeFirst();
    if (!user) return;
    const tokenId = await this.tokens.execute(user.id, 'password_reset');
    await this.outbox.record(new PasswordResetRequested({ userId: user.id, tokenId }));
  }
}
