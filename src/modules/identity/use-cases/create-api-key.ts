import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../../../platform/audit/audit.js';
import type { Actor } from '../../../platform/auth/actor.js';
import { Transaction } from '../../../platform/database/transaction.js';
import { Clock } from '../../../platform/values/clock.js';
import { ApiKey } from '../domain/api-key.js';
import { ExpiryInThePast } from '../domain/identity-problems.js';
import type { ApiKeyScope } from '../domain/permissions.js';
import { ApiKeyReader, type ApiKeyView } from '../queries/api-key-reader.js';

export interface CreateApiKeyInput {
  readonly name: string;
  readonly scopes: readonly ApiKeyScope[];
  readonly expiresAt?: Date | null;
}

/** Makes a key for a program of the school. Its secret is shown in this answer and never again. */
@Injectable()
export class CreateApiKey {
  constructor(
    readonly em: EntityManager,
    private readonly reader: ApiKeyReader,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  /** @throws ExpiryInThePast */
  @Transaction()
  async execute(actor: Actor, input: CreateApiKeyInput): Promise<ApiKeyView & { secret: string }> {
    const now = this.clock.now();
    const { name, scopes, expiresAt = null } = input;
    if (expiresAt && expiresAt <= now) throw new ExpiryInThePast();
    const details = { schoolId: actor.schoolId, createdBy: actor.id, name, scopes, expiresAt };
    const { key, secret } = ApiKey.create(details, now);
    await this.em.persist(key).flush();
    await this.audit.record({ action: 'api_key.created', subjectId: key.id, details: { scopes } });
    return { ...(await this.reader.get(key.id)), secret };
  }
}
