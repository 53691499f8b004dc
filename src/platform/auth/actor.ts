import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Id } from '../values/id.js';

/** Everybody who may act, strongest first. A `partner` is a program with an API key. */
export const roles = ['platform_admin', 'owner', 'office', 'teacher', 'guardian', 'student', 'partner'] as const;
export type Role = (typeof roles)[number];

/** Who acts in a school, and as what. Whoever is no staff is a person, with a `userId` for the rules about his own. */
export type Actor = PersonActor | ProgramActor;

/** Somebody signed in, as the strongest of his roles that the route's permission allows. */
export interface PersonActor {
  /** Names who did it: of the person here, of the API key there. */
  readonly id: Id;
  readonly userId: Id;
  readonly schoolId: Id;
  readonly role: Role;
  /** Works for the school (or the platform): own-data rules do not bind. */
  readonly isStaff: boolean;
}

/** A program with an API key: like staff where its scopes let it in, and nobody's own. */
export interface ProgramActor {
  readonly id: Id;
  readonly userId: null;
  readonly schoolId: Id;
  readonly role: 'partner';
  readonly isStaff: true;
}

export function personActor(userId: Id, schoolId: Id, role: Role): PersonActor {
  return { id: userId, userId, schoolId, role, isStaff: isStaffRole(role) };
}

export function programActor(keyId: Id, schoolId: Id): ProgramActor {
  return { id: keyId, userId: null, schoolId, role: 'partner', isStaff: true };
}

/** Who is signed in, outside of any school. */
export interface SignedInUser {
  readonly userId: Id;
  readonly sessionId: Id;
  readonly isPlatformAdmin: boolean;
}

const staff: readonly Role[] = ['platform_admin', 'owner', 'office', 'teacher'];

/** True for roles that work for the school or the platform. */
function isStaffRole(role: Role): boolean {
  return staff.includes(role);
}

/** A partner of the platform, whose program is calling. */
export interface Partner {
  readonly keyId: Id;
  /** The partner's short name, such as `findkoreskole`. */
  readonly name: string;
}

/** What the guard found out about a request. */
export interface RequestAccess {
  user?: SignedInUser;
  actor?: Actor;
  partner?: Partner;
}

const accesses = new WeakMap<object, RequestAccess>();

/** The access of the request at hand: the guard writes it, the parameter decorators read it. */
export function requestAccess(context: ExecutionContext): RequestAccess {
  const request = context.switchToHttp().getRequest<FastifyRequest>();
  const access = accesses.get(request) ?? {};
  accesses.set(request, access);
  return access;
}

/** The actor of a route under `/v1/schools/:schoolId`; a programming error elsewhere. */
export const CurrentActor = createParamDecorator((_: unknown, context: ExecutionContext): Actor => {
  const { actor } = requestAccess(context);
  if (!actor) throw new Error('@CurrentActor() needs a route with :schoolId and @Requires().');
  return actor;
});

/** The signed-in user of a route that belongs to no school, which no API key gets to. */
export const CurrentUser = createParamDecorator((_: unknown, context: ExecutionContext): SignedInUser => {
  const { user } = requestAccess(context);
  if (!user) throw new Error('@CurrentUser() needs a route with @Requires() outside of schools.');
  return user;
});

/** The partner who calls a route that is open to partners' keys. */
export const CurrentPartner = createParamDecorator((_: unknown, context: ExecutionContext): Partner => {
  const { partner } = requestAccess(context);
  if (!partner) throw new Error('@CurrentPartner() needs a route whose permission partners alone have.');
  return partner;
});
