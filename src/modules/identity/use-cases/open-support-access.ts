import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../../../platform/audit/audit.js';
import type { Actor } from '../../../platform/auth/actor.js';
import { schoolQuery } from '../../../platform/database/query.js';
import { Transaction } from '../../../platform/database/transaction.js';
import { ResourceNotFound } from '../../../platform/http/request-problems.js';
import { Clock } from '../../../platform/values/clock.js';
import { SupportAccess } from '../domain/support-access.js';
import type { IdentityTables } from '../identity.tables.js';
import { SupportAccessReader, type SupportAccessView } from '../queries/support-access-reader.js';

/** Lets a platform administrator read what the school's office reads, for minutes, where its owner sees that he did and why. */
@Injectable()
export class OpenSupportAccess {
  constructor(
    readonly em: EntityManager,
    private readonly reader: SupportAccessReader,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  /** @throws ResourceNotFound when there is no such school */
  @Transaction()
  async execute(actor: Actor, input: { reason: string; minutes: number }): Promise<SupportAccessView> {
    await this.assertSchool();
    const details = { ...input, schoolId: actor.schoolId, userId: actor.id };
    const access = SupportAccess.open(details, this.clock.now());
    await this.em.persist(access).flush();
    const { id, expiresAt } = access;
    await this.audit.record({
      action: 'support_access.opened',
      subjectId: id,
      details: { expiresAt: expiresAt.toISOString() },
    });
    return this.reader.get(id);
  }

  // A school is never without an owner.
  private async assertSchool(): Promise<void> {
    const members = schoolQuery<IdentityTables>(this.em).selectFrom('memberships').select('role').limit(1);
    if (!(await members.executeTakeFirst())) throw new ResourceNotFound();
  }
}
