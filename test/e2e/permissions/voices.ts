import { apiKeyScopes, partnerScopes } from '../../../src/modules/identity/domain/permissions.js';
import { accessTokenOf } from '../../../src/modules/identity/testing/sign-in.js';
import type { Id } from '../../../src/platform/values/id.js';
import type { TestApp } from '../../support/app.js';
import { type Caller, platformAdmin } from '../../support/test-school.js';
import type { Operation } from './operations.js';
import type { FurnishedSchool } from './world.js';

/** What the guard shall say: who is not known, who may not, to whom it does not exist, who is let in. */
export type Verdict = 401 | 403 | 404 | 'in';

export type Place = 'own school' | 'other school' | 'no school';

/** Somebody who calls the API, and what the catalogue says he may. */
export interface Voice {
  readonly name: string;
  /** Of a new session each time: some operations end all there are. */
  token(): Promise<string | null>;
  expected(operation: Operation, place: Place): Verdict;
}

export async function allVoices(
  test: TestApp,
  { school, ...people }: FurnishedSchool,
  helper: Caller,
): Promise<Voice[]> {
  const admin = await platformAdmin(test);
  const { userId: adminId } = admin;
  const asked = { partner: 'findkoreskole', name: 'Matrix', scopes: partnerScopes };
  const { body: partnerKey } = await admin.post('/v1/partner-keys', asked).expect(201);
  const key = async (scopes: readonly string[]) =>
    (await school.owner.post('/api-keys', { name: 'Matrix', scopes }).expect(201)).body.secret as string;
  return [
    { name: 'nobody', token: async () => null, expected: () => 401 },
    person(test, 'platform_admin', adminId),
    lookingInto(person(test, 'platform_admin', helper.userId)),
    person(test, 'owner', school.owner.userId),
    person(test, 'office', people.office.userId),
    person(test, 'teacher', people.teacher.userId),
    person(test, 'student', people.student.userId),
    person(test, 'guardian', people.guardian.userId),
    program('key with every scope', await key(apiKeyScopes), apiKeyScopes),
    program('key with one scope', await key(['vehicle.read']), ['vehicle.read']),
    partner('partner’s key', partnerKey.secret),
  ];
}

function person({ app }: TestApp, role: string, userId: Id): Voice {
  const isEverywhere = role === 'platform_admin';
  return {
    name: role,
    token: () => accessTokenOf(app, userId),
    expected: ({ roles }, place) => {
      if (place === 'other school' && !isEverywhere) return 404;
      return roles.includes(role) || roles.includes('signed_in') ? 'in' : 403;
    },
  };
}

/** Reads in both schools, for a reason that he gave, what the office reads; a list as a file is more than reading. */
function lookingInto(admin: Voice): Voice {
  return {
    ...admin,
    name: 'platform_admin with support access',
    expected: (operation, place) => {
      const isLook = operation.method === 'get' && !operation.permission?.endsWith('.export');
      const asOffice = place !== 'no school' && isLook && operation.roles.includes('office');
      return asOffice ? 'in' : admin.expected(operation, place);
    },
  };
}

function program(name: string, secret: string, scopes: readonly string[]): Voice {
  return {
    name,
    token: async () => secret,
    expected: ({ permission }, place) => {
      if (place === 'other school') return 404;
      return place === 'own school' && scopes.includes(permission!) ? 'in' : 403;
    },
  };
}

/** Outside of schools what partners have; no school exists for him. */
function partner(name: string, secret: string): Voice {
  return {
    name,
    token: async () => secret,
    expected: ({ permission }, place) => {
      if (place !== 'no school') return 404;
      return (partnerScopes as readonly string[]).includes(permission!) ? 'in' : 403;
    },
  };
}
