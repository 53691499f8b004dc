import { SetMetadata } from '@nestjs/common';

export const PUBLIC_ROUTE = Symbol('public route');

/** Opens a route to everybody; `why` says so to the reader and the route list. */
export function Public(why: string): MethodDecorator & ClassDecorator {
  return SetMetadata(PUBLIC_ROUTE, why);
}
