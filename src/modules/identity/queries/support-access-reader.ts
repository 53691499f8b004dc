import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { type Asked, byAge, List } from '../../../platform/database/list.js';
import { bin, schoolQuery } from '../../../platform/database/query.js';
import type { Page } from '../../../platform/http/paging.js';
import type { Id } from '../../../platform/values/id.js';
import { SupportAccessNotFound } from '../domain/identity-problems.js';
import type { IdentityTables } from '../identity.tables.js';

export interface SupportAccessView {
  readonly id: Id;
  readonly userId: Id;
  readonly name: string;
  readonly reason: string;
  readonly openedAt: Date;
  readonly expiresAt: Date;
  readonly closedAt: Date | null;
}

export const supportAccessList = new List({
  id: 'support_accesses.id',
  sorts: { openedAt: byAge },
  defaultSort: '-openedAt',
});

/** Who of the platform has looked into the current school, and why. */
@Injectable()
export class SupportAccessReader {
  constructor(private readonly em: EntityManager) {}

  list(asked: Asked<typeof supportAccessList>): Promise<Page<SupportAccessView>> {
    return supportAccessList.page(this.accesses, asked);
  }

  /** @throws SupportAccessNotFound */
  async get(id: Id): Promise<SupportAccessView> {
    const row = await this.accesses.where('support_accesses.id', '=', bin(id)).executeTakeFirst();
    if (!row) throw new SupportAccessNotFound();
    return row;
  }

  private get accesses() {
    return schoolQuery<IdentityTables>(this.em)
      .selectFrom('support_accesses')
      .innerJoin('users', 'users.id', 'support_accesses.user_id')
      .select(['support_accesses.id', 'support_accesses.user_id as userId', 'users.name', 'reason'])
      .select(['opened_at as openedAt', 'expires_at as expiresAt', 'closed_at as closedAt']);
  }
}
