import { applyDecorators, SetMetadata } from '@nestjs/common';
import { ApiExtension } from '@nestjs/swagger';
import { accessExtension, type DeclaredAccess } from '../http/document/access.js';

export const PUBLIC_ROUTE = Symbol('public route');

/** Opens a route to everybody; `why` says so to the reader and the route list. */
export function Public(why: string): MethodDecorator & ClassDecorator {
  const access: DeclaredAccess = { public: why };
  return applyDecorators(SetMetadata(PUBLIC_ROUTE, why), ApiExtension(accessExtension, access));
}
