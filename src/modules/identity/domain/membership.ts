import { defineEntity } from '@mikro-orm/core';
import type { Role } from '../../../platform/auth/actor.js';
import { code, id, instant, schoolScoped } from '../../../platform/database/columns.js';

/** What somebody can be in a school; platform administrators belong to none. */
export const schoolRoles = [
  'owner',
  'office',
  'teacher',
  'guardian',
  'student',
  'partner',
] as const satisfies readonly Role[];
export type SchoolRole = (typeof schoolRoles)[number];

/** One role of one person in one school. He may have several. */
export const MembershipSchema = defineEntity({
  name: 'Membership',
  tableName: 'memberships',
  ...schoolScoped,
  properties: {
    schoolId: id().primary(),
    userId: id().primary().index('memberships_user'),
    role: code<SchoolRole>().primary(),
    createdAt: instant(),
  },
});
