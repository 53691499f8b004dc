import type { Actor } from '../../../platform/auth/actor.js';
import { NotAllowed } from '../../../platform/auth/auth-problems.js';
import type { Id } from '../../../platform/values/id.js';
import { LastOwner, MemberHasRecord, OwnersBusiness } from './member-problems.js';
import type { SchoolRole } from './membership.js';

/** The roles that are given by hand. Teachers, students and guardians come and go with their records. */
export const officeRoles = ['owner', 'office'] as const satisfies readonly SchoolRole[];
export type OfficeRole = (typeof officeRoles)[number];

export function isOfficeRole(role: SchoolRole): role is OfficeRole {
  return role === 'owner' || role === 'office';
}

/** Owners are made, unmade and reminded by owners alone. @throws OwnersBusiness */
export function checkMayManage(actor: Actor, roles: readonly SchoolRole[]): void {
  if (roles.includes('owner') && actor.role !== 'owner') throw new OwnersBusiness();
}

/** @param owners those there are now, held until the change is made @throws LastOwner, NotAllowed */
export function checkOwnerMayGo(actor: Actor, userId: Id, owners: readonly Id[]): void {
  // He may have been removed himself while he waited.
  if (!owners.some((owner) => owner === actor.userId)) throw new NotAllowed();
  if (owners.length === 1 && owners[0] === userId) throw new LastOwner();
}

/** @throws MemberHasRecord */
export function checkHasNoRecord(roles: readonly SchoolRole[]): void {
  const kept = roles.filter((role) => !isOfficeRole(role));
  if (kept.length > 0) throw new MemberHasRecord(kept);
}
