import { describe, expect, it } from '@jest/globals';
import type { Grantee } from '../../../platform/auth/access-directory.js';
import { roles } from '../../../platform/auth/actor.js';
import { permissions } from './permissions.js';
import { RolePermissions } from './role-permissions.js';

const known: readonly Grantee[] = [...roles, 'signed_in', 'platform_partner'];

describe('the permissions', () => {
  it('are granted to roles there are, each at least once', () => {
    for (const [permission, grantees] of Object.entries(permissions)) {
      expect([permission, grantees.length]).not.toEqual([permission, 0]);
      expect([permission, grantees.filter((each) => !known.includes(each))]).toEqual([permission, []]);
    }
  });

  it('are unknown when nobody wrote them down', () => {
    const catalogue = new RolePermissions();
    expect(catalogue.has('account.read')).toBe(true);
    expect(catalogue.grantees('school.create')).toEqual(['platform_admin']);
    for (const name of ['', 'school.raed', 'toString', '__proto__']) {
      expect(catalogue.has(name)).toBe(false);
      expect(catalogue.grantees(name)).toEqual([]);
    }
  });
});
