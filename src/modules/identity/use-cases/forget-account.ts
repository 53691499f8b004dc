import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import { assertTransaction } from '../../../platform/database/transaction.js';
import { bin, globalQuery } from '../../../platform/database/query.js';
import { erasedText } from '../../../platform/privacy/personal-data.decorators.js';
import type { Id } from '../../../platform/values/id.js';
import type { IdentityTables } from '../identity.tables.js';

/** Makes nobody out of an account that no school and no platform needs any more. Its id stays: others' rows refer to it. */
@Injectable()
export class ForgetAccount {
  constructor(private readonly em: EntityManager) {}

  /** In the caller's transaction. Somebody who is anything anywhere keeps his account. */
  async execute(userId: Id): Promise<void> {
    assertTransaction('ForgetAccount');
    if (await this.isNeeded(userId)) return;
    for (const table of ['recovery_codes', 'second_factors', 'one_time_tokens', 'sessions'] as const) {
      await this.db.deleteFrom(table).where('user_id', '=', bin(userId)).execute();
    }
    await this.db
      .updateTable('users')
      .set({ email: `erased-${userId}@erased.invalid`, name: erasedText, phone: null, zone: null, password_hash: null })
      .where('id', '=', bin(userId))
      .execute();
  }

  // A write and no mere lock, so that whoever invites the same person now waits, on any node of a cluster.
  private async isNeeded(userId: Id): Promise<boolean> {
    await this.db
      .updateTable('users')
      .set({ name: sql<string>`name` })
      .where('id', '=', bin(userId))
      .execute();
    const users = this.db.selectFrom('users').select('platform_admin').where('id', '=', bin(userId));
    const { platform_admin: isAdmin } = await users.executeTakeFirstOrThrow();
    const memberships = this.db.selectFrom('memberships').select('role').where('user_id', '=', bin(userId)).limit(1);
    return isAdmin || (await memberships.execute()).length > 0;
  }

  private get db() {
    return globalQuery<IdentityTables>(this.em);
  }
}
