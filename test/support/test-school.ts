import { RequestContext } from '@mikro-orm/core';
import type { Test } from 'supertest';
import { CreatePlatformAdmin, InviteUser, type SchoolRole } from '../../src/modules/identity/index.js';
import { accessTokenOf } from '../../src/modules/identity/testing/sign-in.js';
import { AddLessonType, AddTeacher, AddVehicle, CreateSchool, TeacherSchema } from '../../src/modules/schools/index.js';
import {
  lessonTypeInput,
  schoolInput,
  teacherInput,
  vehicleInput,
} from '../../src/modules/schools/testing/school-inputs.js';
import { EnrolStudent, StudentDirectory } from '../../src/modules/students/index.js';
import { studentInput } from '../../src/modules/students/testing/student-inputs.js';
import { bin, globalQuery, type Tables } from '../../src/platform/database/query.js';
import { inSchool } from '../../src/platform/tenancy/tenancy.js';
import type { Id } from '../../src/platform/values/id.js';
import type { TestApp } from './app.js';

/** Somebody who is signed in and calls the API. Paths of a member start in his school. */
export interface Caller {
  readonly userId: Id;
  get(path?: string): Test;
  post(path: string, body?: object): Test;
  put(path: string, body?: object): Test;
  patch(path: string, body: object): Test;
  delete(path: string): Test;
}

interface Member {
  readonly id: Id;
  readonly caller: Caller;
}

/** A school with one of everything, and somebody signed in for each role. */
export interface TestSchool {
  readonly id: Id;
  readonly owner: Caller;
  readonly teacher: Member;
  readonly student: Member;
  readonly vehicleId: Id;
  readonly lessonTypeId: Id;
  /** Runs the work as a request of this school does. */
  run<T>(work: () => Promise<T>): Promise<T>;
  addTeacher(email: string, overrides?: Parameters<typeof teacherInput>[1]): Promise<Member>;
  enrol(email: string, overrides?: Parameters<typeof studentInput>[1]): Promise<Member>;
  /** Whoever has that address, as a member with that role too. */
  join(email: string, role: SchoolRole): Promise<Caller>;
}

/** @param slug its own in each test, as are the addresses made of it */
export async function openTestSchool(test: TestApp, slug: string): Promise<TestSchool> {
  const { app, em } = test;
  const school = await RequestContext.create(em, () =>
    app.get(CreateSchool, { strict: false }).execute(schoolInput(slug)),
  );
  const run = <T>(work: () => Promise<T>) => inSchool(school.id, () => RequestContext.create(em, work));
  const base = `/v1/schools/${school.id}`;

  const join: TestSchool['join'] = async (email, role) => {
    const invitation = { email, name: 'Mette Holm', role };
    const { userId } = await run(() => app.get(InviteUser, { strict: false }).execute(invitation));
    return callerOf(test, userId, base);
  };
  const addTeacher: TestSchool['addTeacher'] = async (email, overrides) => {
    const { id } = await run(() => app.get(AddTeacher, { strict: false }).execute(teacherInput(email, overrides)));
    return { id, caller: await callerOf(test, await userOfTeacher(test, id), base) };
  };
  const enrol: TestSchool['enrol'] = async (email, overrides) => {
    const { id } = await run(() => app.get(EnrolStudent, { strict: false }).execute(studentInput(email, overrides)));
    const { userId } = await run(() => app.get(StudentDirectory, { strict: false }).get(id));
    return { id, caller: await callerOf(test, userId, base) };
  };

  return {
    id: school.id,
    owner: await join(`owner@${slug}.example`, 'owner'),
    teacher: await addTeacher(`teacher@${slug}.example`),
    student: await enrol(`student@${slug}.example`),
    vehicleId: (await run(() => app.get(AddVehicle, { strict: false }).execute(vehicleInput('AB 12 345')))).id,
    lessonTypeId: (await run(() => app.get(AddLessonType, { strict: false }).execute(lessonTypeInput()))).id,
    run,
    addTeacher,
    enrol,
    join,
  };
}

/** Somebody who runs the platform; his paths start at the root. */
export async function platformAdmin(test: TestApp, email = 'admin@platform.example'): Promise<Caller> {
  const admin = { email, name: 'Platform', password: 'kun til prøver 2026' };
  const userId = await RequestContext.create(test.em, () =>
    test.app.get(CreatePlatformAdmin, { strict: false }).execute(admin),
  );
  return callerOf(test, userId, '');
}

/** Somebody who is signed in anew; his paths start at `base`. */
export async function callerOf(test: TestApp, userId: Id, base: string): Promise<Caller> {
  return callerWith(test, await accessTokenOf(test.app, userId), userId, base);
}

/** A program of findkoreskole.dk with a key of its own. */
export async function partnerCaller(test: TestApp, admin: Caller, scopes: readonly string[]): Promise<Caller> {
  const asked = { partner: 'findkoreskole', name: 'Drift', scopes };
  const { body } = await admin.post('/v1/partner-keys', asked).expect(201);
  return callerWith(test, body.secret, body.id, '');
}

function callerWith({ http }: TestApp, token: string, userId: Id, base: string): Caller {
  const sign = (call: Test) => call.set('authorization', `Bearer ${token}`);
  return {
    userId,
    get: (path = '') => sign(http.get(base + path)),
    post: (path, body) => sign(http.post(base + path)).send(body),
    put: (path, body) => sign(body ? http.put(base + path).send(body) : http.put(base + path)),
    patch: (path, body) => sign(http.patch(base + path)).send(body),
    delete: (path) => sign(http.delete(base + path)),
  };
}

async function userOfTeacher({ em }: TestApp, id: Id): Promise<Id> {
  const query = globalQuery<Tables<typeof TeacherSchema>>(em).selectFrom('teachers').select('user_id as userId');
  return (await query.where('id', '=', bin(id)).executeTakeFirstOrThrow()).userId;
}
