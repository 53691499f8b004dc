import type { Id } from '../../src/platform/values/id.js';
import { vehicleInput } from '../../src/modules/schools/testing/school-inputs.js';
import { accessTokenOf } from '../../src/modules/identity/testing/sign-in.js';
import type { TestApp } from '../support/app.js';
import { openTestSchool, type Caller, type TestSchool } from '../support/test-school.js';

export interface Person {
  readonly id: Id;
  readonly token: string;
}

/** One school of the stage: few enough of everything that its histories get in each other's way. */
export interface Troupe {
  readonly school: TestSchool;
  readonly lessonTypeId: Id;
  readonly office: string;
  readonly teachers: readonly Person[];
  readonly students: readonly Person[];
}

/** Two schools that share a teacher. */
export async function openStage(test: TestApp, name: string): Promise<Troupe[]> {
  const shared = `both@${name}.example`;
  return [await troupeOf(test, `${name}-nord`, shared), await troupeOf(test, `${name}-syd`, shared)];
}

async function troupeOf(test: TestApp, slug: string, sharedTeacher: string): Promise<Troupe> {
  const school = await openTestSchool(test, slug);
  await school.owner.post('/vehicles', vehicleInput('EF 10 001')).expect(201);
  const person = async ({ id, caller }: { id: Id; caller: Caller }) => ({
    id,
    token: await accessTokenOf(test.app, caller.userId),
  });
  const teachers = [school.teacher, await school.addTeacher(sharedTeacher)];
  const students = [school.student];
  for (let n = 1; n < 4; n++) students.push(await school.enrol(`s${n}@${slug}.example`));
  return {
    school,
    lessonTypeId: school.lessonTypeId,
    office: await accessTokenOf(test.app, school.owner.userId),
    teachers: await Promise.all(teachers.map(person)),
    students: await Promise.all(students.map(person)),
  };
}
