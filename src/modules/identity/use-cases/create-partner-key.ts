import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../../../platform/audit/audit.js';
import { Transaction } from '../../../platform/database/transaction.js';
import { Clock } from '../../../platform/values/clock.js';
import type { Id } from '../../../platform/values/id.js';
import { ExpiryInThePast } from '../domain/identity-problems.js';
import { PartnerKey, type PartnerName } from '../domain/partner-key.js';
import type { PartnerScope } from '../domain/permissions.js';
import { PartnerKeyReader, type PartnerKeyView } from '../queries/partner-key-reader.js';

export interface CreatePartnerKeyInput {
  readonly partner: PartnerName;
  readonly name: string;
  readonly scopes: readonly PartnerScope[];
  readonly expiresAt?: Date | null;
}

/** Makes a key for a partner of the platform. Its secret is shown in this answer and never again. */
@Injectable()
export class CreatePartnerKey {
  constructor(
    readonly em: EntityManager,
    private readonly reader: PartnerKeyReader,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  /** @throws ExpiryInThePast */
  @Transaction()
  async execute(createdBy: Id, input: CreatePartnerKeyInput): Promise<PartnerKeyView & { secret: string }> {
    const now = this.clock.now();
    const { partner, name, scopes, expiresAt = null } = input;
    if (expiresAt && expiresAt <= now) throw new ExpiryInThePast();
    const { key, secret } = PartnerKey.create({ partner, name, scopes, expiresAt, createdBy }, now);
    await this.em.persist(key).flush();
    await this.audit.record({ action: 'partner_key.created', subjectId: key.id, details: { partner, scopes } });
    return { ...(await this.reader.get(key.id)), secret };
  }
}
