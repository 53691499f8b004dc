import { defineEntity } from '@mikro-orm/core';
import { code, id, instant, text } from '../../../platform/database/columns.js';

export type TokenPurpose = 'invitation' | 'password_reset';

const hour = 3_600_000;

/** How long a link works after it was sent, in milliseconds. */
export const tokenLifetimes: Record<TokenPurpose, number> = { invitation: 14 * 24 * hour, password_reset: hour };

export const OneTimeTokenSchema = defineEntity({
  name: 'OneTimeToken',
  tableName: 'one_time_tokens',
  properties: {
    id: id().primary(),
    userId: id().index('one_time_tokens_user'),
    purpose: code<TokenPurpose>(),
    // Empty until the link is about to be sent; the token itself is never stored.
    hash: text(64).nullable().unique('one_time_tokens_hash'),
    createdAt: instant(),
    expiresAt: instant().index('one_time_tokens_expires_at'),
    usedAt: instant().nullable(),
    /** The school that invites; null for what belongs to none. The link itself is the person's, and works outside of any school. */
    invitingSchoolId: id().fieldName('school_id').nullable(),
  },
});

/** The right to set a password once, proved by a link sent to the person's own address. */
export class OneTimeToken extends OneTimeTokenSchema.class {
  isOpen(now: Date): boolean {
    return this.usedAt === null && this.expiresAt > now;
  }

  /** Binds the token that goes out now, in place of one sent before. */
  bind(hash: string, now: Date): void {
    this.hash = hash;
    this.expiresAt = new Date(now.getTime() + tokenLifetimes[this.purpose]);
  }

  use(now: Date): void {
    this.usedAt = now;
  }
}
OneTimeTokenSchema.setClass(OneTimeToken);
