import { LockMode } from '@mikro-orm/core';
import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../../../../platform/audit/audit.js';
import { Transaction } from '../../../../platform/database/transaction.js';
import { Clock } from '../../../../platform/values/clock.js';
import type { Id } from '../../../../platform/values/id.js';
import { localDate } from '../../../../platform/values/zone.js';
import { Charges } from '../../charges.js';
import { Charge } from '../../domain/charge.js';
import { SellerReader } from '../../queries/seller-reader.js';
import { NothingLeftOfIt, PackageEnded, PackageExpired, SoldPackageNotFound } from '../domain/package-problems.js';
import { PackageUnit, SoldPackage } from '../domain/sold-package.js';

/** Staff hand over something of a package that no booking uses: a book, a course, a lesson driven without the diary. */
@Injectable()
export class HandOverPart {
  constructor(
    readonly em: EntityManager,
    private readonly clock: Clock,
    private readonly sellers: SellerReader,
    private readonly charges: Charges,
    private readonly audit: Audit,
  ) {}

  /** @throws SoldPackageNotFound | PackageEnded | PackageExpired | NothingLeftOfIt */
  @Transaction()
  async execute(soldPackageId: Id, productId: Id): Promise<void> {
    const lockMode = LockMode.PESSIMISTIC_WRITE;
    const sold = await this.em.findOne(SoldPackage, { id: soldPackageId }, { lockMode, refresh: true });
    if (!sold) throw new SoldPackageNotFound();
    if (sold.state !== 'active') throw new PackageEnded();
    const now = this.clock.now();
    const { zone } = await this.sellers.terms();
    if (sold.validUntil < localDate(now, zone)) throw new PackageExpired();
    const open = { soldPackageId, productId, state: 'open' as const };
    const units = await this.em.find(PackageUnit, open, { lockMode, refresh: true, orderBy: { id: 'asc' } });
    const ids = units.map(({ id }) => id);
    const owed = await this.em.find(Charge, { source: 'package', sourceId: { $in: ids }, state: { $ne: 'voided' } });
    const unit = units.find(({ id }) => owed.some(({ sourceId }) => sourceId === id));
    if (!unit) throw new NothingLeftOfIt();
    Object.assign(unit, { state: 'used', usedAt: now });
    await this.em.flush();
    await this.charges.deliverAt(['package'], [unit.id], now);
    const details = { studentId: sold.studentId, productId };
    await this.audit.record({ action: 'sold_package.part_handed_over', subjectId: sold.id, details });
  }
}
