import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../../../platform/audit/audit.js';
import { Transaction } from '../../../platform/database/transaction.js';
import { Clock } from '../../../platform/values/clock.js';
import type { Id } from '../../../platform/values/id.js';
import { ApiKey } from '../domain/api-key.js';
import { ApiKeyNotFound } from '../domain/identity-problems.js';

/** Ends an API key; the next request with it is refused. */
@Injectable()
export class RevokeApiKey {
  constructor(
    readonly em: EntityManager,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  /** Repeating it changes nothing. @throws ApiKeyNotFound */
  @Transaction()
  async execute(keyId: Id): Promise<void> {
    const key = await this.em.findOne(ApiKey, { id: keyId });
    if (!key) throw new ApiKeyNotFound();
    if (!key.revoke(this.clock.now())) return;
    await this.em.flush();
    await this.audit.record({ action: 'api_key.revoked', subjectId: keyId });
  }
}
