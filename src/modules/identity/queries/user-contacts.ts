import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { bins, globalQuery } from '../../../platform/database/query.js';
import type { Id } from '../../../platform/values/id.js';
import type { Locale } from '../domain/user.js';
import type { IdentityTables } from '../identity.tables.js';

/** How to reach a person, and in which language. */
export interface UserContact {
  readonly userId: Id;
  readonly name: string;
  readonly email: string;
  /** E.164, or null when not known. */
  readonly phone: string | null;
  readonly locale: Locale;
  /** IANA time zone he has chosen; null: the school's. */
  readonly zone: string | null;
}

@Injectable()
export class UserContacts {
  constructor(private readonly em: EntityManager) {}

  /** Who signs in with that address, or null. */
  async idOf(email: string): Promise<Id | null> {
    const user = await globalQuery<IdentityTables>(this.em)
      .selectFrom('users')
      .select('id')
      .where('email', '=', email.toLowerCase())
      .executeTakeFirst();
    return user?.id ?? null;
  }

  /** The contacts of those of the ids that are people's, by user id. */
  async of(userIds: readonly Id[]): Promise<Map<Id, UserContact>> {
    if (userIds.length === 0) return new Map();
    const rows = await globalQuery<IdentityTables>(this.em)
      .selectFrom('users')
      .select(['id as userId', 'name', 'email', 'phone', 'locale', 'zone'])
      .where('id', 'in', bins(userIds))
      .execute();
    return new Map(rows.map((row) => [row.userId, row]));
  }
}
