import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../../../platform/audit/audit.js';
import { Transaction } from '../../../platform/database/transaction.js';
import { Clock } from '../../../platform/values/clock.js';
import type { Id } from '../../../platform/values/id.js';
import { SupportAccessNotFound } from '../domain/identity-problems.js';
import { SupportAccess } from '../domain/support-access.js';

/** Ends a support access before its time; the next request finds the school closed. */
@Injectable()
export class CloseSupportAccess {
  constructor(
    readonly em: EntityManager,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  /** Repeating it changes nothing. @throws SupportAccessNotFound */
  @Transaction()
  async execute(accessId: Id): Promise<void> {
    const access = await this.em.findOne(SupportAccess, { id: accessId });
    if (!access) throw new SupportAccessNotFound();
    if (!access.close(this.clock.now())) return;
    await this.em.flush();
    await this.audit.record({ action: 'support_access.closed', subjectId: accessId });
  }
}
