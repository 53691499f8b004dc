import { EntityManager, LockMode } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../../../../platform/audit/audit.js';
import { Transaction } from '../../../../platform/database/transaction.js';
import { StoredFiles } from '../../../../platform/files/stored-files.js';
import { currentSchool } from '../../../../platform/tenancy/tenancy.js';
import { School } from '../../domain/school.js';
import { LogoNotFound } from '../domain/logo-problems.js';
import { SchoolLogo } from '../domain/school-logo.js';
import { ListingChanges } from '../../listing/use-cases/listing-changes.js';

/** Takes the logo away at once; its bytes go when that is committed. */
@Injectable()
export class DeleteLogo {
  constructor(
    readonly em: EntityManager,
    private readonly files: StoredFiles,
    private readonly audit: Audit,
    private readonly listing: ListingChanges,
  ) {}

  /** @throws LogoNotFound */
  @Transaction()
  async execute(): Promise<void> {
    const schoolId = currentSchool();
    await this.em.findOneOrFail(School, { id: schoolId }, { lockMode: LockMode.PESSIMISTIC_WRITE });
    const logo = await this.em.findOne(SchoolLogo, { schoolId }, { refresh: true });
    if (!logo) throw new LogoNotFound();
    const { fileId } = logo;
    await this.em.remove(logo).flush();
    await this.files.discard(fileId);
    await this.listing.touched();
    await this.audit.record({ action: 'school.logo_deleted', subjectId: schoolId, details: { fileId } });
  }
}
