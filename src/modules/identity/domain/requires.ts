import { RequiresPermission } from '../../../platform/auth/requires.js';
import type { Permission } from './permissions.js';

/** Closes a route to all but the roles that have `permission`. */
export function Requires(permission: Permission): MethodDecorator & ClassDecorator {
  return RequiresPermission(permission);
}
