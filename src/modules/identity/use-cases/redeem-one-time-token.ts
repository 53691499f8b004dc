import { LockMode } from '@mikro-orm/core';
import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { Transaction } from '../../../platform/database/transaction.js';
import { Outbox } from '../../../platform/outbox/outbox.js';
import { inSchool } from '../../../platform/tenancy/tenancy.js';
import { Clock } from '../../../platform/values/clock.js';
import type { Id } from '../../../platform/values/id.js';
import { InvitationAccepted } from '../domain/events.js';
import { LinkExpired } from '../domain/identity-problems.js';
import { OneTimeToken, type TokenPurpose } from '../domain/one-time-token.js';
import { hashOfToken } from '../../../platform/crypto/secret-token.js';
import { SetPassword } from './set-password.js';

/** Sets a password with the secret out of a link, once; every other link sent to the person is void from then on. */
@Injectable()
export class RedeemOneTimeToken {
  constructor(
    readonly em: EntityManager,
    private readonly setPassword: SetPassword,
    private readonly clock: Clock,
    private readonly outbox: Outbox,
  ) {}

  /** @throws LinkExpired, PasswordTooGuessable (which leaves the link open) */
  @Transaction()
  async execute(purpose: TokenPurpose, token: string, password: string): Promise<Id> {
    const now = this.clock.now();
    const found = await this.em.findOne(
      OneTimeToken,
      { hash: hashOfToken(token), purpose },
      { lockMode: LockMode.PESSIMISTIC_WRITE },
    );
    if (!found?.isOpen(now)) throw new LinkExpired();
    found.use(now);
    await this.setPassword.execute(found.userId, password);
    await this.em.nativeUpdate(OneTimeToken, { userId: found.userId, usedAt: null }, { usedAt: now });
    await this.tell(found);
    return found.userId;
  }

  private async tell({ purpose, userId, invitingSchoolId }: OneTimeToken): Promise<void> {
    if (purpose !== 'invitation' || !invitingSchoolId) return;
    await inSchool(invitingSchoolId, () => this.outbox.record(new InvitationAccepted({ userId })));
  }
}
