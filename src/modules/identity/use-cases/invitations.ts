import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { bin, globalQuery } from '../../../platform/database/query.js';
import { Outbox } from '../../../platform/outbox/outbox.js';
import { currentSchool } from '../../../platform/tenancy/tenancy.js';
import { Clock } from '../../../platform/values/clock.js';
import type { Id } from '../../../platform/values/id.js';
import { UserInvited } from '../domain/events.js';
import type { IdentityTables } from '../identity.tables.js';
import { CreateOneTimeToken } from './create-one-time-token.js';

/** The links by which the current school invites people, in the caller's transaction. */
@Injectable()
export class Invitations {
  constructor(
    private readonly em: EntityManager,
    private readonly outbox: Outbox,
    private readonly tokens: CreateOneTimeToken,
    private readonly clock: Clock,
  ) {}

  async send(userId: Id): Promise<void> {
    const tokenId = await this.tokens.execute(userId, 'invitation', currentSchool());
    await this.outbox.record(new UserInvited({ userId, tokenId }));
  }

  /** Voids what the school has sent; another school's invitation stands. True when there was anything. */
  async withdraw(userId: Id): Promise<boolean> {
    const { numUpdatedRows } = await globalQuery<IdentityTables>(this.em)
      .updateTable('one_time_tokens')
      .set({ used_at: this.clock.now() })
      .where('user_id', '=', bin(userId))
      .where('school_id', '=', bin(currentSchool()))
      .where('purpose', '=', 'invitation')
      .where('used_at', 'is', null)
      .executeTakeFirstOrThrow();
    return numUpdatedRows > 0n;
  }
}
