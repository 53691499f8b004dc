import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { globalQuery } from '../../../platform/database/query.js';
import { acrossSchools } from '../../../platform/tenancy/tenancy.js';
import type { BillingTables } from '../billing.tables.js';
import type { Id } from '../../../platform/values/id.js';
import type { Bill } from '../ports/bill.js';

/** Which of the gateway's bills we have as they are there. */
@Injectable()
export class KnownBills {
  constructor(private readonly em: EntityManager) {}

  async isAsKnown(provider: string, { ref, state, attempts }: Bill): Promise<boolean> {
    const row = await this.row(provider, ref);
    return row?.state === state && row.attempts === attempts;
  }

  /** In whose books a bill is; null for one that we know nothing of. */
  async sellerOf(provider: string, { ref }: Bill): Promise<Id | null> {
    return (await this.row(provider, ref))?.schoolId ?? null;
  }

  private row(provider: string, ref: string) {
    return acrossSchools('whose bill the gateway speaks of', () =>
      globalQuery<BillingTables>(this.em)
        .selectFrom('subscription_bills')
        .select(['school_id as schoolId', 'state', 'attempts'])
        .where('provider', '=', provider)
        .where('bill_ref', '=', ref)
        .executeTakeFirst(),
    );
  }
}
