import { type Grantee, PermissionCatalogue } from '../../../platform/auth/access-directory.js';
import { type Permission, permissions } from './permissions.js';

/** The catalogue as the guard asks it. */
export class RolePermissions extends PermissionCatalogue {
  has(permission: string): permission is Permission {
    return Object.hasOwn(permissions, permission);
  }

  grantees(permission: string): readonly Grantee[] {
    return this.has(permission) ? permissions[permission] : [];
  }
}
