import type { Id } from '../values/id.js';
import type { Role } from './actor.js';

/** A person with a running session, and what he is where, as of now. */
export interface SignedIn {
  readonly userId: Id;
  readonly isPlatformAdmin: boolean;
  readonly memberships: readonly { readonly schoolId: Id; readonly role: Role }[];
}

/** Knows sessions and memberships; the identity module provides it. */
export abstract class AccessDirectory {
  /** Who the session belongs to; null when it has ended. Read anew for each request, so a removal works at once. */
  abstract find(sessionId: Id): Promise<SignedIn | null>;
}

/** Knows which roles have which permission; the identity module provides it. */
export abstract class PermissionCatalogue {
  abstract has(permission: string): boolean;

  /** Roles with that permission; `signed_in` stands for everybody with an account. */
  abstract grantees(permission: string): readonly (Role | 'signed_in')[];
}
