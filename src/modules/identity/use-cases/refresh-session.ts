import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { bin, globalQuery } from '../../../platform/database/query.js';
import { Transaction } from '../../../platform/database/transaction.js';
import { Clock } from '../../../platform/values/clock.js';
import type { Id } from '../../../platform/values/id.js';
import { SessionEnded } from '../domain/identity-problems.js';
import { hashOfToken } from '../../../platform/crypto/secret-token.js';
import type { IdentityTables } from '../identity.tables.js';
import { EndSessions } from './end-sessions.js';
import { type OpenedSession, OpenSession } from './open-session.js';

interface Continued {
  readonly userId: Id;
  readonly sessionId: Id;
  readonly refreshToken: string;
}

/** Changes a refresh token for the next one. A token that comes a second time has been stolen: its session ends. */
@Injectable()
export class RefreshSession {
  constructor(
    readonly em: EntityManager,
    private readonly sessions: OpenSession,
    private readonly endSessions: EndSessions,
    private readonly clock: Clock,
  ) {}

  /** @throws SessionEnded */
  async execute(refreshToken: string): Promise<OpenedSession> {
    // The refusal is thrown out here: ending a stolen session has to be committed.
    const continued = await this.rotate(hashOfToken(refreshToken));
    if (!continued) throw new SessionEnded();
    return this.sessions.answer(continued.userId, continued.sessionId, continued.refreshToken);
  }

  @Transaction()
  private async rotate(hash: string): Promise<Continued | null> {
    const now = this.clock.now();
    const found = await this.find(hash);
    if (!found) return null;
    if (!(await this.use(found.tokenId, now))) {
      await this.endSessions.one(found.sessionId);
      return null;
    }
    if (found.endedAt !== null || found.expiresAt <= now) return null;
    const refreshToken = await this.sessions.addRefreshToken(found.sessionId, found.sessionExpiresAt);
    return { userId: found.userId, sessionId: found.sessionId, refreshToken };
  }

  private find(hash: string) {
    return globalQuery<IdentityTables>(this.em)
      .selectFrom('refresh_tokens')
      .innerJoin('sessions', 'sessions.id', 'refresh_tokens.session_id')
      .select([
        'refresh_tokens.id as tokenId',
        'refresh_tokens.expires_at as expiresAt',
        'sessions.id as sessionId',
        'sessions.user_id as userId',
        'sessions.ended_at as endedAt',
        'sessions.expires_at as sessionExpiresAt',
      ])
      .where('refresh_tokens.hash', '=', hash)
      .executeTakeFirst();
  }

  // Of two that come at once the UPDATE lets one through.
  private async use(tokenId: Id, now: Date): Promise<boolean> {
    const { numUpdatedRows } = await globalQuery<IdentityTables>(this.em)
      .updateTable('refresh_tokens')
      .set({ used_at: now })
      .where('id', '=', bin(tokenId))
      .where('used_at', 'is', null)
      .executeTakeFirst();
    return numUpdatedRows > 0n;
  }
}
