import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { bin, globalQuery } from '../../../platform/database/query.js';
import {
  type DataSubject,
  ErasesPersonalData,
  ExportsPersonalData,
} from '../../../platform/privacy/personal-data.decorators.js';
import type { IdentityTables } from '../identity.tables.js';
import { PeopleElsewhere } from '../queries/people-elsewhere.js';
import { ForgetAccount } from '../use-cases/forget-account.js';
import { Memberships } from '../use-cases/memberships.js';

/** The person's login. */
@Injectable()
export class AccountPrivacy {
  constructor(
    private readonly em: EntityManager,
    private readonly elsewhere: PeopleElsewhere,
    private readonly memberships: Memberships,
    private readonly forgetAccount: ForgetAccount,
  ) {}

  /** Null of somebody who is anything elsewhere: his account is no school's, and he reads it himself at /v1/me. */
  @ExportsPersonalData('account')
  async account({ userId }: DataSubject): Promise<unknown> {
    if ((await this.elsewhere.among([userId])).has(userId)) return null;
    const db = globalQuery<IdentityTables>(this.em);
    const [account] = await db
      .selectFrom('users')
      .select(['email', 'name', 'phone', 'locale', 'zone', 'created_at as createdAt'])
      .where('id', '=', bin(userId))
      .execute();
    const sessions = await db
      .selectFrom('sessions')
      .select(['created_at as createdAt', 'last_used_at as lastUsedAt', 'address', 'user_agent as device'])
      .where('user_id', '=', bin(userId))
      .orderBy('id')
      .execute();
    return { ...account, sessions };
  }

  /** Somebody who is something else here, or anything elsewhere, keeps his account. */
  @ErasesPersonalData('account')
  async erase({ userId }: DataSubject): Promise<null> {
    await this.memberships.remove(userId, 'student');
    await this.forgetAccount.execute(userId);
    return null;
  }
}
