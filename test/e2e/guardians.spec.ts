import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Id } from '../../src/platform/values/id.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { callerOf, openTestSchool, type Caller, type TestSchool } from '../support/test-school.js';

const friday = '2026-11-20T08:00:00Z';
const minor = { birthDate: '2009-06-01' };

let test: TestApp;
let nord: TestSchool;
let syd: TestSchool;
let people = 0;

beforeAll(async () => {
  test = await startTestApp({ jobs: false });
  test.clock.set(friday);
  nord = await openTestSchool(test, 'nord');
  syd = await openTestSchool(test, 'syd');
});
afterAll(() => test.close());
beforeEach(() => test.clock.set(friday));

const address = () => `p${(people += 1)}@nord.example`;
const code = ({ body }: { body: { code?: string } }) => body.code;
const ids = ({ body }: { body: { items: { id: Id }[] } }) => body.items.map(({ id }) => id);
const enrolMinor = () => nord.enrol(address(), minor);
const add = (studentId: Id, email: string, school = nord) =>
  school.owner.post(`/students/${studentId}/guardians`, { name: 'Karen Lund', email, relation: 'mother' });

/** A guardian of these students, signed in. */
async function guardianOf(...studentIds: Id[]): Promise<{ caller: Caller; guardianships: Id[] }> {
  const email = address();
  const guardianships: Id[] = [];
  for (const id of studentIds) guardianships.push((await add(id, email).expect(201)).body.id);
  return { caller: await nord.join(email, 'guardian'), guardianships };
}

describe('adding a guardian', () => {
  it('invites him, once, and the student sees who it is', async () => {
    const ward = await enrolMinor();
    const email = address();
    const { body } = await add(ward.id, email).expect(201);
    expect(body).toMatchObject({ name: 'Karen Lund', email, relation: 'mother', endsOn: '2027-06-01' });
    expect(code(await add(ward.id, email.toUpperCase()).expect(409))).toBe('guardian.exists');
    const listed = await ward.caller.get(`/students/${ward.id}/guardians`).expect(200);
    expect(listed.body).toEqual({ items: [body], nextCursor: null });
  });

  it('is for students known to be under 18, and for others than themselves', async () => {
    const grown = await nord.enrol(address(), { birthDate: '2008-11-20' });
    const unknown = await nord.enrol(address(), { birthDate: null });
    for (const { id } of [grown, unknown])
      expect(code(await add(id, address()).expect(422))).toBe('guardian.student_of_age');
    const email = address();
    const ward = await nord.enrol(email, minor);
    expect(code(await add(ward.id, email).expect(422))).toBe('guardian.of_himself');
  });

  it('is the office’s work, in its own school', async () => {
    const ward = await enrolMinor();
    const guardian = await guardianOf(ward.id);
    const path = `/students/${ward.id}/guardians`;
    const body = { name: 'N. N.', email: address() };
    for (const caller of [nord.teacher.caller, ward.caller, guardian.caller]) await caller.post(path, body).expect(403);
    await syd.owner.post(path, body).expect(404);
    await syd.owner.get(path).expect(404);
    await syd.owner.delete(`${path}/${guardian.guardianships[0]}`).expect(404);
    await nord.student.caller.get(path).expect(404);
    await guardian.caller.get(path).expect(403);
  });

  it('twice at once makes one', async () => {
    const ward = await enrolMinor();
    const email = address();
    const answers = await Promise.all([add(ward.id, email), add(ward.id, email)]);
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201, 409]));
  });
});

describe('a guardian', () => {
  it('sees his wards and nobody else', async () => {
    const [ward, sibling, other] = [await enrolMinor(), await enrolMinor(), await enrolMinor()];
    const { caller } = await guardianOf(ward.id, sibling.id);
    expect(new Set(ids(await caller.get('/students/wards').expect(200)))).toEqual(new Set([ward.id, sibling.id]));
    await caller.get(`/students/${ward.id}`).expect(200);
    await caller.get(`/students/${ward.id}/account`).expect(200);
    await caller.get(`/students/${other.id}`).expect(404);
    await caller.get(`/students/${other.id}/account`).expect(404);
    await caller.get(`/charges?studentId=${other.id}`).expect(404);
    await caller.get('/students/me').expect(404);
    await caller.get('/students').expect(403);
    await ward.caller.get('/students/wards').expect(403);
  });

  it('of one books for him without saying so, of two says for whom', async () => {
    const [one, two] = [await enrolMinor(), await enrolMinor()];
    const lesson = { lessonTypeId: nord.lessonTypeId, startsAt: '2026-11-23T08:00:00Z' };
    const mother = await guardianOf(one.id, two.id);
    expect(code(await mother.caller.post('/bookings', lesson).expect(422))).toBe('booking.student_required');
    const { body } = await mother.caller.post('/bookings', { ...lesson, studentId: two.id }).expect(201);
    expect(body.student.id).toBe(two.id);
    const father = await guardianOf(one.id);
    const later = { ...lesson, startsAt: '2026-11-23T10:00:00Z' };
    const his = (await father.caller.post('/bookings', later).expect(201)).body;
    expect(his.student.id).toBe(one.id);
    await father.caller.get(`/bookings/${body.id}`).expect(404);
    await father.caller.post(`/bookings/${body.id}/cancel`, {}).expect(404);
    expect(ids(await father.caller.get('/bookings').expect(200))).toEqual([his.id]);
    expect(ids(await mother.caller.get('/bookings').expect(200))).toEqual([body.id, his.id]);
    expect(ids(await mother.caller.get(`/bookings?studentId=${one.id}`).expect(200))).toEqual([his.id]);
    await mother.caller.post(`/bookings/${body.id}/cancel`, {}).expect(200);
  });

  it('pays what his ward owes, and sees no other invoice', async () => {
    // Stripe's clock is the real one.
    test.clock.follow();
    const school = await openTestSchool(test, 'kasse');
    const birthDate = `${new Date().getUTCFullYear() - 16}-01-01`;
    const [ward, other] = [await school.enrol(address(), { birthDate }), await school.enrol(address(), { birthDate })];
    const email = address();
    await add(ward.id, email, school).expect(201);
    const caller = await school.join(email, 'guardian');
    const invoice = async (studentId: Id) => {
      const gross = { amount: 65_000, currency: 'DKK' };
      await school.owner.post('/charges', { studentId, description: 'Lektion', gross, vatRateBp: 2500 }).expect(201);
      return (await school.owner.post('/invoices', { studentId }).expect(201)).body.id as Id;
    };
    const [own, foreign] = [await invoice(ward.id), await invoice(other.id)];
    expect(ids(await caller.get('/invoices').expect(200))).toEqual([own]);
    await caller.post(`/invoices/${own}/checkout`).expect(201);
    expect(code(await caller.post(`/invoices/${foreign}/checkout`).expect(404))).toBe('invoice.not_found');
    const paid = ids(await caller.get('/payments').expect(200));
    expect(paid).toHaveLength(1);
    await caller.get(`/payments/${paid[0]}`).expect(200);
    expect(code(await other.caller.get(`/payments/${paid[0]}`).expect(404))).toBe('payment.not_found');
    expect(ids(await other.caller.get('/payments').expect(200))).toEqual([]);
  });

  it('sees nothing any more from the ward’s eighteenth birthday on, in the school’s zone', async () => {
    const ward = await nord.enrol(address(), { birthDate: '2008-11-21' });
    const { caller } = await guardianOf(ward.id);
    test.clock.set('2026-11-20T22:59:59Z');
    await caller.get(`/students/${ward.id}`).expect(200);
    test.clock.set('2026-11-20T23:00:00Z');
    await caller.get(`/students/${ward.id}`).expect(404);
    expect(ids(await caller.get('/students/wards').expect(200))).toEqual([]);
    expect(ids(await caller.get('/bookings').expect(200))).toEqual([]);
  });

  it('sees nothing while the birth date is unknown', async () => {
    const ward = await enrolMinor();
    const { caller } = await guardianOf(ward.id);
    await nord.owner.patch(`/students/${ward.id}`, { birthDate: null }).expect(200);
    await caller.get(`/students/${ward.id}`).expect(404);
    const { body } = await nord.owner.get(`/students/${ward.id}/guardians`).expect(200);
    expect(body.items[0].endsOn).toBeNull();
  });
});

describe('somebody of another school', () => {
  it('is not looked up by making him a guardian', async () => {
    const ward = await enrolMinor();
    const self = await callerOf(test, syd.owner.userId, '/v1/me');
    await self.patch('', { phone: '+4511223344' }).expect(200);
    const stranger = { name: 'X', email: 'owner@syd.example' };
    const { body } = await nord.owner.post(`/students/${ward.id}/guardians`, stranger).expect(201);
    expect(body).toMatchObject({ name: body.email, phone: null });
    expect((await nord.owner.get(`/students/${ward.id}/guardians`)).body.items).toEqual([body]);
    await nord.owner.delete(`/students/${ward.id}/guardians/${body.id}`).expect(204);
  });
});

describe('ending a guardianship', () => {
  it('ends the last one’s membership and sessions with it', async () => {
    const [one, two] = [await enrolMinor(), await enrolMinor()];
    const { caller, guardianships } = await guardianOf(one.id, two.id);
    const end = (student: Id, guardianship: Id) => nord.owner.delete(`/students/${student}/guardians/${guardianship}`);
    expect(code(await end(two.id, guardianships[0]!).expect(404))).toBe('guardian.not_found');
    await end(one.id, guardianships[0]!).expect(204);
    await caller.get(`/students/${one.id}`).expect(404);
    await caller.get(`/students/${two.id}`).expect(200);
    await end(two.id, guardianships[1]!).expect(204);
    await caller.get(`/students/${two.id}`).expect(401);
    await end(two.id, guardianships[1]!).expect(404);
  });

  it('twice at once ends it once', async () => {
    const ward = await enrolMinor();
    const { guardianships } = await guardianOf(ward.id);
    const end = () => nord.owner.delete(`/students/${ward.id}/guardians/${guardianships[0]}`);
    const answers = await Promise.all([end(), end()]);
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([204, 404]));
  });

  it('of the last two at once leaves no membership', async () => {
    for (let round = 0; round < 3; round++) {
      const [one, two] = [await enrolMinor(), await enrolMinor()];
      const { caller, guardianships } = await guardianOf(one.id, two.id);
      await Promise.all(
        [one, two].map(({ id }, index) =>
          nord.owner.delete(`/students/${id}/guardians/${guardianships[index]}`).expect(204),
        ),
      );
      await caller.get('/students/wards').expect(401);
    }
  });
});
