import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { Transaction } from '../../../platform/database/transaction.js';
import { Clock } from '../../../platform/values/clock.js';
import type { Id } from '../../../platform/values/id.js';
import { OneTimeToken, type TokenPurpose } from '../domain/one-time-token.js';
import { hashOfToken, newSecretToken } from '../../../platform/crypto/secret-token.js';

/** What goes into a link that is about to be sent. */
export interface MintedToken {
  readonly token: string;
  readonly expiresAt: Date;
  readonly purpose: TokenPurpose;
}

/** Makes the secret of a link at the moment of sending; only its hash is kept, and it replaces one sent before. */
@Injectable()
export class MintOneTimeToken {
  constructor(
    readonly em: EntityManager,
    private readonly clock: Clock,
  ) {}

  /** Null when the link has been used or its time is over: then there is nothing to send. */
  @Transaction()
  async execute(tokenId: Id): Promise<MintedToken | null> {
    const now = this.clock.now();
    const found = await this.em.findOne(OneTimeToken, { id: tokenId });
    if (!found?.isOpen(now)) return null;
    const token = newSecretToken();
    found.bind(hashOfToken(token), now);
    await this.em.flush();
    return { token, expiresAt: found.expiresAt, purpose: found.purpose };
  }
}
