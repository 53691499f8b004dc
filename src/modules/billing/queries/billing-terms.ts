import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { globalQuery } from '../../../platform/database/query.js';
import type { Id } from '../../../platform/values/id.js';
import type { BillingTables } from '../billing.tables.js';
import type { Patience } from '../domain/standing.js';

export interface BillingTermsView extends Patience {
  readonly sellerId: Id | null;
  readonly planId: Id | null;
}

/** Where nothing has been said: nobody is billed. */
export const noTerms: BillingTermsView = {
  sellerId: null,
  planId: null,
  restrictedAfterDays: 14,
  readOnlyAfterDays: 30,
};

/** Who sells to the schools, and how long it waits for its money. */
@Injectable()
export class BillingTerms {
  constructor(private readonly em: EntityManager) {}

  async read(): Promise<BillingTermsView> {
    const row = await globalQuery<BillingTables>(this.em)
      .selectFrom('billing_settings')
      .select(['seller_id as sellerId', 'plan_id as planId'])
      .select(['restricted_after_days as restrictedAfterDays', 'read_only_after_days as readOnlyAfterDays'])
      .executeTakeFirst();
    return row ?? noTerms;
  }
}
