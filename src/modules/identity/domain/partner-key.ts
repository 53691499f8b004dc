import { defineEntity } from '@mikro-orm/core';
import { code, id, instant, text } from '../../../platform/database/columns.js';
import type { Id } from '../../../platform/values/id.js';
import { newKeySecret, rotatedSecret } from './key-secret.js';
import type { PartnerScope } from './permissions.js';

/** By this the guard tells it from a school's key and from an access token. */
export const partnerKeyMark = 'jdp_';

/** Who the platform works with, by the names that rows and logs have for them. */
export const partnerNames = ['findkoreskole'] as const;
export type PartnerName = (typeof partnerNames)[number];

export const PartnerKeySchema = defineEntity({
  name: 'PartnerKey',
  tableName: 'partner_keys',
  properties: {
    id: id().primary(),
    /** Whose it is: what he sent in by one of his keys is his with the next one too. */
    partner: code<PartnerName>(),
    name: text(120),
    /** The beginning of the secret, by which its owner recognises it. */
    prefix: text(20),
    hash: text(64).unique('partner_keys_hash'),
    /** Of the secret before, which works until then. */
    previousHash: text(64).nullable().unique('partner_keys_previous_hash'),
    previousUntil: instant().nullable(),
    /** Names of permissions with spaces between. */
    scopes: text(500),
    createdBy: id(),
    createdAt: instant(),
    expiresAt: instant().nullable(),
    lastUsedAt: instant().nullable(),
    revokedAt: instant().nullable(),
  },
});

export interface NewPartnerKey {
  readonly partner: PartnerName;
  readonly name: string;
  readonly scopes: readonly PartnerScope[];
  readonly expiresAt: Date | null;
  readonly createdBy: Id;
}

/** What a program of a partner signs in with: it belongs to no school, and reaches the schools that chose the partner. */
export class PartnerKey extends PartnerKeySchema.class {
  /** The secret is in this answer alone; what is kept of it is its hash. */
  static create({ scopes, ...details }: NewPartnerKey, at: Date): { key: PartnerKey; secret: string } {
    const { secret, kept } = newKeySecret(partnerKeyMark, scopes, at);
    const key = Object.assign(new PartnerKey(), details, kept);
    return { key, secret };
  }

  /** Gives it another secret, which is in this answer alone; that of before works until then. @throws KeyHasEnded */
  rotate(until: Date, at: Date): string {
    const { secret, kept } = rotatedSecret(partnerKeyMark, this, until, at);
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
PartnerKeySchema.setClass(PartnerKey);
