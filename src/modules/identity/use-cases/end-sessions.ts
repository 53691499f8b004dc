import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { bin, globalQuery } from '../../../platform/database/query.js';
import { Clock } from '../../../platform/values/clock.js';
import type { Id } from '../../../platform/values/id.js';
import { hashOfToken } from '../../../platform/crypto/secret-token.js';
import type { IdentityTables } from '../identity.tables.js';

/** Ends sessions; their access tokens stop working with the next request. */
@Injectable()
export class EndSessions {
  constructor(
    private readonly em: EntityManager,
    private readonly clock: Clock,
  ) {}

  async one(sessionId: Id): Promise<void> {
    await this.running().where('id', '=', bin(sessionId)).execute();
  }

  /** @param except the one that goes on */
  async allOf(userId: Id, except?: Id): Promise<void> {
    const all = this.running().where('user_id', '=', bin(userId));
    await (except ? all.where('id', '!=', bin(except)) : all).execute();
  }

  /** The session that a refresh token belongs to; an unknown one ends nothing. */
  async ofRefreshToken(refreshToken: string): Promise<void> {
    const found = await globalQuery<IdentityTables>(this.em)
      .selectFrom('refresh_tokens')
      .select('session_id')
      .where('hash', '=', hashOfToken(refreshToken))
      .executeTakeFirst();
    if (found) await this.one(found.session_id);
  }

  private running() {
    return globalQuery<IdentityTables>(this.em)
      .updateTable('sessions')
      .set({ ended_at: this.clock.now() })
      .where('ended_at', 'is', null);
  }
}
