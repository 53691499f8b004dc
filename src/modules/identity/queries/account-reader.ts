import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { ResourceNotFound } from '../../../platform/http/request-problems.js';
import { bin, globalQuery } from '../../../platform/database/query.js';
import type { Id } from '../../../platform/values/id.js';
import type { SchoolRole } from '../domain/membership.js';
import type { Locale } from '../domain/user.js';
import type { IdentityTables } from '../identity.tables.js';

export interface Account {
  readonly user: {
    readonly id: Id;
    readonly email: string;
    readonly name: string;
    readonly phone: string | null;
    readonly locale: Locale;
    readonly zone: string | null;
    readonly isPlatformAdmin: boolean;
  };
  readonly memberships: readonly { readonly schoolId: Id; readonly role: SchoolRole }[];
}

/** A person's own account, with what he is in which school. */
@Injectable()
export class AccountReader {
  constructor(private readonly em: EntityManager) {}

  /** @throws ResourceNotFound */
  async of(userId: Id): Promise<Account> {
    const db = globalQuery<IdentityTables>(this.em);
    const user = await db
      .selectFrom('users')
      .select(['id', 'email', 'name', 'phone', 'locale', 'zone', 'platform_admin as isPlatformAdmin'])
      .where('id', '=', bin(userId))
      .executeTakeFirst();
    if (!user) throw new ResourceNotFound();
    const memberships = await db
      .selectFrom('memberships')
      .select(['school_id as schoolId', 'role'])
      .where('user_id', '=', bin(userId))
      .orderBy('school_id')
      .orderBy('role')
      .execute();
    return { user, memberships };
  }
}
