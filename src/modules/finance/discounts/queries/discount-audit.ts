import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import { bin, globalQuery } from '../../../../platform/database/query.js';
import { currentSchool } from '../../../../platform/tenancy/tenancy.js';
import type { Id } from '../../../../platform/values/id.js';
import { Verifies } from '../../../../platform/verification/verifies.js';
import { stands } from './discount-reader.js';

/** Proves that no discount was given more often than it may be. */
@Injectable()
export class DiscountAudit {
  constructor(private readonly em: EntityManager) {}

  @Verifies('finance: discounts')
  async verify(): Promise<string[]> {
    const school = bin(currentSchool());
    const uses = sql`FROM discounts JOIN discount_redemptions ON discount_redemptions.school_id = discounts.school_id
        AND discount_redemptions.discount_id = discounts.id
      JOIN charges ON charges.school_id = discounts.school_id AND charges.id = discount_redemptions.charge_id
      WHERE discounts.school_id = ${school} AND ${stands}`;
    const { rows } = await sql<{ id: Id; uses: number; most: number }>`
      SELECT discounts.id, COUNT(*) AS uses, discounts.max_uses AS most ${uses}
        GROUP BY discounts.id, discounts.max_uses HAVING COUNT(*) > discounts.max_uses
      UNION ALL SELECT discounts.id, COUNT(*), discounts.max_uses_per_student ${uses}
        GROUP BY discounts.id, discount_redemptions.student_id, discounts.max_uses_per_student
        HAVING COUNT(*) > discounts.max_uses_per_student LIMIT 100`.execute(globalQuery<object>(this.em.fork()));
    return rows.map(({ id, uses: used, most }) => `discount ${id} was used ${used} times of ${most}`);
  }
}
