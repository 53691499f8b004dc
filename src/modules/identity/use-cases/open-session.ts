import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { nowActs } from '../../../platform/audit/acting.js';
import { Audit } from '../../../platform/audit/audit.js';
import { AccessTokens, accessTokenSeconds } from '../../../platform/auth/access-tokens.js';
import { bin, globalQuery } from '../../../platform/database/query.js';
import { Transaction } from '../../../platform/database/transaction.js';
import type { Sender } from '../../../platform/http/sender.js';
import { Clock } from '../../../platform/values/clock.js';
import { type Id, newId } from '../../../platform/values/id.js';
import { hashOfToken, newSecretToken } from '../../../platform/crypto/secret-token.js';
import type { IdentityTables } from '../identity.tables.js';
import { type Account, AccountReader } from '../queries/account-reader.js';

const day = 24 * 3_600_000;
const sessionLifetime = 90 * day;
const refreshLifetime = 30 * day;

/** What somebody who has signed in gets; `expiresIn` is the access token's life in seconds. */
export interface OpenedSession extends Account {
  readonly accessToken: string;
  readonly refreshToken: string;
  readonly expiresIn: number;
}

/** Starts a session of somebody who has proved who he is, and continues it. */
@Injectable()
export class OpenSession {
  constructor(
    readonly em: EntityManager,
    private readonly tokens: AccessTokens,
    private readonly accounts: AccountReader,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  async execute(userId: Id, sender: Sender): Promise<OpenedSession> {
    const { sessionId, refreshToken } = await this.start(userId, sender);
    return this.answer(userId, sessionId, refreshToken);
  }

  /** A new session without refresh token, for pages that keep their token in a cookie. */
  @Transaction()
  async begin(userId: Id, sender: Sender): Promise<{ sessionId: Id; expiresAt: Date }> {
    const sessionId = newId();
    const now = this.clock.now();
    const expiresAt = new Date(now.getTime() + sessionLifetime);
    await globalQuery<IdentityTables>(this.em)
      .insertInto('sessions')
      .values({
        id: bin(sessionId),
        user_id: bin(userId),
        created_at: now,
        expires_at: expiresAt,
        address: sender.address,
        user_agent: sender.userAgent,
      })
      .execute();
    nowActs({ kind: 'user', id: userId, role: null });
    await this.audit.record({ action: 'session.opened', subjectId: userId, details: { sessionId } });
    return { sessionId, expiresAt };
  }

  /** The next refresh token of a session; joins the caller's transaction. */
  async addRefreshToken(sessionId: Id, sessionExpiresAt: Date): Promise<string> {
    const refreshToken = newSecretToken();
    const latest = this.clock.now().getTime() + refreshLifetime;
    await globalQuery<IdentityTables>(this.em)
      .insertInto('refresh_tokens')
      .values({
        id: bin(newId()),
        session_id: bin(sessionId),
        hash: hashOfToken(refreshToken),
        expires_at: new Date(Math.min(latest, sessionExpiresAt.getTime())),
      })
      .execute();
    return refreshToken;
  }

  async answer(userId: Id, sessionId: Id, refreshToken: string): Promise<OpenedSession> {
    const account = await this.accounts.of(userId);
    const accessToken = await this.tokens.issue(sessionId, 'api');
    return { ...account, accessToken, refreshToken, expiresIn: accessTokenSeconds };
  }

  @Transaction()
  private async start(userId: Id, sender: Sender): Promise<{ sessionId: Id; refreshToken: string }> {
    const { sessionId, expiresAt } = await this.begin(userId, sender);
    return { sessionId, refreshToken: await this.addRefreshToken(sessionId, expiresAt) };
  }
}
