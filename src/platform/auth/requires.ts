import { applyDecorators, SetMetadata } from '@nestjs/common';
import { ApiBearerAuth } from '@nestjs/swagger';

export const REQUIRED_PERMISSION = Symbol('required permission');

/** Names the permission a route needs. Modules use `Requires` of identity, which knows the permissions there are. */
export function RequiresPermission(permission: string): MethodDecorator & ClassDecorator {
  return applyDecorators(SetMetadata(REQUIRED_PERMISSION, permission), ApiBearerAuth('bearer'));
}
