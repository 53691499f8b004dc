import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import { bin, schoolQuery } from '../../../../platform/database/query.js';
import type { Id } from '../../../../platform/values/id.js';
import { Money } from '../../../../platform/values/money.js';
import { LessonsAhead } from '../domain/package-problems.js';
import { type SetOff, setOff } from '../domain/set-off.js';
import type { PackageUnit, SoldPackage } from '../domain/sold-package.js';
import type { PackageTables } from '../packages.tables.js';

/** What giving a package back comes to: of what was credited by hand before, nothing comes back twice, and nothing is set off. */
@Injectable()
export class UnitsAtWithdrawal {
  constructor(private readonly em: EntityManager) {}

  /** @throws LessonsAhead */
  async setOff({ id, currency }: SoldPackage, units: readonly PackageUnit[], now: Date): Promise<SetOff> {
    const ahead = units.filter(({ bookingId, usedAt }) => bookingId && usedAt && usedAt > now).length;
    if (ahead > 0) throw new LessonsAhead(ahead);
    const owed = await this.owed(id);
    return setOff(
      units.map((unit) => {
        const left = Money.of(owed.get(unit.id) ?? 0, currency);
        const share = Money.of(unit.shareMinor, currency);
        const list = Money.of(unit.listMinor, currency);
        const used = unit.state === 'used';
        return { productId: unit.productId, used, list: left.isZero ? share : list, share: used ? share : left };
      }),
      currency,
    );
  }

  /** What each part still costs, in minor units: its charge, in pieces perhaps, less what was credited of it. */
  private async owed(soldPackageId: Id): Promise<ReadonlyMap<Id, number>> {
    const rows = await schoolQuery<PackageTables>(this.em)
      .selectFrom('package_units')
      .innerJoin('charges', (on) =>
        on
          .onRef('charges.school_id', '=', 'package_units.school_id')
          .onRef('charges.source_id', '=', 'package_units.id')
          .on('charges.source', '=', 'package'),
      )
      .leftJoin('invoice_lines as line', (on) =>
        on.onRef('line.school_id', '=', 'charges.school_id').onRef('line.charge_id', '=', 'charges.id'),
      )
      .select('package_units.id')
      .select(sql<number | string>`coalesce(sum(line.gross_minor), max(charges.gross_minor))`.as('owed'))
      .where('package_units.sold_package_id', '=', bin(soldPackageId))
      .where('charges.state', '<>', 'voided')
      .groupBy(['package_units.id', 'charges.id'])
      .execute();
    const sums = new Map<Id, number>();
    for (const { id, owed } of rows) sums.set(id, (sums.get(id) ?? 0) + Number(owed));
    return sums;
  }
}
