import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../../../platform/audit/audit.js';
import { isDuplicateKey, Transaction } from '../../../platform/database/transaction.js';
import { inSchool } from '../../../platform/tenancy/tenancy.js';
import { Clock } from '../../../platform/values/clock.js';
import { InviteUser } from '../../identity/index.js';
import { SlugTaken } from '../domain/school-problems.js';
import { School, type SchoolDetails } from '../domain/school.js';
import { SchoolReader, type SchoolView } from '../queries/school-reader.js';

export interface CreateSchoolInput extends SchoolDetails {
  readonly slug: string;
  readonly owner: { readonly email: string; readonly name: string; readonly phone?: string };
}

/** Opens a school and invites its owner. For the platform's own people. */
@Injectable()
export class CreateSchool {
  constructor(
    readonly em: EntityManager,
    private readonly inviteUser: InviteUser,
    private readonly reader: SchoolReader,
    private readonly clock: Clock,
    private readonly audit: Audit,
  ) {}

  /** @throws InvalidSlug, InvalidCvr, SlugTaken */
  @Transaction()
  async execute({ slug, owner, ...details }: CreateSchoolInput): Promise<SchoolView> {
    const school = School.open(slug, details, this.clock.now());
    await this.em.persist(school).flush().catch(namingTheSlug);
    await this.audit.record({ action: 'school.opened', subjectId: school.id, schoolId: school.id });
    await inSchool(school.id, () => this.inviteUser.execute({ ...owner, role: 'owner', locale: school.locale }));
    return this.reader.get(school.id);
  }
}

function namingTheSlug(error: unknown): never {
  throw isDuplicateKey(error, 'schools_slug_unique') ? new SlugTaken() : error;
}
