import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Response } from 'supertest';
import { startTestApp, type TestApp } from '../support/app.js';
import { type Caller, openTestSchool, platformAdmin, type TestSchool } from '../support/test-school.js';

let test: TestApp;
let school: TestSchool;
/** Every operation that takes If-Match: where, and a change that differs each time. */
let changes: Record<string, { method: 'patch' | 'put'; path: string; body: (n: number) => object; caller?: Caller }>;

const unconditional = {
  setMemberRoles: 'nothing reads one member’s roles at that address; it names all of them, and the owners are locked',
  changeMyPassword: 'a password is never read, and the old one must be known',
};

beforeAll(async () => {
  test = await startTestApp({ jobs: false });
  school = await openTestSchool(test, 'samtidig');
  const admin = await platformAdmin(test);
  const { student, teacher, vehicleId, lessonTypeId } = school;
  const name = (n: number) => ({ name: `Navn ${n}` });
  const week = (n: number) => ({ workingHours: [{ weekday: 1 + (n % 7), starts: '08:00', ends: '16:00' }] });
  changes = {
    updateSchool: { method: 'patch', path: '', body: name },
    updateStudent: { method: 'patch', path: `/students/${student.id}`, body: name },
    updateTeacher: { method: 'patch', path: `/teachers/${teacher.id}`, body: name },
    updateVehicle: { method: 'patch', path: `/vehicles/${vehicleId}`, body: name },
    updateLessonType: { method: 'patch', path: `/lesson-types/${lessonTypeId}`, body: name },
    setWorkingHours: { method: 'put', path: `/teachers/${teacher.id}/working-hours`, body: week },
    updateMyAccount: { method: 'patch', path: '/v1/me', body: name, caller: admin },
    updateFinanceSettings: {
      method: 'put',
      path: '/finance-settings',
      body: (n) => ({ paymentTermsDays: 10 + n, bankAccount: null }),
    },
  };
});
afterAll(() => test.close());

async function tagOf(operation: string): Promise<string> {
  const { path, caller = school.owner } = changes[operation]!;
  return (await caller.get(path).expect(200)).headers['etag']!;
}

function change(operation: string, n: number, ifMatch?: string): PromiseLike<Response> {
  const { method, path, body, caller = school.owner } = changes[operation]!;
  const call = caller[method](path, body(n));
  return ifMatch === undefined ? call : call.set('if-match', ifMatch);
}

describe('a change of what was read', () => {
  it('takes If-Match wherever there is a PATCH or PUT', async () => {
    const { body } = await test.http.get('/openapi.json').expect(200);
    const operations = Object.values(body.paths as Record<string, Record<string, { operationId: string }>>);
    const changing = operations.flatMap(({ patch, put }) => [patch, put]).filter((each) => each !== undefined);
    // A new PATCH or PUT: make it @Conditional() and add it to `changes`, or say in `unconditional` why not.
    const known = [...Object.keys(changes), ...Object.keys(unconditional)];
    expect(changing.map(({ operationId }) => operationId).sort()).toEqual(known.sort());
    const conditional = changing.filter(({ operationId }) => operationId in changes);
    for (const { parameters, responses } of conditional as { parameters?: { name: string }[]; responses?: object }[]) {
      expect(parameters?.map(({ name }) => name)).toContain('If-Match');
      expect(Object.keys(responses!)).toContain('412');
    }
  });

  it('is made when nobody was faster, and refused with what to do when somebody was', async () => {
    for (const operation of Object.keys(changes)) {
      const seen = await tagOf(operation);
      const made = await change(operation, 1, seen);
      expect([operation, made.status]).toEqual([operation, 200]);
      const now = await tagOf(operation);
      expect([operation, now === seen]).toEqual([operation, false]);
      if (operation !== 'setWorkingHours') expect([operation, made.headers['etag']]).toEqual([operation, now]);
      const refused = await change(operation, 2, seen);
      expect([operation, refused.status, refused.body.code]).toEqual([operation, 412, 'request.precondition_failed']);
      expect(refused.body.detail).toContain('Read it again');
      expect([operation, await tagOf(operation)]).toEqual([operation, now]);
    }
  });

  it('compares strongly, takes a list and *, and asks nothing without the header', async () => {
    expect((await change('updateVehicle', 3, `W/${await tagOf('updateVehicle')}`)).status).toBe(412);
    expect((await change('updateVehicle', 3, `"other", ${await tagOf('updateVehicle')}`)).status).toBe(200);
    expect((await change('updateVehicle', 4, '*')).status).toBe(200);
    expect((await change('updateVehicle', 5)).status).toBe(200);
    expect(
      (await school.owner.patch('/vehicles/019aa1b2-7c00-7000-8000-000000000001', {}).set('if-match', '*')).status,
    ).toBe(404);
  });

  it('of twenty at once with the same tag is made by exactly one', async () => {
    for (const operation of Object.keys(changes)) {
      const seen = await tagOf(operation);
      const answers = await Promise.all(Array.from({ length: 20 }, (_, i) => change(operation, 20 + i, seen)));
      const statuses = answers.map(({ status }) => status).sort((a, b) => a - b);
      expect([operation, statuses]).toEqual([operation, [200, ...Array<number>(19).fill(412)]]);
    }
  });

  it('loses nothing of another field without a tag, however many come at once', async () => {
    const fields = { addressLine: 'Vej 1', postcode: '2150', city: 'Nordhavn', phone: '+4520123499', name: 'Ny' };
    const path = `/students/${school.student.id}`;
    await Promise.all(
      Object.entries(fields).map(([field, value]) => school.owner.patch(path, { [field]: value }).expect(200)),
    );
    expect((await school.owner.get(path).expect(200)).body).toMatchObject(fields);
  });

  it('is refused to whoever may not make it before anything is compared', async () => {
    await school.student.caller.patch(`/vehicles/${school.vehicleId}`, {}).set('if-match', '"x"').expect(403);
  });
});

describe('what is read again', () => {
  it('is answered by 304 while it stays the same, and in full once it is not', async () => {
    const path = `/students/${school.student.id}`;
    const first = await school.owner.get(path).expect(200);
    expect(first.headers['cache-control']).toBe('private, no-cache');
    const again = await school.owner.get(path).set('if-none-match', first.headers['etag']!).expect(304);
    expect([again.text, again.headers['etag'], again.headers['content-type']]).toEqual([
      '',
      first.headers['etag'],
      undefined,
    ]);
    expect(again.headers['x-request-id']).toBeDefined();
    await school.owner.patch(path, { name: 'Endnu et navn' }).expect(200);
    const changed = await school.owner.get(path).set('if-none-match', first.headers['etag']!).expect(200);
    expect(changed.body.name).toBe('Endnu et navn');
  });

  it('may be a list, and a weak tag will do', async () => {
    const { headers } = await school.owner.get('/students').expect(200);
    await school.owner.get('/students').set('if-none-match', `"x", W/${headers['etag']}`).expect(304);
  });

  it('is no file, no refusal and no POST', async () => {
    const csv = await school.owner.get('/accounting/journal.csv?date=2026-11-01').expect(200);
    expect([csv.headers['etag'], csv.headers['cache-control']]).toEqual([undefined, 'no-store']);
    const refused = await school.owner.get('/students/none').set('if-none-match', '*').expect(404);
    expect(refused.headers['etag']).toBeUndefined();
  });

  it('is not shown to whoever may not read it, tag or not', async () => {
    const { headers } = await school.owner.get('/students').expect(200);
    await school.student.caller.get('/students').set('if-none-match', headers['etag']!).expect(403);
  });
});
