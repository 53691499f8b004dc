import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { nowActs } from '../audit/acting.js';
import { ResourceNotFound } from '../http/request-problems.js';
import { enterSchool } from '../tenancy/tenancy.js';
import { isId } from '../values/id.js';
import { Admission } from './admission.js';
import {
  type HeldRole,
  type KeyHolder,
  type PartnerHolder,
  PermissionCatalogue,
  type SignedIn,
} from './access-directory.js';
import { type Actor, personActor, programActor, type RequestAccess, requestAccess, type Role, roles } from './actor.js';
import { NotAllowed, ScopeMissing, SecondFactorNeeded, SignInRequired } from './auth-problems.js';
import { Authenticator, safeMethods } from './authenticator.js';
import { routeAccess } from './route-access.js';

type Caller = SignedIn | KeyHolder | PartnerHolder;

/** Stands before every route: closed unless it says otherwise, and no way into a school one does not belong to. */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    private readonly authenticator: Authenticator,
    private readonly catalogue: PermissionCatalogue,
    private readonly admission: Admission,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const { permission, isPublic, isAlwaysAdmitted } = routeAccess(context.getClass(), context.getHandler());
    if (isPublic) return true;
    if (!permission) return false;
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const caller = await this.authenticate(request);
    const schoolId = (request.params as Record<string, string | undefined>)['schoolId'];
    const access = requestAccess(context);
    if (schoolId === undefined) this.admit(access, caller, permission);
    else {
      this.admitToSchool(access, caller, permission, schoolId, isLook(request.method, permission));
      if (!isAlwaysAdmitted) await this.admitSchool(access.actor!, permission, request.method);
    }
    return true;
  }

  /** He may; the school as a whole may have been kept back. */
  private async admitSchool({ schoolId, role }: Actor, permission: string, method: string): Promise<void> {
    if (!safeMethods.includes(method)) await this.admission.admit({ schoolId, role, permission, method });
  }

  private async authenticate(request: FastifyRequest): Promise<Caller> {
    const isPage = request.routeOptions.url?.startsWith('/ops') ?? false;
    const caller = isPage ? await this.authenticator.ofCookie(request) : await this.authenticator.ofBearer(request);
    if (!caller) throw new SignInRequired();
    return caller;
  }

  /** Outside of schools there is nothing for a school's key. */
  private admit(access: RequestAccess, caller: Caller, permission: string): void {
    if (caller.kind === 'api_key') throw new NotAllowed();
    if (caller.kind === 'partner_key') return this.admitPartner(access, caller, permission);
    const { userId, sessionId, isPlatformAdmin } = caller;
    if (!this.catalogue.grantees(permission).includes('signed_in')) {
      this.strongestRole(permission, rolesAnywhere(caller), caller);
    }
    access.user = { userId, sessionId, isPlatformAdmin };
    nowActs({ kind: 'user', id: userId, role: isPlatformAdmin ? 'platform_admin' : null });
  }

  /** A partner comes in by what is granted to partners, and by no school's door. */
  private admitPartner(access: RequestAccess, { keyId, partner, scopes }: PartnerHolder, permission: string): void {
    if (!this.catalogue.grantees(permission).includes('platform_partner')) throw new NotAllowed();
    if (!scopes.includes(permission)) throw new ScopeMissing(permission);
    access.partner = { keyId, name: partner };
    nowActs({ kind: 'provider', id: null, role: null, name: partner });
  }

  private admitToSchool(
    access: RequestAccess,
    caller: Caller,
    permission: string,
    schoolId: string,
    looks: boolean,
  ): void {
    const rolesHere = caller.kind === 'partner_key' ? [] : rolesIn(schoolId, caller, looks);
    // Not even whether a school exists is anybody else's business.
    if (!isId(schoolId) || rolesHere.length === 0 || caller.kind === 'partner_key')
      throw this.asLacking(caller, permission, schoolId) ?? new ResourceNotFound();
    const role = this.strongestRole(permission, rolesHere, caller, schoolId);
    if (caller.kind === 'api_key' && !caller.scopes.includes(permission)) throw new ScopeMissing(permission);
    access.actor =
      caller.kind === 'user' ? personActor(caller.userId, schoolId, role) : programActor(caller.keyId, schoolId);
    enterSchool(schoolId);
    nowActs({ kind: caller.kind, id: access.actor.id, role });
  }

  private strongestRole(permission: string, held: readonly Role[], caller: Caller, schoolId?: string): Role {
    const grantees = this.catalogue.grantees(permission);
    const everybody = grantees.includes('signed_in');
    const role = roles.find((each) => held.includes(each) && (everybody || grantees.includes(each)));
    if (!role) throw this.asLacking(caller, permission, schoolId) ?? new NotAllowed();
    return role;
  }

  /** For somebody whom nothing but his second factor keeps out. @param schoolId left out: anywhere */
  private asLacking(caller: Caller, permission: string, schoolId?: string): SecondFactorNeeded | null {
    if (caller.kind !== 'user') return null;
    const isHere = (held: HeldRole) => schoolId === undefined || held.schoolId === schoolId;
    const heldBack = caller.heldBack.filter(isHere);
    const kept = [
      ...heldBack.map(({ role }) => role),
      ...(caller.lacksSecondFactor ? ['platform_admin' as const] : []),
    ];
    const isShutOut = heldBack.length > 0 && !caller.memberships.some(isHere);
    const grantees = this.catalogue.grantees(permission);
    return isShutOut || kept.some((role) => grantees.includes(role)) ? new SecondFactorNeeded() : null;
  }
}

// A list that is handed over as a file is more than a look.
function isLook(method: string, permission: string): boolean {
  return safeMethods.includes(method) && !permission.endsWith('.export');
}

function rolesIn(schoolId: string, caller: SignedIn | KeyHolder, looks: boolean): Role[] {
  if (caller.kind === 'api_key') return caller.schoolId === schoolId ? ['partner'] : [];
  const { memberships, isPlatformAdmin, supports } = caller;
  const held = memberships.filter((membership) => membership.schoolId === schoolId).map(({ role }) => role);
  // Whoever looks into a school to help reads as its office does, changes nothing, and takes nothing away.
  if (looks && supports.some((school) => school === schoolId)) held.push('office');
  return isPlatformAdmin ? ['platform_admin', ...held] : held;
}

function rolesAnywhere({ memberships, isPlatformAdmin }: SignedIn): Role[] {
  const held = memberships.map(({ role }) => role);
  return isPlatformAdmin ? ['platform_admin', ...held] : held;
}
