import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { bin, schoolQuery } from '../../../../platform/database/query.js';
import {
  type DataSubject,
  ExportsPersonalData,
  type Objection,
  ObjectsToErasure,
} from '../../../../platform/privacy/personal-data.decorators.js';
import { Clock } from '../../../../platform/values/clock.js';
import { localDate } from '../../../../platform/values/zone.js';
import { Scheduling } from '../../../schools/index.js';
import type { PackageTables } from '../packages.tables.js';

/** The packages that a person has bought or uses: ids, amounts and days, which stay with the invoices that they stand on. */
@Injectable()
export class PackagePrivacy {
  constructor(
    private readonly em: EntityManager,
    private readonly clock: Clock,
    private readonly scheduling: Scheduling,
  ) {}

  @ExportsPersonalData('packages')
  async packages({ id }: DataSubject): Promise<unknown> {
    const sold = await schoolQuery<PackageTables>(this.em)
      .selectFrom('sold_packages')
      .select(['id', 'price_minor as priceMinor', 'currency', 'valid_until as validUntil', 'state'])
      .select(['created_at as soldAt', 'withdrawn_at as withdrawnAt'])
      .where((of) => of.or([of('student_id', '=', bin(id)), of('buyer_id', '=', bin(id))]))
      .orderBy('id')
      .execute();
    const used = await schoolQuery<PackageTables>(this.em)
      .selectFrom('package_units')
      .select(['sold_package_id as packageId', 'state', 'used_at as usedAt'])
      .where('student_id', '=', bin(id))
      .orderBy('id')
      .execute();
    return { sold, used };
  }

  @ObjectsToErasure('packages')
  async objections({ id }: DataSubject): Promise<Objection[]> {
    const today = localDate(this.clock.now(), (await this.scheduling.school()).zone);
    const [left] = await schoolQuery<PackageTables>(this.em)
      .selectFrom('package_units')
      .select('id')
      .where('student_id', '=', bin(id))
      .where('state', '=', 'open')
      .where('valid_until', '>=', today)
      .limit(1)
      .execute();
    return left ? [packageLeft] : [];
  }
}

const packageLeft: Objection = {
  code: 'package_left',
  texts: {
    en: 'Something is left of a package: take it back, or transfer it.',
    da: 'Der er noget tilbage af en pakke: tag den tilbage, eller overdrag den.',
  },
};
