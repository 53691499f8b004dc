import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { globalQuery } from '../../../platform/database/query.js';
import { Schedule } from '../../../platform/schedules/schedule.js';
import type { IdentityTables } from '../identity.tables.js';

const batch = 1_000;

/** Deletes sessions (with their refresh tokens) and links whose time is over. */
@Injectable()
export class ForgetExpiredLogins {
  constructor(private readonly em: EntityManager) {}

  @Schedule('identity.forget-expired-logins', { daily: '03:20' })
  async run(now: Date): Promise<void> {
    await this.inBatches('sessions', now);
    await this.inBatches('one_time_tokens', now);
  }

  // Small transactions, so that nobody who signs in meanwhile waits for a long one.
  private async inBatches(table: 'sessions' | 'one_time_tokens', now: Date): Promise<void> {
    const db = globalQuery<IdentityTables>(this.em);
    for (;;) {
      const { numDeletedRows } = await db
        .deleteFrom(table)
        .where('expires_at', '<', now)
        .limit(batch)
        .executeTakeFirstOrThrow();
      if (numDeletedRows < BigInt(batch)) return;
    }
  }
}
