import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { AccessDirectory, type SignedIn } from '../../../platform/auth/access-directory.js';
import { bin, globalQuery } from '../../../platform/database/query.js';
import { Clock } from '../../../platform/values/clock.js';
import type { Id } from '../../../platform/values/id.js';
import type { IdentityTables } from '../identity.tables.js';

/** Session, person and memberships in one read: each request asks, so whoever is removed is out at once. */
@Injectable()
export class SessionAccess extends AccessDirectory {
  constructor(
    private readonly em: EntityManager,
    private readonly clock: Clock,
  ) {
    super();
  }

  async find(sessionId: Id): Promise<SignedIn | null> {
    const rows = await globalQuery<IdentityTables>(this.em)
      .selectFrom('sessions')
      .innerJoin('users', 'users.id', 'sessions.user_id')
      .leftJoin('memberships', 'memberships.user_id', 'users.id')
      .select([
        'users.id as userId',
        'users.platform_admin as isPlatformAdmin',
        'memberships.school_id as schoolId',
        'memberships.role as role',
      ])
      .where('sessions.id', '=', bin(sessionId))
      .where('sessions.ended_at', 'is', null)
      .where('sessions.expires_at', '>', this.clock.now())
      .execute();
    const [first] = rows;
    if (!first) return null;
    const memberships = rows.flatMap(({ schoolId, role }) => (schoolId && role ? [{ schoolId, role }] : []));
    return { userId: first.userId, isPlatformAdmin: first.isPlatformAdmin, memberships };
  }
}
