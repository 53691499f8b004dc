import { accessTokenOf } from '../../../src/modules/identity/testing/sign-in.js';
import { vehicleInput } from '../../../src/modules/schools/testing/school-inputs.js';
import type { Id } from '../../../src/platform/values/id.js';
import type { Person } from '../../histories/stage.js';
import type { TestApp } from '../../support/app.js';
import { openTestSchool, type Caller, type TestSchool } from '../../support/test-school.js';

/** A school that the load books, pays and writes at. */
export interface Shop {
  readonly school: TestSchool;
  readonly office: string;
  readonly teachers: readonly Person[];
  readonly students: readonly Person[];
}

/** @param people how many teachers with a car each, and how many students */
export async function openShop(test: TestApp, slug: string, people: { teachers: number; students: number }) {
  const school = await openTestSchool(test, slug);
  const person = async ({ id, caller }: { id: Id; caller: Caller }): Promise<Person> => ({
    id,
    token: await accessTokenOf(test.app, caller.userId),
  });
  const teachers = [await person(school.teacher)];
  const students = [await person(school.student)];
  for (let n = 1; n < people.teachers; n++) {
    teachers.push(await person(await school.addTeacher(`t${n}@${slug}.example`)));
    await school.owner.post('/vehicles', vehicleInput(`EF 10 ${String(n).padStart(3, '0')}`)).expect(201);
  }
  for (let n = 1; n < people.students; n++) {
    const phone = `+4531${String(n).padStart(6, '0')}`;
    students.push(await person(await school.enrol(`s${n}@${slug}.example`, { phone })));
  }
  return { school, office: await accessTokenOf(test.app, school.owner.userId), teachers, students } satisfies Shop;
}
