import type { Id } from '../values/id.js';
import type { Role } from './actor.js';

/** What somebody is in a school. */
export interface HeldRole {
  readonly schoolId: Id;
  readonly role: Role;
}

/** A person with a running session, and what he is where, as of now. */
export interface SignedIn {
  readonly kind: 'user';
  readonly userId: Id;
  readonly sessionId: Id;
  readonly isPlatformAdmin: boolean;
  /** Would be an administrator with a second factor. */
  readonly lacksSecondFactor: boolean;
  readonly memberships: readonly HeldRole[];
  /** Would be as much more, in schools that demand a second factor of it. */
  readonly heldBack: readonly HeldRole[];
  /** Schools that he may look into for now though he is no member, see `support_access.open`. */
  readonly supports: readonly Id[];
}

/** A program with an API key that works: of one school, for the permissions in its scopes. */
export interface KeyHolder {
  readonly kind: 'api_key';
  readonly keyId: Id;
  readonly schoolId: Id;
  readonly scopes: readonly string[];
}

/** A program of an outside partner of the platform, who acts over the schools that chose him. */
export interface PartnerHolder {
  readonly kind: 'partner_key';
  readonly keyId: Id;
  /** The partner's short name, the same for all of his keys. */
  readonly partner: string;
  readonly scopes: readonly string[];
}

/** Who a permission can be granted to: `signed_in` is everybody with an account, `platform_partner` a partner's key with that scope. */
export type Grantee = Role | 'signed_in' | 'platform_partner';

/** Knows sessions, memberships and API keys; the identity module provides it. */
export abstract class AccessDirectory {
  /** Who the session belongs to; null when it has ended. Read anew for each request, so a removal works at once. */
  abstract find(sessionId: Id): Promise<SignedIn | null>;

  /** True for a bearer that looks like an API key, of a school or of a partner. */
  abstract isKey(bearer: string): boolean;

  /** Whose API key it is; null when it is unknown, revoked or expired. */
  abstract findKey(secret: string): Promise<KeyHolder | PartnerHolder | null>;
}

/** Knows which roles have which permission; the identity module provides it. */
export abstract class PermissionCatalogue {
  abstract has(permission: string): boolean;

  abstract grantees(permission: string): readonly Grantee[];
}
