import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '../../src/platform/values/id.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { openTestSchool, type TestSchool } from '../support/test-school.js';

let test: TestApp;
let school: TestSchool;

beforeAll(async () => {
  test = await startTestApp({ jobs: false });
  school = await openTestSchool(test, 'skaev');
});
afterAll(() => test.close());

const cursor = (key: object) => Buffer.from(JSON.stringify(key)).toString('base64url');
const day = 86_400_000;

describe('a list', () => {
  it.each(['charges', 'invoices', 'payments', 'bookings', 'students', 'teachers', 'vehicles', 'messages'])(
    'of %s refuses a cursor that somebody made up',
    async (list) => {
      for (const made of [{ id: 'x' }, { id: '\0' }, { id: 'x', name: 'x' }, { id: 'x', startsAt: 1e308 }]) {
        const { body } = await school.owner.get(`/${list}?cursor=${cursor(made)}`).expect(400);
        expect(body.errors).toMatchObject([{ field: 'cursor' }]);
      }
    },
  );

  it('of time off refuses a time that is none', async () => {
    const made = cursor({ id: newId(), startsAt: 1e308 });
    const { body } = await school.owner.get(`/teachers/${school.teacher.id}/time-off?cursor=${made}`).expect(400);
    expect(body.errors).toMatchObject([{ field: 'cursor' }]);
  });
});

describe('a change', () => {
  it('refuses null for what must have a value, by its name', async () => {
    const changes: [path: string, ...fields: string[]][] = [
      ['', 'name', 'email', 'phone', 'addressLine', 'locale', 'reminderLeadMinutes'],
      [`/teachers/${school.teacher.id}`, 'name', 'licenceClasses'],
      [`/vehicles/${school.vehicleId}`, 'name', 'plate', 'gearbox'],
      [`/lesson-types/${school.lessonTypeId}`, 'name', 'price', 'vatRateBp', 'cancelFee', 'bookableByStudents'],
      [`/students/${school.student.id}`, 'name', 'licenceClass'],
    ];
    for (const [path, ...fields] of changes) {
      const nothing = Object.fromEntries(fields.map((field) => [field, null]));
      const { body } = await school.owner.patch(path, nothing).expect(400);
      expect(body.errors.map(({ field }: { field: string }) => field).sort()).toEqual(fields.sort());
    }
  });

  it('takes null where it clears', async () => {
    const { body } = await school.owner.patch(`/students/${school.student.id}`, { phone: null }).expect(200);
    expect(body.phone).toBeNull();
  });
});

describe('text', () => {
  it.each([
    ['half a character', 'Anna \ud800'],
    ['a NUL', 'Anna\0'],
    ['a terminal’s escape', 'Anna\u001b[31m'],
  ])('does not hold %s', async (_, name) => {
    const { body } = await school.owner.patch(`/teachers/${school.teacher.id}`, { name }).expect(400);
    expect(body.errors).toMatchObject([{ field: 'name' }]);
  });

  it('is an address only when it can be written', async () => {
    const { body } = await test.http.post('/v1/auth/password-resets').send({ email: '\ud800@x.example' }).expect(400);
    expect(body.errors).toMatchObject([{ field: 'email' }]);
  });
});

describe('a time', () => {
  it.each(['9999-12-31T23:45:00-12:00', '0000-01-01T00:00:00Z', '1815-06-18T11:30:00Z'])(
    'is not %s',
    async (endsAt) => {
      const timeOff = { startsAt: new Date(Date.now() + day).toISOString(), endsAt };
      const { body } = await school.owner.post(`/teachers/${school.teacher.id}/time-off`, timeOff).expect(400);
      expect(body.errors).toMatchObject([{ field: 'endsAt' }]);
    },
  );
});

describe('an empty body', () => {
  const post = (path: string) => school.owner.post(path).type('json').send('');

  it('is no body where none is needed', async () => {
    for (const path of [
      `/invoices/${newId()}/checkout`,
      `/bookings/${newId()}/complete`,
      `/bookings/${newId()}/cancel`,
    ]) {
      const { body } = await post(path).expect(404);
      expect(body.code).toMatch(/not_found$/);
    }
  });

  it('lacks every field where some are', async () => {
    const { body } = await post('/charges').expect(400);
    expect(body.errors).toEqual(expect.arrayContaining([{ field: 'studentId', message: 'is required' }]));
  });
});

describe('an address that cannot be read', () => {
  it.each([
    ['%E0%A4%A', 400, 'request.malformed'],
    ['x'.repeat(300), 404, 'route.not_found'],
  ])('is a problem like any other: %.10s', async (id, status, code) => {
    // Through a socket of our own: clients tidy addresses up.
    const answer = await rawGet(`/v1/schools/${id}`);
    expect(answer).toContain(`HTTP/1.1 ${status} `);
    expect(answer).toMatch(/content-type: application\/problem\+json/i);
    expect(answer).toContain(`"code":"${code}"`);
  });
});

function rawGet(path: string): Promise<string> {
  const { hostname, port } = new URL(test.url);
  return new Promise((resolve, reject) => {
    let answer = '';
    const socket = connect(Number(port), hostname, () => {
      socket.write(`GET ${path} HTTP/1.1\r\nHost: ${hostname}\r\nConnection: close\r\n\r\n`);
    });
    socket.on('data', (data) => (answer += data.toString()));
    socket.on('end', () => resolve(answer));
    socket.on('error', reject);
  });
}
