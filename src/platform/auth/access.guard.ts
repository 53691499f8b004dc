import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { nowActs } from '../audit/acting.js';
import { ResourceNotFound } from '../http/request-problems.js';
import { enterSchool } from '../tenancy/tenancy.js';
import { isId } from '../values/id.js';
import { PermissionCatalogue, type SignedIn } from './access-directory.js';
import { isStaffRole, requestAccess, type Role, roles } from './actor.js';
import { NotAllowed, SignInRequired } from './auth-problems.js';
import { Authenticator } from './authenticator.js';
import { routeAccess } from './route-access.js';

/** Stands before every route: closed unless it says otherwise, and no way into a school one does not belong to. */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    private readonly authenticator: Authenticator,
    private readonly catalogue: PermissionCatalogue,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const { permission, isPublic } = routeAccess(context.getClass(), context.getHandler());
    if (isPublic) return true;
    if (!permission) return false;
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const signedIn = await this.authenticate(request);
    const access = requestAccess(context);
    access.user = { userId: signedIn.userId, isPlatformAdmin: signedIn.isPlatformAdmin };
    const schoolId = (request.params as Record<string, string | undefined>)['schoolId'];
    if (schoolId === undefined) {
      this.assertGranted(permission, rolesAnywhere(signedIn));
      nowActs({ kind: 'user', id: signedIn.userId, role: signedIn.isPlatformAdmin ? 'platform_admin' : null });
      return true;
    }
    const rolesHere = rolesIn(schoolId, signedIn);
    // Not even whether a school exists is anybody else's business.
    if (!isId(schoolId) || rolesHere.length === 0) throw new ResourceNotFound();
    const role = this.strongestRole(permission, rolesHere);
    access.actor = { userId: signedIn.userId, schoolId, role, isStaff: isStaffRole(role) };
    enterSchool(schoolId);
    nowActs({ kind: 'user', id: signedIn.userId, role });
    return true;
  }

  private async authenticate(request: FastifyRequest): Promise<SignedIn> {
    const isPage = request.routeOptions.url?.startsWith('/ops') ?? false;
    const signedIn = isPage ? await this.authenticator.ofCookie(request) : await this.authenticator.ofBearer(request);
    if (!signedIn) throw new SignInRequired();
    return signedIn;
  }

  private assertGranted(permission: string, held: readonly Role[]): void {
    if (!this.catalogue.grantees(permission).includes('signed_in')) this.strongestRole(permission, held);
  }

  private strongestRole(permission: string, held: readonly Role[]): Role {
    const grantees = this.catalogue.grantees(permission);
    const everybody = grantees.includes('signed_in');
    const role = roles.find((each) => held.includes(each) && (everybody || grantees.includes(each)));
    if (!role) throw new NotAllowed();
    return role;
  }
}

function rolesIn(schoolId: string, { memberships, isPlatformAdmin }: SignedIn): Role[] {
  const held = memberships.filter((membership) => membership.schoolId === schoolId).map(({ role }) => role);
  return isPlatformAdmin ? ['platform_admin', ...held] : held;
}

function rolesAnywhere({ memberships, isPlatformAdmin }: SignedIn): Role[] {
  const held = memberships.map(({ role }) => role);
  return isPlatformAdmin ? ['platform_admin', ...held] : held;
}
