import { applyDecorators, SetMetadata } from '@nestjs/common';
import { ApiBearerAuth, ApiExtension } from '@nestjs/swagger';
import { accessExtension, type DeclaredAccess } from '../http/document/access.js';

export const REQUIRED_PERMISSION = Symbol('required permission');

/** Names the permission a route needs. Modules use `Requires` of identity, which knows the permissions there are. */
export function RequiresPermission(permission: string): MethodDecorator & ClassDecorator {
  const access: DeclaredAccess = { permission };
  return applyDecorators(
    SetMetadata(REQUIRED_PERMISSION, permission),
    ApiBearerAuth('bearer'),
    ApiExtension(accessExtension, access),
  );
}
