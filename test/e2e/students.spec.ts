import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { studentInput } from '../../src/modules/students/testing/student-inputs.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { openTestSchool, type TestSchool } from '../support/test-school.js';

let test: TestApp;
let nord: TestSchool;
let syd: TestSchool;

beforeAll(async () => {
  test = await startTestApp({ jobs: false });
  nord = await openTestSchool(test, 'nord');
  syd = await openTestSchool(test, 'syd');
});
afterAll(() => test.close());

const names = (body: { items: { name: string }[] }) => body.items.map(({ name }) => name);
const fields = (body: { errors: { field: string }[] }) => body.errors.map(({ field }) => field);

describe('enrolling a student', () => {
  it('makes the row, the login and the membership, once', async () => {
    const { body } = await nord.owner
      .post('/students', studentInput('ida@example.dk', { name: 'Ida Bro', city: 'Nordhavn' }))
      .expect(201);
    expect(body).toMatchObject({
      name: 'Ida Bro',
      email: 'ida@example.dk',
      status: 'active',
      city: 'Nordhavn',
      postcode: null,
    });
    expect(Object.keys(body)).not.toContain('userId');
    const { body: again } = await nord.owner.post('/students', studentInput('IDA@example.dk')).expect(409);
    expect(again.code).toBe('student.exists');
    await syd.owner.post('/students', studentInput('ida@example.dk')).expect(201);
  });

  it('leaves nothing behind when it fails', async () => {
    await nord.owner.post('/students', studentInput('later@example.dk', { birthDate: '2199-01-01' })).expect(422);
    const rows = await test.em
      .fork()
      .execute<{ n: number }[]>("SELECT COUNT(*) AS n FROM users WHERE email = 'later@example.dk'");
    expect(rows[0]?.n).toBe(0);
  });

  it('is the office’s work, with every field checked', async () => {
    await nord.teacher.caller.post('/students', studentInput('a@example.dk')).expect(403);
    await nord.student.caller.post('/students', studentInput('a@example.dk')).expect(403);
    const wrong = {
      ...studentInput('no address'),
      phone: '12',
      birthDate: '2009-02-30',
      licenceClass: 'Q',
      cpr: '010203-1234',
    };
    const { body } = await nord.owner.post('/students', wrong).expect(400);
    expect(fields(body).toSorted()).toEqual(['birthDate', 'cpr', 'email', 'licenceClass', 'phone']);
  });
});

describe('a student', () => {
  it('reads himself alone', async () => {
    const other = await nord.enrol('other@nord.example', { name: 'En Anden' });
    const { caller, id } = nord.student;
    const { body } = await caller.get('/students/me').expect(200);
    expect(body.id).toBe(id);
    expect((await caller.get(`/students/${id}`).expect(200)).body).toEqual(body);
    await caller.get(`/students/${other.id}`).expect(404);
    await caller.get('/students').expect(403);
    await caller.patch(`/students/${id}`, { name: 'X' }).expect(403);
    await nord.owner.get('/students/me').expect(404);
  });

  it('is read by the school’s teachers and by no other school', async () => {
    await nord.teacher.caller.get(`/students/${nord.student.id}`).expect(200);
    await syd.owner.get(`/students/${nord.student.id}`).expect(404);
    await syd.owner.patch(`/students/${nord.student.id}`, { name: 'X' }).expect(404);
    await syd.student.caller.get(`/students/${nord.student.id}`).expect(404);
  });

  it('changes as the office says, field by field', async () => {
    const { id } = await nord.enrol('change@nord.example');
    const path = `/students/${id}`;
    const { body } = await nord.owner
      .patch(path, { addressLine: 'Sundkrogsgade 7', phone: null, status: 'paused' })
      .expect(200);
    expect(body).toMatchObject({ name: 'Freja Lund', addressLine: 'Sundkrogsgade 7', phone: null, status: 'paused' });
    const { body: refused } = await nord.owner.patch(path, { status: 'completed' }).expect(409);
    expect(refused.code).toBe('student.status_not_allowed');
    await nord.owner.patch(path, { email: 'x@y.dk' }).expect(400);
  });
});

describe('the list of students', () => {
  let school: TestSchool;

  beforeAll(async () => {
    school = await openTestSchool(test, 'liste');
    const everybody = ['Åge Bo', 'Anna Å', 'Ørjan_1', 'Ørjan 2', 'Ægir', 'Anna B', 'Børge', '100% Sej'];
    for (const [index, name] of everybody.entries()) await school.enrol(`s${index}@liste.example`, { name });
  });

  const list = async (query: string) => (await school.teacher.caller.get(`/students?${query}`).expect(200)).body;

  it('is in Danish order and complete, page by page', async () => {
    const seen: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const page = await list(`limit=2${cursor && `&cursor=${cursor}`}`);
      seen.push(...names(page));
      cursor = page.nextCursor;
    }
    expect(seen).toEqual(
      ['100% Sej', 'Anna B', 'Anna Å', 'Børge', 'Freja Lund', 'Ægir', 'Ørjan 2', 'Ørjan_1', 'Åge Bo'].toSorted(danish),
    );
  });

  it('finds by the beginning of a word, or of an address', async () => {
    expect(names(await list('q=anna'))).toEqual(['Anna B', 'Anna Å']);
    expect(names(await list(`q=${encodeURIComponent('1 ørjan')}`))).toEqual(['Ørjan_1']);
    expect(names(await list(`q=${encodeURIComponent('%')}`))).toEqual([]);
    expect(names(await list(`q=${encodeURIComponent('S1@liste')}`))).toEqual(['Anna Å']);
  });

  it('pages through what an address finds', async () => {
    for (const domain of ['a.example', 'b.example']) await school.enrol(`same@${domain}`, { name: 'Ens' });
    const first = await list('q=same@&limit=1');
    const second = await list(`q=same@&limit=1&cursor=${first.nextCursor}`);
    expect([first, second].map(({ items }) => items[0].email)).toEqual(['same@a.example', 'same@b.example']);
    expect(second.nextCursor).toBeNull();
  });

  it('filters by status', async () => {
    const [anna] = (await list(`q=${encodeURIComponent('Anna B')}`)).items;
    await school.owner.patch(`/students/${anna.id}`, { status: 'left' }).expect(200);
    expect(names(await list('status=left'))).toEqual(['Anna B']);
    expect(names(await list('status=active&q=anna'))).toEqual(['Anna Å']);
    await school.owner.get('/students?status=lost').expect(400);
  });
});

// Danish sorts "_" and blanks before digits and letters, as the database does.
function danish(a: string, b: string): number {
  return new Intl.Collator('da', { ignorePunctuation: false }).compare(a, b);
}
