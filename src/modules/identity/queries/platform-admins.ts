import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { globalQuery } from '../../../platform/database/query.js';
import type { Id } from '../../../platform/values/id.js';
import type { IdentityTables } from '../identity.tables.js';

/** Who runs the installation. */
@Injectable()
export class PlatformAdmins {
  constructor(private readonly em: EntityManager) {}

  /** All of them; who else asks waits until the caller's transaction ends. */
  async hold(): Promise<Id[]> {
    const rows = await globalQuery<IdentityTables>(this.em)
      .selectFrom('users')
      .select('id')
      .where('platform_admin', '=', true)
      .orderBy('id')
      .forUpdate()
      .execute();
    return rows.map(({ id }) => id);
  }
}
