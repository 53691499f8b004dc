import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { globalQuery } from '../../../platform/database/query.js';
import type { Id } from '../../../platform/values/id.js';
import { InvalidCredentials } from '../domain/identity-problems.js';
import { passwordFits } from '../domain/password-hash.js';
import type { IdentityTables } from '../identity.tables.js';

/** Compares an address and a password with what is stored; outside of any transaction, for hashing takes its time. */
@Injectable()
export class Credentials {
  constructor(private readonly em: EntityManager) {}

  /** @throws InvalidCredentials, after the same time whether the address is known or not */
  async check(email: string, password: string): Promise<{ userId: Id; isPlatformAdmin: boolean }> {
    const user = await globalQuery<IdentityTables>(this.em)
      .selectFrom('users')
      .select(['id', 'password_hash', 'platform_admin'])
      .where('email', '=', email.toLowerCase())
      .executeTakeFirst();
    const fits = await passwordFits(user?.password_hash ?? null, password);
    if (!user || !fits) throw new InvalidCredentials();
    return { userId: user.id, isPlatformAdmin: user.platform_admin };
  }
}
