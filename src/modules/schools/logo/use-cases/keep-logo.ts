import { EntityManager, LockMode } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../../../../platform/audit/audit.js';
import { Transaction } from '../../../../platform/database/transaction.js';
import { StoredFiles } from '../../../../platform/files/stored-files.js';
import { currentSchool } from '../../../../platform/tenancy/tenancy.js';
import { Clock } from '../../../../platform/values/clock.js';
import type { Id } from '../../../../platform/values/id.js';
import { School } from '../../domain/school.js';
import type { LogoSize } from '../domain/logo-image.js';
import { SchoolLogo } from '../domain/school-logo.js';
import { ListingChanges } from '../../listing/use-cases/listing-changes.js';

export interface LogoView extends LogoSize {
  readonly mediaType: string;
  readonly uploadedAt: Date;
}

/** Makes a received and checked image the school's logo, in place of the one it had. */
@Injectable()
export class KeepLogo {
  constructor(
    readonly em: EntityManager,
    private readonly files: StoredFiles,
    private readonly audit: Audit,
    private readonly listing: ListingChanges,
    private readonly clock: Clock,
  ) {}

  @Transaction()
  async execute(fileId: Id, mediaType: string, size: LogoSize): Promise<LogoView> {
    const schoolId = currentSchool();
    // Two uploads at once wait for each other, also while there is no logo yet.
    await this.em.findOneOrFail(School, { id: schoolId }, { lockMode: LockMode.PESSIMISTIC_WRITE });
    const known = await this.em.findOne(SchoolLogo, { schoolId }, { refresh: true });
    const replaced = known?.fileId;
    const logo = { schoolId, fileId, ...size, uploadedAt: this.clock.now() };
    await this.files.keep(fileId);
    if (known) Object.assign(known, logo);
    else this.em.create(SchoolLogo, logo);
    await this.em.flush();
    if (replaced) await this.files.discard(replaced);
    await this.listing.touched();
    await this.audit.record({ action: 'school.logo_changed', subjectId: schoolId, details: { fileId, ...size } });
    return { ...size, mediaType, uploadedAt: logo.uploadedAt };
  }
}
