import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { bin, bins, globalQuery, type Tables } from '../../../platform/database/query.js';
import { assertTransaction } from '../../../platform/database/transaction.js';
import { currentSchool } from '../../../platform/tenancy/tenancy.js';
import type { Id } from '../../../platform/values/id.js';
import type { ChargeSchema, ChargeSource } from '../domain/charge.js';

/** What was sold is delivered at another time. What has been delivered already stays so. */
@Injectable()
export class PlanDelivery {
  constructor(private readonly em: EntityManager) {}

  async execute(sources: readonly ChargeSource[], sourceIds: readonly Id[], at: Date): Promise<void> {
    assertTransaction('PlanDelivery.execute()');
    if (sourceIds.length === 0) return;
    await globalQuery<Tables<typeof ChargeSchema>>(this.em)
      .updateTable('charges')
      .set({ delivers_at: at })
      .where('school_id', '=', bin(currentSchool()))
      .where('source', 'in', sources)
      .where('source_id', 'in', bins(sourceIds))
      .where('delivers_at', 'is not', null)
      .execute();
  }
}
