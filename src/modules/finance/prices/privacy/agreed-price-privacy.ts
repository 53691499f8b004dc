import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { bin, globalQuery, schoolQuery } from '../../../../platform/database/query.js';
import {
  type DataSubject,
  ErasesPersonalData,
  ExportsPersonalData,
  type Kept,
} from '../../../../platform/privacy/personal-data.decorators.js';
import { currentSchool } from '../../../../platform/tenancy/tenancy.js';
import type { PriceTables } from '../prices.tables.js';

/** What was agreed with the person on prices. */
@Injectable()
export class AgreedPricePrivacy {
  constructor(private readonly em: EntityManager) {}

  @ExportsPersonalData('agreedPrices')
  agreedPrices({ id }: DataSubject): Promise<unknown> {
    return schoolQuery<PriceTables>(this.em)
      .selectFrom('agreed_prices')
      .select(['product_id as productId', 'gross_minor as grossMinor', 'currency'])
      .select(['valid_from as validFrom', 'valid_until as validUntil', 'created_at as createdAt'])
      .where('student_id', '=', bin(id))
      .orderBy('id')
      .execute();
  }

  /** The invoices say what was paid; nothing of the agreement itself has to be kept. */
  @ErasesPersonalData('agreedPrices')
  async erase({ id }: DataSubject): Promise<Kept | null> {
    await globalQuery<PriceTables>(this.em)
      .deleteFrom('agreed_prices')
      .where('school_id', '=', bin(currentSchool()))
      .where('student_id', '=', bin(id))
      .execute();
    return null;
  }
}
