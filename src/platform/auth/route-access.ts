import { ALWAYS_ADMITTED } from './always-admitted.js';
import { PUBLIC_ROUTE } from './public.js';
import { REQUIRED_PERMISSION } from './requires.js';

export interface RouteAccess {
  readonly permission: string | undefined;
  readonly isPublic: boolean;
  readonly isAlwaysAdmitted: boolean;
}

/** What a route says about who may use it. What stands on the method counts more than what stands on the class. */
export function routeAccess(controller: object, method: object): RouteAccess {
  const onMethod = declaredOn(method);
  const { permission, isPublic } = onMethod.isPublic || onMethod.permission ? onMethod : declaredOn(controller);
  return { permission, isPublic, isAlwaysAdmitted: Reflect.hasMetadata(ALWAYS_ADMITTED, method) };
}

function declaredOn(target: object): Omit<RouteAccess, 'isAlwaysAdmitted'> {
  const permission = Reflect.getMetadata(REQUIRED_PERMISSION, target) as string | undefined;
  return { permission, isPublic: Reflect.hasMetadata(PUBLIC_ROUTE, target) };
}
