import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { bin, bins, globalQuery } from '../../../platform/database/query.js';
import { currentSchool } from '../../../platform/tenancy/tenancy.js';
import type { Id } from '../../../platform/values/id.js';
import type { IdentityTables } from '../identity.tables.js';

/** Tells who is somebody beyond the current school, so that what his account says is none of its business. */
@Injectable()
export class PeopleElsewhere {
  constructor(private readonly em: EntityManager) {}

  /** Whoever has an address can be made a member, without being asked: that alone shall tell nothing about him. */
  async among(userIds: readonly Id[]): Promise<Set<Id>> {
    if (userIds.length === 0) return new Set();
    const rows = await globalQuery<IdentityTables>(this.em)
      .selectFrom('users')
      .select('users.id')
      .where('users.id', 'in', bins(userIds))
      .where((user) =>
        user.or([
          user('users.platform_admin', '=', true),
          user.exists(
            user
              .selectFrom('memberships')
              .select('memberships.role')
              .whereRef('memberships.user_id', '=', 'users.id')
              .where('memberships.school_id', '!=', bin(currentSchool())),
          ),
        ]),
      )
      .execute();
    return new Set(rows.map(({ id }) => id));
  }
}
