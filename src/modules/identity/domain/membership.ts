import { defineEntity } from '@mikro-orm/core';
import type { Role } from '../../../platform/auth/actor.js';
import { code, id, instant, int, schoolScoped } from '../../../platform/database/columns.js';

/** What somebody can be in a school; platform administrators and API keys belong to none. */
export const schoolRoles = ['owner', 'office', 'teacher', 'guardian', 'student'] as const satisfies readonly Role[];
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
    /** Counted up on every owner's row when one is about to go: two who remove each other meet there, on any node. */
    revision: int().default(0),
  },
  indexes: [{ name: 'memberships_school_role', properties: ['schoolId', 'role', 'userId'] }],
});
