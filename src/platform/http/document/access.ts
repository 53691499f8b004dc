import type { Grantee, PermissionCatalogue } from '../../auth/access-directory.js';
import type { Described } from './operations.js';

/** What a route's @Requires() or @Public() leaves in the document for describeAccess(); what stands on the method wins. */
export const accessExtension = 'x-access';

/** What a route's @AlwaysAdmitted() leaves in the document for describeProblems(). */
export const admittedExtension = 'x-always-admitted';

export type DeclaredAccess = { readonly permission: string } | { readonly public: string };

const names: Record<string, string> = {
  signed_in: 'everybody with an account',
  platform_admin: 'platform administrators',
  partner: 'API keys with that scope',
  platform_partner: 'keys of the platform’s partners with that scope',
};

/** Whether a key of a school or a partner may be made for it; known once describeAccess() has been here. */
export function isForPrograms(described: Described): boolean {
  return isFor('partner', described) || isFor('platform_partner', described);
}

/** Whether platform administrators are among those who may use it. */
export function isForAdministrators(described: Described): boolean {
  return isFor('platform_admin', described);
}

function isFor(role: Grantee, { operation }: Described): boolean {
  return (operation as { 'x-roles'?: readonly string[] })['x-roles']?.includes(role) ?? false;
}

/** Says of an operation who may use it: as `x-permission` and `x-roles` for programs, as a sentence for people. */
export function describeAccess({ operation }: Described, catalogue: PermissionCatalogue): void {
  const declared = operation as { [accessExtension]?: DeclaredAccess };
  const access = declared[accessExtension];
  if (!access) return;
  delete declared[accessExtension];
  const roles = 'permission' in access ? catalogue.grantees(access.permission) : [];
  const sentence =
    'permission' in access
      ? `Needs the permission \`${access.permission}\`: ${roles.map((role) => names[role] ?? role).join(', ')}.`
      : `Needs no sign-in: ${access.public}.`;
  const marks =
    'permission' in access ? { 'x-permission': access.permission, 'x-roles': roles } : { 'x-public': access.public };
  Object.assign(operation, marks, { description: [operation.description, sentence].filter(Boolean).join('\n\n') });
}
