import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { globalQuery } from '../../../../platform/database/query.js';
import { inTransaction } from '../../../../platform/database/transaction.js';
import { Schedule } from '../../../../platform/schedules/schedule.js';
import { acrossSchools, eachInItsSchool } from '../../../../platform/tenancy/tenancy.js';
import { localDate } from '../../../../platform/values/zone.js';
import { ListingChanges } from '../../../schools/index.js';
import type { PriceTables } from '../prices.tables.js';

const zone = 'Europe/Copenhagen';

/** A price that was set for today changes what directories show, though nobody does anything today. */
@Injectable()
export class PricesOfToday {
  constructor(
    private readonly em: EntityManager,
    private readonly listing: ListingChanges,
  ) {}

  @Schedule('finance.list-prices-of-today', { daily: '00:05' })
  async run(now: Date): Promise<void> {
    const schools = await acrossSchools('schools whose prices change today', () =>
      globalQuery<PriceTables>(this.em)
        .selectFrom('product_prices')
        .select('school_id as schoolId')
        .distinct()
        .where('valid_from', '=', localDate(now, zone))
        .execute(),
    );
    const failures: unknown[] = [];
    const touch = () => inTransaction(this.em, () => this.listing.touched());
    await eachInItsSchool(schools, touch, (error) => failures.push(error));
    if (failures.length > 0) throw new AggregateError(failures, `${failures.length} schools could not be listed anew`);
  }
}
