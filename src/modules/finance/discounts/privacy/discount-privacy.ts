import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { bin, schoolQuery } from '../../../../platform/database/query.js';
import { type DataSubject, ExportsPersonalData } from '../../../../platform/privacy/personal-data.decorators.js';
import type { DiscountTables } from '../discounts.tables.js';

/** The discounts that a person was given: ids and amounts, which stay with the invoices that they stand on. */
@Injectable()
export class DiscountPrivacy {
  constructor(private readonly em: EntityManager) {}

  @ExportsPersonalData('discounts')
  discounts({ id }: DataSubject): Promise<unknown> {
    return schoolQuery<DiscountTables>(this.em)
      .selectFrom('discount_redemptions')
      .select(['charge_id as chargeId', 'amount_minor as amountMinor', 'redeemed_at as redeemedAt'])
      .where('student_id', '=', bin(id))
      .orderBy('id')
      .execute();
  }
}
