import { LockMode } from '@mikro-orm/core';
import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../../../../platform/audit/audit.js';
import { Transaction } from '../../../../platform/database/transaction.js';
import { Clock } from '../../../../platform/values/clock.js';
import type { Id } from '../../../../platform/values/id.js';
import { localDate } from '../../../../platform/values/zone.js';
import { StudentDirectory } from '../../../students/index.js';
import { SellerReader } from '../../queries/seller-reader.js';
import { PackageExpired, SoldPackageNotFound, TransferToHimself } from '../domain/package-problems.js';
import { PackageUnit, SoldPackage } from '../domain/sold-package.js';

/** Hands what is left of a package to another student. What was used stays where it was, and so does who pays. */
@Injectable()
export class TransferPackage {
  constructor(
    readonly em: EntityManager,
    private readonly clock: Clock,
    private readonly students: StudentDirectory,
    private readonly sellers: SellerReader,
    private readonly audit: Audit,
  ) {}

  /** @throws SoldPackageNotFound | StudentNotFound | PackageEnded | PackageExpired | TransferToHimself */
  @Transaction()
  async execute(soldPackageId: Id, studentId: Id): Promise<void> {
    const lockMode = LockMode.PESSIMISTIC_WRITE;
    const sold = await this.em.findOne(SoldPackage, { id: soldPackageId }, { lockMode, refresh: true });
    if (!sold) throw new SoldPackageNotFound();
    await this.students.get(studentId);
    const { studentId: from } = sold;
    if (from === studentId) throw new TransferToHimself();
    sold.handTo(studentId);
    const { zone } = await this.sellers.terms();
    if (sold.validUntil < localDate(this.clock.now(), zone)) throw new PackageExpired();
    const open = { soldPackageId, state: 'open' as const };
    for (const unit of await this.em.find(PackageUnit, open, { lockMode, refresh: true, orderBy: { id: 'asc' } }))
      unit.studentId = studentId;
    await this.em.flush();
    const details = { from, studentId };
    await this.audit.record({ action: 'sold_package.transferred', subjectId: sold.id, details });
  }
}
