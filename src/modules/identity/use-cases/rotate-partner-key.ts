import { EntityManager, LockMode } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../../../platform/audit/audit.js';
import { Transaction } from '../../../platform/database/transaction.js';
import { Clock } from '../../../platform/values/clock.js';
import type { Id } from '../../../platform/values/id.js';
import { PartnerKey } from '../domain/partner-key.js';
import { PartnerKeyNotFound } from '../domain/identity-problems.js';
import { PartnerKeyReader, type PartnerKeyView } from '../queries/partner-key-reader.js';

const hour = 3_600_000;

/** Gives a partner's key another secret, beside which that of before works for a while. */
@Injectable()
export class RotatePartnerKey {
  constructor(
    readonly em: EntityManager,
    private readonly reader: PartnerKeyReader,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  /** @throws PartnerKeyNotFound, KeyHasEnded */
  @Transaction()
  async execute(keyId: Id, graceHours: number): Promise<PartnerKeyView & { secret: string }> {
    const key = await this.em.findOne(PartnerKey, { id: keyId }, { lockMode: LockMode.PESSIMISTIC_WRITE });
    if (!key) throw new PartnerKeyNotFound();
    const now = this.clock.now();
    const secret = key.rotate(new Date(now.getTime() + graceHours * hour), now);
    await this.em.flush();
    await this.audit.record({
      action: 'partner_key.rotated',
      subjectId: keyId,
      details: { partner: key.partner, graceHours },
    });
    return { ...(await this.reader.get(keyId)), secret };
  }
}
