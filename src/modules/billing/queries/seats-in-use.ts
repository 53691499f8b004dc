import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { schoolQuery } from '../../../platform/database/query.js';
import type { BillingTables } from '../billing.tables.js';

/** A seat is a teacher who teaches. */
@Injectable()
export class SeatsInUse {
  constructor(private readonly em: EntityManager) {}

  /** Of the current school. */
  async count(): Promise<number> {
    const row = await schoolQuery<BillingTables>(this.em)
      .selectFrom('teachers')
      .select((is) => is.fn.countAll<number | string>().as('count'))
      .where('active', '=', true)
      .executeTakeFirstOrThrow();
    return Number(row.count);
  }
}
