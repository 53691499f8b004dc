import { defineEntity } from '@mikro-orm/core';
import { id, instant, schoolScoped, text } from '../../../platform/database/columns.js';
import type { Id } from '../../../platform/values/id.js';
import { newKeySecret, rotatedSecret } from './key-secret.js';
import type { ApiKeyScope } from './permissions.js';

/** By this the guard tells a key from an access token, and a scanner finds one that was published by mistake. */
export const apiKeyMark = 'jd_';

export const ApiKeySchema = defineEntity({
  name: 'ApiKey',
  tableName: 'api_keys',
  ...schoolScoped,
  properties: {
    id: id().primary(),
    schoolId: id(),
    name: text(120),
    /** The beginning of the secret, by which its owner recognises it. */
    prefix: text(20),
    hash: text(64).unique('api_keys_hash'),
    /** Of the secret before, which works until then. */
    previousHash: text(64).nullable().unique('api_keys_previous_hash'),
    previousUntil: instant().nullable(),
    /** Names of permissions with spaces between, as OAuth writes scopes. */
    scopes: text(1000),
    createdBy: id(),
    createdAt: instant(),
    expiresAt: instant().nullable(),
    lastUsedAt: instant().nullable(),
    revokedAt: instant().nullable(),
  },
  uniques: [{ name: 'api_keys_school', properties: ['schoolId', 'id'] }],
});

export interface NewApiKey {
  readonly schoolId: Id;
  readonly name: string;
  readonly scopes: readonly ApiKeyScope[];
  readonly expiresAt: Date | null;
  readonly createdBy: Id;
}

/** What a program of the school, or of a partner, signs in with. It may do what its scopes say, and nothing else. */
export class ApiKey extends ApiKeySchema.class {
  /** The secret is in this answer alone; what is kept of it is its hash. */
  static create({ scopes, ...details }: NewApiKey, at: Date): { key: ApiKey; secret: string } {
    const { secret, kept } = newKeySecret(apiKeyMark, scopes, at);
    const key = Object.assign(new ApiKey(), details, kept);
    return { key, secret };
  }

  /** Gives it another secret, which is in this answer alone; that of before works until then. @throws KeyHasEnded */
  rotate(until: Date, at: Date): string {
    const { secret, kept } = rotatedSecret(apiKeyMark, this, until, at);
    Object.assign(this, kept);
    return secret;
  }

  /** True when it worked until now. */
  revoke(at: Date): boolean {
    if (this.revokedAt !== null) return false;
    this.revokedAt = at;
    return true;
  }
}
ApiKeySchema.setClass(ApiKey);
