import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../../../platform/audit/audit.js';
import { Transaction } from '../../../platform/database/transaction.js';
import type { Id } from '../../../platform/values/id.js';
import { Memberships } from '../../identity/index.js';
import { GuardianNotFound } from '../domain/guardian-problems.js';
import { Guardianship } from '../domain/guardianship.js';

/** Ends a guardianship, and with the last one what the guardian is at the school. */
@Injectable()
export class RemoveGuardian {
  constructor(
    readonly em: EntityManager,
    private readonly memberships: Memberships,
    private readonly audit: Audit,
  ) {}

  /** @throws GuardianNotFound */
  @Transaction()
  async execute(studentId: Id, guardianshipId: Id): Promise<void> {
    const guardianship = await this.em.findOne(Guardianship, { id: guardianshipId, studentId });
    if (!guardianship) throw new GuardianNotFound();
    const { userId } = guardianship;
    // Somebody else may be ending it too.
    if ((await this.em.nativeDelete(Guardianship, { id: guardianshipId })) === 0) throw new GuardianNotFound();
    const details = { guardianshipId, guardian: userId };
    await this.audit.record({ action: 'student.guardian_removed', subjectId: studentId, details });
    await this.memberships.remove(userId, 'guardian', async () => (await this.em.count(Guardianship, { userId })) > 0);
  }
}
