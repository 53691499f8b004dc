import { connect } from 'node:net';
import { gzipSync } from 'node:zlib';
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
      ['', 'name', 'email', 'phone', 'addressLine', 'locale', 'lessonReminders'],
      [`/teachers/${school.teacher.id}`, 'name', 'licenceClasses'],
      [`/vehicles/${school.vehicleId}`, 'name', 'plate'],
      [`/lesson-types/${school.lessonTypeId}`, 'name', 'price', 'vatRateBp', 'cancellation', 'bookableByStudents'],
      [`/students/${school.student.id}`, 'name', 'licenceClass'],
    ];
    for (const [path, ...fields] of changes) {
      const nothing = Object.fromEntries(fields.map((field) => [field, null]));
      const { body } = await school.owner.patch(path, nothing).expect(400);
      expect(body.errors.map(({ field }: { field: string }) => field).sort()).toEqual(fields.sort());
    }
  });

  it('refuses a vehicle without a gearbox, which trailers alone have not', async () => {
    const { body } = await school.owner.patch(`/vehicles/${school.vehicleId}`, { gearbox: null }).expect(422);
    expect(body).toMatchObject({ code: 'vehicle.invalid', errors: [{ field: 'gearbox' }] });
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
    const answer = await raw(`GET /v1/schools/${id} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`);
    expect(answer).toContain(`HTTP/1.1 ${status} `);
    expect(answer).toMatch(/content-type: application\/problem\+json/i);
    expect(answer).toContain(`"code":"${code}"`);
  });
});

describe('what is no request at all', () => {
  const post = 'POST /v1/auth/login HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n';
  const longHeader = `X-Long: ${'x'.repeat(20_000)}`;

  it.each([
    ['no HTTP', 'GET\r\n\r\n', 400, 'request.malformed'],
    ['a length that is none', `${post}Content-Length: many\r\n\r\n{}`, 400, 'request.malformed'],
    ['two lengths', `${post}Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n{}`, 400, 'request.malformed'],
    ['chunks that are none', `${post}Transfer-Encoding: chunked\r\n\r\nzz\r\n`, 400, 'request.malformed'],
    ['a header without end', `GET / HTTP/1.1\r\nHost: x\r\n${longHeader}\r\n\r\n`, 431, 'request.headers_too_large'],
    ['no host', 'GET /health/live HTTP/1.1\r\nConnection: close\r\n\r\n', 400, ''],
  ])('is refused: %s', async (_, request, status, code) => {
    const answer = await raw(request);
    expect(answer).toContain(`HTTP/1.1 ${status} `);
    if (code) expect(answer).toContain(`"code":"${code}"`);
  });

  it('is not waited for when its sender leaves in the middle', async () => {
    await raw(`${post}Content-Length: 1000\r\n\r\n{"email": `, { leave: true });
    await test.http.get('/health/live').expect(200);
  });
});

describe('a body', () => {
  it('of a hundred thousand fields keeps nobody waiting: it is not looked at', async () => {
    const fields = Array.from({ length: 70_000 }, (_, index) => `"a${index}":1`);
    const call = test.http
      .post('/v1/auth/login')
      .type('application/json')
      .send(`{${fields.join(',')}}`);
    expect((await call.expect(413)).body.code).toBe('request.too_large');
  });

  it('is not unpacked: what is small on the wire may be enormous', async () => {
    const bomb = gzipSync(Buffer.alloc(50_000_000));
    const call = test.http.post('/v1/auth/login').type('json').set('content-encoding', 'gzip');
    const { body } = await call.serialize((packed: Buffer) => packed as never).send(bomb as never);
    expect(body.code).toMatch(/^request\./);
  });

  it('of another alphabet than UTF-8 is refused', async () => {
    const { status } = await test.http.post('/v1/auth/login').type('application/json; charset=utf-16').send('{}');
    expect([400, 415]).toContain(status);
  });
});

/** Through a socket of our own: clients tidy requests up. */
function raw(request: string, { leave = false } = {}): Promise<string> {
  const { hostname, port } = new URL(test.url);
  return new Promise((resolve, reject) => {
    let answer = '';
    const socket = connect(Number(port), hostname, () => {
      socket.write(request, () => leave && socket.destroy());
    });
    socket.on('data', (data) => (answer += data.toString()));
    socket.on('close', () => resolve(answer));
    socket.on('error', reject);
  });
}
