import { EntityManager, LockMode } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../../../platform/audit/audit.js';
import { changedFields } from '../../../platform/audit/changed-fields.js';
import { Transaction } from '../../../platform/database/transaction.js';
import { assertAsSeen } from '../../../platform/http/conditional/precondition.js';
import { currentSchool } from '../../../platform/tenancy/tenancy.js';
import { SchoolNotFound } from '../domain/school-problems.js';
import { School, type SchoolDetails } from '../domain/school.js';
import { SchoolReader, type SchoolView } from '../queries/school-reader.js';
import { ListingChanges } from '../listing/use-cases/listing-changes.js';

@Injectable()
export class UpdateSchool {
  constructor(
    readonly em: EntityManager,
    private readonly reader: SchoolReader,
    private readonly audit: Audit,
    private readonly listing: ListingChanges,
  ) {}

  /** Invoices issued before keep the name and address they were issued with. @throws SchoolNotFound, InvalidCvr */
  @Transaction()
  async execute(change: Partial<SchoolDetails>): Promise<SchoolView> {
    const school = await this.em.findOne(School, { id: currentSchool() }, { lockMode: LockMode.PESSIMISTIC_WRITE });
    if (!school) throw new SchoolNotFound();
    await assertAsSeen(() => this.reader.get(school.id));
    const fields = changedFields(school, change);
    school.change(change);
    await this.em.flush();
    await this.listing.touched();
    await this.audit.record({ action: 'school.updated', subjectId: school.id, details: { fields } });
    return this.reader.get(school.id);
  }
}
