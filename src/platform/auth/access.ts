import type { ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Actor, SignedInUser } from './actor.js';

/** What the guard found out about a request. */
export interface RequestAccess {
  user?: SignedInUser;
  actor?: Actor;
}

const accesses = new WeakMap<object, RequestAccess>();

/** The access of the request at hand, written by the guard and read by the parameter decorators. */
export function requestAccess(context: ExecutionContext): RequestAccess {
  const request = context.switchToHttp().getRequest<FastifyRequest>();
  const known = accesses.get(request);
  if (known) return known;
  const access: RequestAccess = {};
  accesses.set(request, access);
  return access;
}
