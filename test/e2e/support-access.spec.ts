import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { studentInput } from '../../src/modules/students/testing/student-inputs.js';
import { type Id, newId } from '../../src/platform/values/id.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { type Caller, openTestSchool, platformAdmin, type TestSchool } from '../support/test-school.js';

let test: TestApp;
let nord: TestSchool;
let syd: TestSchool;
let admin: Caller;
let colleague: Caller;

beforeAll(async () => {
  test = await startTestApp({ jobs: false });
  [nord, syd] = [await openTestSchool(test, 'nord'), await openTestSchool(test, 'syd')];
  admin = await platformAdmin(test);
  colleague = await platformAdmin(test, 'colleague@platform.example');
});
afterAll(() => test.close());

const why = { reason: 'Sag 4711: en elev mangler på listen', minutes: 30 };
const of = (school: { id: Id }, path: string) => `/v1/schools/${school.id}${path}`;
const open = async (caller = admin): Promise<Id> =>
  (await caller.post(of(nord, '/support-access'), why).expect(201)).body.id;
const students = (caller: Caller, school = nord) => caller.get(of(school, '/students'));
const logged = async (action: string) => (await nord.owner.get(`/audit-log?action=${action}`).expect(200)).body.items;

describe('a platform administrator', () => {
  it('reads a school’s people for as long as he said, with a reason its owner sees', async () => {
    await students(admin).expect(403);
    const id = await open();
    await students(admin).expect(200);
    expect((await nord.owner.get('/support-access').expect(200)).body.items).toMatchObject([
      { id, userId: admin.userId, name: 'Platform', reason: why.reason, closedAt: null },
    ]);
    expect(await logged('support_access.opened')).toMatchObject([
      { subjectId: id, actor: { id: admin.userId, name: 'Platform', role: 'platform_admin' } },
    ]);
    test.clock.advance({ minutes: 31 });
    await students(admin).expect(403);
    test.clock.follow();
    await admin.delete(of(nord, `/support-access/${id}`)).expect(204);
  });

  it('changes nothing there, and opens no other door', async () => {
    const id = await open();
    await admin.post(of(nord, '/students'), studentInput('no@nord.example')).expect(403);
    await admin.patch(of(nord, `/students/${nord.student.id}`), { name: 'X' }).expect(403);
    await admin.get(of(nord, '/audit-log')).expect(403);
    await admin.get(of(nord, '/students/export.csv')).expect(403);
    await students(admin, syd).expect(403);
    await students(colleague).expect(403);
    await admin.delete(of(nord, `/support-access/${id}`)).expect(204);
  });

  it('is out with the next request once he or the owner ends it', async () => {
    for (const end of [
      (id: Id) => admin.delete(of(nord, `/support-access/${id}`)),
      (id: Id) => nord.owner.delete(`/support-access/${id}`),
    ]) {
      const before = (await logged('support_access.closed')).length;
      const id = await open();
      await students(admin).expect(200);
      await end(id).expect(204);
      await end(id).expect(204);
      await students(admin).expect(403);
      expect(await logged('support_access.closed')).toHaveLength(before + 1);
    }
  });

  it('says why, and for at most an hour', async () => {
    for (const wrong of [{ ...why, reason: 'x' }, { ...why, minutes: 61 }, { minutes: 30 }]) {
      await admin.post(of(nord, '/support-access'), wrong).expect(400);
    }
    await admin.post(of({ id: newId() }, '/support-access'), why).expect(404);
  });
});

describe('support access', () => {
  it('is opened by administrators of the platform alone, and seen by its own school’s owner', async () => {
    const id = await open();
    for (const caller of [nord.owner, nord.teacher.caller, nord.student.caller]) {
      await caller.post('/support-access', why).expect(403);
    }
    for (const caller of [nord.teacher.caller, nord.student.caller]) await caller.get('/support-access').expect(403);
    expect((await syd.owner.get('/support-access').expect(200)).body.items).toEqual([]);
    await syd.owner.delete(`/support-access/${id}`).expect(404);
    await students(admin).expect(200);
  });
});
