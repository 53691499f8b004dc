import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { Clock } from '../../../../platform/values/clock.js';
import type { Id } from '../../../../platform/values/id.js';
import { Money } from '../../../../platform/values/money.js';
import { PackageEnded, SoldPackageNotFound } from '../domain/package-problems.js';
import { PackageUnit, SoldPackage } from '../domain/sold-package.js';
import { UnitsAtWithdrawal } from './units-at-withdrawal.js';

export interface WithdrawalView {
  readonly price: Money;
  /** What was used, at list price. */
  readonly usedAtList: Money;
  readonly credited: Money;
  readonly charged: Money;
  readonly returned: Money;
}

/** What giving a package back would come to. */
@Injectable()
export class PreviewWithdrawal {
  constructor(
    private readonly em: EntityManager,
    private readonly clock: Clock,
    private readonly atWithdrawal: UnitsAtWithdrawal,
  ) {}

  /** @throws SoldPackageNotFound | PackageEnded | LessonsAhead */
  async of(soldPackageId: Id): Promise<WithdrawalView> {
    const em = this.em.fork({ keepTransactionContext: true });
    const sold = await em.findOne(SoldPackage, { id: soldPackageId });
    if (!sold) throw new SoldPackageNotFound();
    if (sold.state !== 'active') throw new PackageEnded();
    const units = await em.find(PackageUnit, { soldPackageId });
    const { credited, returned } = await this.atWithdrawal.setOff(sold, units, this.clock.now());
    const used = units.filter(({ state }) => state === 'used');
    const usedAtList = Money.of(
      used.reduce((sum, { listMinor }) => sum + listMinor, 0),
      sold.currency,
    );
    const price = Money.of(sold.priceMinor, sold.currency);
    return { price, usedAtList, credited, charged: credited.minus(returned), returned };
  }
}
