import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { bin, bins, globalQuery, schoolQuery, type Tables } from '../../../platform/database/query.js';
import { assertTransaction } from '../../../platform/database/transaction.js';
import { currentSchool } from '../../../platform/tenancy/tenancy.js';
import type { Id } from '../../../platform/values/id.js';
import type { DiscountRedemptionSchema } from '../discounts/domain/discount.js';
import type { ChargeSchema, ChargeSource } from '../domain/charge.js';

type Db = Tables<typeof ChargeSchema | typeof DiscountRedemptionSchema>;

/** What was sold is delivered at another time. What has been delivered already stays so. */
@Injectable()
export class PlanDelivery {
  constructor(private readonly em: EntityManager) {}

  /** @param earnedById whose work it is from now on; left out: as before */
  async execute(
    sources: readonly ChargeSource[],
    sourceIds: readonly Id[],
    at: Date,
    earnedById?: Id | null,
  ): Promise<void> {
    assertTransaction('PlanDelivery.execute()');
    if (sourceIds.length === 0) return;
    const earnedBy = earnedById !== undefined && { earned_by_id: earnedById && bin(earnedById) };
    await globalQuery<Db>(this.em)
      .updateTable('charges')
      .set({ delivers_at: at, ...earnedBy })
      .where('school_id', '=', bin(currentSchool()))
      .where('source', 'in', sources)
      .where('source_id', 'in', bins(sourceIds))
      .where('delivers_at', 'is not', null)
      .execute();
    await this.planCovered(sources, sourceIds, at);
    if (!earnedBy) return;
    const covered = schoolQuery<Db>(this.em)
      .selectFrom('discount_redemptions')
      .select('charge_id')
      .where('discount_redemptions.delivers_at', 'is not', null);
    await globalQuery<Db>(this.em)
      .updateTable('charges')
      .set(earnedBy)
      .where('school_id', '=', bin(currentSchool()))
      .where('source', 'in', sources)
      .where('source_id', 'in', bins(sourceIds))
      .where('id', 'in', covered)
      .execute();
  }

  /** Of a charge that a discount has voided, the discount knows the day, for when it is taken off again. */
  private async planCovered(sources: readonly ChargeSource[], sourceIds: readonly Id[], at: Date): Promise<void> {
    const charges = schoolQuery<Db>(this.em)
      .selectFrom('charges')
      .select('id')
      .where('source', 'in', sources)
      .where('source_id', 'in', bins(sourceIds));
    await globalQuery<Db>(this.em)
      .updateTable('discount_redemptions')
      .set({ delivers_at: at })
      .where('school_id', '=', bin(currentSchool()))
      .where('charge_id', 'in', charges)
      .where('delivers_at', 'is not', null)
      .execute();
  }
}
