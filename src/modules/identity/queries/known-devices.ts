import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { globalQuery } from '../../../platform/database/query.js';
import { networkOf } from '../../../platform/http/rate-limit/rate-limits.js';
import type { Sender } from '../../../platform/http/sender.js';
import type { IdentityTables } from '../identity.tables.js';

const latest = 200;

/** From where somebody has signed in before. */
@Injectable()
export class KnownDevices {
  constructor(private readonly em: EntityManager) {}

  /** True when the account has had a session from that network with that program. */
  async includes(email: string, { address, userAgent }: Sender): Promise<boolean> {
    if (userAgent === null) return false;
    const sessions = await globalQuery<IdentityTables>(this.em)
      .selectFrom('sessions')
      .innerJoin('users', 'users.id', 'sessions.user_id')
      .select(['sessions.address', 'sessions.user_agent as userAgent'])
      .where('users.email', '=', email)
      .orderBy('sessions.id', 'desc')
      .limit(latest)
      .execute();
    const network = networkOf(address);
    return sessions.some((each) => each.userAgent === userAgent && each.address && networkOf(each.address) === network);
  }
}
