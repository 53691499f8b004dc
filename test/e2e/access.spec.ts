import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { RequestContext } from '@mikro-orm/core';
import { type IdentityTables } from '../../src/modules/identity/identity.tables.js';
import { CreatePlatformAdmin, InviteUser, type SchoolRole } from '../../src/modules/identity/index.js';
import { accessTokenOf } from '../../src/modules/identity/testing/sign-in.js';
import { bin, globalQuery } from '../../src/platform/database/query.js';
import { inSchool } from '../../src/platform/tenancy/tenancy.js';
import { type Id, newId } from '../../src/platform/values/id.js';
import { startTestApp, type TestApp } from '../support/app.js';

let test: TestApp;
let admin: string;
let north: Id;
let south: Id;

beforeAll(async () => {
  test = await startTestApp({ jobs: false });
  const adminId = await inRequest(() =>
    test.app
      .get(CreatePlatformAdmin)
      .execute({ email: 'admin@example.dk', name: 'Drift', password: 'en adgangskode til drift' }),
  );
  admin = await accessTokenOf(test.app, adminId);
  [north, south] = [newId(), newId()];
});
afterAll(() => test.close());

function inRequest<T>(work: () => Promise<T>): Promise<T> {
  return RequestContext.create(test.em, work);
}

async function member(school: Id, ...roles: SchoolRole[]): Promise<{ userId: Id; token: string }> {
  const email = `${newId()}@example.dk`;
  const invite = (role: SchoolRole) =>
    inSchool(school, () => inRequest(() => test.app.get(InviteUser).execute({ email, name: 'N. N.', role })));
  const [invited] = await Promise.all(roles.map(invite));
  return { userId: invited!.userId, token: await accessTokenOf(test.app, invited!.userId) };
}

const get = (path: string, token: string) => test.http.get(path).set('authorization', `Bearer ${token}`);
const students = (school: string) => `/v1/schools/${school}/students`;

describe('the guard', () => {
  it('lets a role in that has the permission, and no other', async () => {
    const teacher = await member(north, 'teacher');
    const student = await member(north, 'student');
    await get(students(north), teacher.token).expect(200);
    const { body } = await get(students(north), student.token).expect(403);
    expect(body.code).toBe('auth.not_allowed');
  });

  it('counts all roles of a person with several', async () => {
    const both = await member(north, 'student', 'office');
    await get(students(north), both.token).expect(200);
  });

  it('knows no school but one’s own', async () => {
    const teacher = await member(north, 'teacher');
    for (const school of [south, newId(), 'not-an-id', north.toUpperCase()]) {
      const { body } = await get(students(school), teacher.token).expect(404);
      expect(body.code).toBe('resource.not_found');
    }
  });

  it('shuts out a removed member with the next request', async () => {
    const teacher = await member(north, 'teacher');
    await get(students(north), teacher.token).expect(200);
    await globalQuery<IdentityTables>(test.em.fork())
      .deleteFrom('memberships')
      .where('user_id', '=', bin(teacher.userId))
      .execute();
    await get(students(north), teacher.token).expect(404);
  });

  it('keeps the platform’s administrators from a school’s people', async () => {
    await get(students(north), admin).expect(403);
    await get('/v1/schools', admin).expect(200);
  });

  it('keeps everybody else from the platform', async () => {
    const owner = await member(north, 'owner');
    await get('/v1/schools', owner.token).expect(403);
    await test.http.get('/v1/schools').expect(401);
  });
});
