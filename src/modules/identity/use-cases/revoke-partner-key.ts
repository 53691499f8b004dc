import { EntityManager, LockMode } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../../../platform/audit/audit.js';
import { Transaction } from '../../../platform/database/transaction.js';
import { Clock } from '../../../platform/values/clock.js';
import type { Id } from '../../../platform/values/id.js';
import { PartnerKeyNotFound } from '../domain/identity-problems.js';
import { PartnerKey } from '../domain/partner-key.js';

/** Ends a partner's key; the next request with it is refused. */
@Injectable()
export class RevokePartnerKey {
  constructor(
    readonly em: EntityManager,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  /** Repeating it changes nothing. @throws PartnerKeyNotFound */
  @Transaction()
  async execute(keyId: Id): Promise<void> {
    const key = await this.em.findOne(PartnerKey, { id: keyId }, { lockMode: LockMode.PESSIMISTIC_WRITE });
    if (!key) throw new PartnerKeyNotFound();
    if (!key.revoke(this.clock.now())) return;
    await this.em.flush();
    const { partner } = key;
    await this.audit.record({ action: 'partner_key.revoked', subjectId: keyId, details: { partner } });
  }
}
