import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { Transaction } from '../../../platform/database/transaction.js';
import { Clock } from '../../../platform/values/clock.js';
import { type Id, newId } from '../../../platform/values/id.js';
import { OneTimeToken, tokenLifetimes, type TokenPurpose } from '../domain/one-time-token.js';

/** Prepares a link. The secret in it is made when the message is sent, so that no queue or outbox ever holds it. */
@Injectable()
export class CreateOneTimeToken {
  constructor(
    readonly em: EntityManager,
    private readonly clock: Clock,
  ) {}

  @Transaction()
  async execute(userId: Id, purpose: TokenPurpose, invitingSchoolId: Id | null = null): Promise<Id> {
    const now = this.clock.now();
    const token = this.em.create(OneTimeToken, {
      id: newId(),
      userId,
      purpose,
      hash: null,
      createdAt: now,
      expiresAt: new Date(now.getTime() + tokenLifetimes[purpose]),
      usedAt: null,
      invitingSchoolId,
    });
    await this.em.persist(token).flush();
    return token.id;
  }
}
