import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { setTimeout as sleep } from 'node:timers/promises';
import { Encryption } from '../../../platform/crypto/encryption.js';
import { bin, globalQuery, schoolQuery } from '../../../platform/database/query.js';
import { currentSchool } from '../../../platform/tenancy/tenancy.js';
import { Clock } from '../../../platform/values/clock.js';
import type { Id } from '../../../platform/values/id.js';
import type { AccountingTables } from '../accounting.tables.js';
import { sealedCredentialsOf } from '../domain/connection.js';
import { type BooksAccess, BooksDisconnected, type OAuthTokens } from '../ports/accounting-client.js';
import { AccountingClients } from '../ports/accounting-clients.js';

/** What a school let us in with: a token that it typed in, or the pair of a consent. */
export interface Credentials {
  readonly accessToken: string;
  readonly refreshToken: string | null;
}

/** A minute before it runs out, a token is asked for anew. */
const marginMs = 60_000;
/** Longer than any answer takes; who dies while he asks holds the others up no longer. */
const renewingMs = 45_000;
const lookAgainMs = 100;

interface Kept extends Credentials {
  readonly expiresAt: Date | null;
}

/** The access to a school's books: sealed in its row, and renewed by one worker while the others wait for what he gets. */
@Injectable()
export class StoredAccess {
  constructor(
    private readonly em: EntityManager,
    private readonly encryption: Encryption,
    private readonly clock: Clock,
    private readonly clients: AccountingClients,
  ) {}

  /** Of a connection of the current school. */
  of(connectionId: Id, provider: string): BooksAccess {
    return {
      token: async () => {
        const kept = await this.read(connectionId, provider);
        return this.isFresh(kept) ? kept.accessToken : this.renewed(connectionId, provider, kept.accessToken);
      },
      renew: async (refused) => {
        const kept = await this.read(connectionId, provider);
        // Somebody has renewed it meanwhile.
        return kept.accessToken !== refused ? kept.accessToken : this.renewed(connectionId, provider, refused);
      },
    };
  }

  seal(connectionId: Id, credentials: Credentials): string {
    return this.encryption.seal(JSON.stringify(credentials), sealedCredentialsOf(connectionId));
  }

  expiryOf({ expiresIn }: Pick<OAuthTokens, 'expiresIn'>): Date {
    return new Date(this.clock.now().getTime() + expiresIn * 1_000);
  }

  /** For giving the access back. Null where there is none, or it cannot be opened any more. */
  async refreshToken(connectionId: Id, provider: string): Promise<string | null> {
    return this.read(connectionId, provider).then(
      ({ refreshToken }) => refreshToken,
      () => null,
    );
  }

  private isFresh({ expiresAt }: Kept): boolean {
    return expiresAt === null || expiresAt.getTime() - marginMs > this.clock.now().getTime();
  }

  private async renewed(connectionId: Id, provider: string, stale: string): Promise<string> {
    for (const giveUp = Date.now() + 2 * renewingMs; Date.now() < giveUp;) {
      const kept = await this.read(connectionId, provider);
      if (kept.accessToken !== stale) return kept.accessToken;
      const until = await this.take(connectionId);
      if (until) return this.ask(connectionId, provider, stale, until);
      await sleep(lookAgainMs);
    }
    throw new Error('nobody got a new token for the books in time');
  }

  /** Read again under the lease: whoever had it before may have got a new one. */
  private async ask(connectionId: Id, provider: string, stale: string, until: Date): Promise<string> {
    try {
      const { accessToken, refreshToken } = await this.read(connectionId, provider);
      if (accessToken !== stale) return accessToken;
      const consent = this.clients.consentOf(provider);
      if (!refreshToken || !consent) throw new BooksDisconnected(provider, 'token_refused');
      const tokens = await consent.refresh(refreshToken);
      await this.store(connectionId, tokens);
      return tokens.accessToken;
    } finally {
      await this.connection(connectionId).set({ renewing_until: null }).where('renewing_until', '=', until).execute();
    }
  }

  private async store(connectionId: Id, { accessToken, refreshToken, ...tokens }: OAuthTokens): Promise<void> {
    const credentials = this.seal(connectionId, { accessToken, refreshToken });
    const row = { credentials, expires_at: this.expiryOf(tokens) };
    // What was disconnected meanwhile stays without access.
    await this.connection(connectionId).set(row).where('state', '<>', 'disconnected').execute();
  }

  private async take(connectionId: Id): Promise<Date | null> {
    const now = this.clock.now();
    const until = new Date(now.getTime() + renewingMs);
    const { numUpdatedRows } = await this.connection(connectionId)
      .set({ renewing_until: until })
      .where((where) => where.or([where('renewing_until', 'is', null), where('renewing_until', '<', now)]))
      .executeTakeFirst();
    return numUpdatedRows === 1n ? until : null;
  }

  private async read(connectionId: Id, provider: string): Promise<Kept> {
    const row = await schoolQuery<AccountingTables>(this.em)
      .selectFrom('accounting_connections')
      .select(['credentials', 'expires_at'])
      .where('id', '=', bin(connectionId))
      .executeTakeFirst();
    if (!row?.credentials) throw new BooksDisconnected(provider, 'no_access');
    const opened = JSON.parse(this.encryption.open(row.credentials, sealedCredentialsOf(connectionId))) as Credentials;
    return { ...opened, expiresAt: row.expires_at };
  }

  private connection(connectionId: Id) {
    return globalQuery<AccountingTables>(this.em)
      .updateTable('accounting_connections')
      .where('school_id', '=', bin(currentSchool()))
      .where('id', '=', bin(connectionId));
  }
}
