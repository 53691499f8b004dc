import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { RequestContext } from '@mikro-orm/core';
import type { Response } from 'supertest';
import { PayLinks } from '../../src/modules/finance/index.js';
import { CreatePlatformAdmin } from '../../src/modules/identity/index.js';
import { addDays } from '../../src/platform/values/zone.js';
import { newId, type Id } from '../../src/platform/values/id.js';
import { PrivateServers, type PrivateServer } from '../faults/support/servers.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { openTestSchool, type TestSchool } from '../support/test-school.js';
import { krone } from './till.js';
import { until } from '../support/until.js';

/*
 * What may be tried only so often is not tried while nobody counts: a guess for each process and each restart would be many, and a
 * stolen card too. Everything else goes on.
 */
const email = 'anna@example.dk';
const password = 'lang nok adgangskode';
const lessons = 160;

let servers: PrivateServers;
let redis: PrivateServer;
let test: TestApp;
let school: TestSchool;
let invoiceId: Id;
let payLink: string;
let me: Session;

interface Session {
  accessToken: string;
  refreshToken: string;
}

beforeAll(async () => {
  servers = new PrivateServers();
  redis = await (await servers.redis()).start();
  const env = { RATE_LIMIT_PERCENT: '100', AUTH_ATTEMPTS_PERCENT: '100' };
  test = await startTestApp({ jobs: false, env, servers: { redis: redis.url } });
  school = await openTestSchool(test, 'nord');
  const { caller: student, id: studentId } = school.student;
  await school.owner.post('/charges', { studentId, description: 'Lektion', gross: krone(650), vatRateBp: 2500 });
  invoiceId = (await school.owner.post('/invoices', { studentId }).expect(201)).body.id;
  await student.post(`/invoices/${invoiceId}/checkout`).expect(201);
  const url = await school.run(() => test.app.get(PayLinks, { strict: false }).forInvoice(invoiceId));
  payLink = new URL(url).pathname;
  await RequestContext.create(test.em, () =>
    test.app.get(CreatePlatformAdmin).execute({ email, name: 'Anna', password }),
  );
  me = (await logIn().expect(200)).body as Session;
  // Begun, and not confirmed yet.
  await own('post', '/second-factor', { password }).expect(200);
}, 120_000);
afterAll(async () => {
  await test?.close();
  await servers?.stopAll();
}, 60_000);

const logIn = () => test.http.post('/v1/auth/login').send({ email, password });
const own = (method: 'post' | 'put' | 'delete', path: string, body: object) =>
  test.http[method](`/v1/me${path}`).set('authorization', `Bearer ${me.accessToken}`).send(body);
const code = '123456';

const attempts: Readonly<Record<string, () => PromiseLike<Response>>> = {
  'a login': logIn,
  'a request for a reset': () => test.http.post('/v1/auth/password-resets').send({ email }),
  'a new password': () => own('put', '/password', { password, newPassword: 'rabarber under broen' }),
  'a second factor': () => own('post', '/second-factor', { password }),
  'its first code': () => own('post', '/second-factor/confirm', { code }),
  'new recovery codes': () => own('post', '/second-factor/recovery-codes', { password, code }),
  'turning it off': () => own('post', '/second-factor/disable', { password, code }),
};

const byStudent = (path: string, body: object = {}) => school.student.caller.post(path, body);

const payments: Readonly<Record<string, () => PromiseLike<Response>>> = {
  'a checkout': () => byStudent(`/invoices/${invoiceId}/checkout`),
  'a payment intent': () => byStudent(`/invoices/${invoiceId}/payment-intents`),
  'a charge of a saved card': () => byStudent(`/invoices/${invoiceId}/charge`),
  'a card to be saved': () => byStudent(`/students/${school.student.id}/payment-methods`, { consent: true }),
  'a held time': () => byStudent(`/bookings/${newId()}/checkout`),
};

/** Each is refused with its code, says when to come back, and has done nothing. */
async function expectClosed(calls: typeof attempts, expected: string): Promise<void> {
  for (const [name, call] of Object.entries(calls)) {
    const { status, body, headers } = await call();
    expect([name, status, body.code]).toEqual([name, 503, expected]);
    expect([name, Number(headers['retry-after'])]).toEqual([name, 30]);
  }
}

function book(n: number) {
  const hours = 8;
  const day = addDays('2026-11-23', Math.floor(n / hours / 5) * 7 + (Math.floor(n / hours) % 5));
  const startsAt = `${day}T${String(7 + (n % hours)).padStart(2, '0')}:00:00.000Z`;
  return school.owner.post('/bookings', { lessonTypeId: school.lessonTypeId, studentId: school.student.id, startsAt });
}

describe.each([
  ['is gone', () => redis.kill(), () => redis.start().then(() => undefined)],
  ['stands still', async () => redis.freeze(), async () => redis.thaw()],
])('while Redis %s', (_, away, back) => {
  beforeAll(() => away(), 60_000);
  afterAll(() => back(), 60_000);

  it('nothing is tried that proves who one is', async () => {
    await expectClosed(attempts, 'request.uncounted');
    const { body } = await logIn().set('accept-language', 'da').expect(503);
    expect(body.detail).toBe(
      'Det, der kun må prøves et vist antal gange, kan ikke tælles lige nu, så det er ikke gjort. Den, der er logget ind, er det stadig. Send det samme igen om et halvt minut.',
    );
    const page = test.http.post('/ops/login').type('form').set('origin', test.url).send({ email, password });
    const { text, headers } = await page.set('accept-language', 'da').expect(503).expect('content-type', /html/);
    expect(text).toContain('kan ikke tælles lige nu');
    expect(headers['retry-after']).toBe('30');
    expect(headers['set-cookie']).toBeUndefined();
  });

  it('nothing is paid', async () => {
    const begun = () => school.owner.get(`/payments?invoiceId=${invoiceId}`).expect(200);
    const before = (await begun()).body;
    await expectClosed(payments, 'request.uncounted');
    for (const [language, title] of [
      ['da', 'Du kan ikke betale lige nu'],
      ['en', 'You cannot pay right now'],
    ] as const) {
      const pressed = test.http.post(payLink).type('form').set('accept-language', language).send({});
      const { text, headers } = await pressed.expect(503).expect('content-type', /html/);
      expect(text).toContain(title);
      expect(headers['retry-after']).toBe('30');
    }
    expect((await begun()).body).toEqual(before);
    // To see what is owed takes nothing from anybody.
    await test.http.get(payLink).expect(200);
  });

  it('who is signed in stays so', async () => {
    const { accessToken, refreshToken } = me;
    await test.http.get('/v1/me').set('authorization', `Bearer ${accessToken}`).expect(200);
    me = (await test.http.post('/v1/auth/refresh').send({ refreshToken }).expect(200)).body as Session;
    await test.http.get('/v1/me').set('authorization', `Bearer ${me.accessToken}`).expect(200);
  });
});

it('every lesson is booked while Redis is away', async () => {
  await redis.kill();
  const statuses = new Set<number>();
  for (let n = 0; n < lessons; n += 4)
    for (const { status } of await Promise.all([0, 1, 2, 3].map((more) => book(n + more)))) statuses.add(status);
  expect([...statuses]).toEqual([201]);
  await redis.start();
}, 120_000);

it('opens by itself when Redis is back', async () => {
  await test.http.get('/v1/me').set('authorization', `Bearer ${me.accessToken}`).expect(200);
  await until(async () => (await logIn()).status !== 503);
  await logIn().expect(200);
  await byStudent(`/invoices/${invoiceId}/checkout`).expect(201);
});
