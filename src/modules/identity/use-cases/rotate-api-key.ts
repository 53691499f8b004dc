import { EntityManager, LockMode } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../../../platform/audit/audit.js';
import { Transaction } from '../../../platform/database/transaction.js';
import { Clock } from '../../../platform/values/clock.js';
import type { Id } from '../../../platform/values/id.js';
import { ApiKey } from '../domain/api-key.js';
import { ApiKeyNotFound } from '../domain/identity-problems.js';
import { ApiKeyReader, type ApiKeyView } from '../queries/api-key-reader.js';

const hour = 3_600_000;

/** Gives a program's key another secret, beside which that of before works for a while. */
@Injectable()
export class RotateApiKey {
  constructor(
    readonly em: EntityManager,
    private readonly reader: ApiKeyReader,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  /** @throws ApiKeyNotFound, KeyHasEnded */
  @Transaction()
  async execute(keyId: Id, graceHours: number): Promise<ApiKeyView & { secret: string }> {
    const key = await this.em.findOne(ApiKey, { id: keyId }, { lockMode: LockMode.PESSIMISTIC_WRITE });
    if (!key) throw new ApiKeyNotFound();
    const now = this.clock.now();
    const secret = key.rotate(new Date(now.getTime() + graceHours * hour), now);
    await this.em.flush();
    await this.audit.record({ action: 'api_key.rotated', subjectId: keyId, details: { graceHours } });
    return { ...(await this.reader.get(keyId)), secret };
  }
}
