import { defineEntity } from '@mikro-orm/core';
import { id, instant, schoolScoped, text } from '../../../platform/database/columns.js';
import { type Id, newId } from '../../../platform/values/id.js';

export const longestSupportMinutes = 60;

export const SupportAccessSchema = defineEntity({
  name: 'SupportAccess',
  tableName: 'support_accesses',
  ...schoolScoped,
  properties: {
    id: id().primary(),
    schoolId: id(),
    userId: id(),
    reason: text(500),
    openedAt: instant(),
    expiresAt: instant(),
    closedAt: instant().nullable(),
  },
  uniques: [{ name: 'support_accesses_school', properties: ['schoolId', 'id'] }],
  indexes: [{ name: 'support_accesses_user', properties: ['userId', 'expiresAt'] }],
});

export interface NewSupportAccess {
  readonly schoolId: Id;
  readonly userId: Id;
  readonly reason: string;
  readonly minutes: number;
}

/** A platform administrator's right to read a school's data for a while, for a reason its owner can see. */
export class SupportAccess extends SupportAccessSchema.class {
  static open({ minutes, ...who }: NewSupportAccess, at: Date): SupportAccess {
    const expiresAt = new Date(at.getTime() + minutes * 60_000);
    return Object.assign(new SupportAccess(), who, { id: newId(), openedAt: at, expiresAt, closedAt: null });
  }

  /** @returns false when it is over already */
  close(at: Date): boolean {
    if (this.closedAt !== null || this.expiresAt <= at) return false;
    this.closedAt = at;
    return true;
  }
}
SupportAccessSchema.setClass(SupportAccess);
