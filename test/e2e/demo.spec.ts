import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { INestApplicationContext } from '@nestjs/common';
import { demoLogins } from '../../src/demo/demo-logins.js';
import { isEmpty, seedDemo } from '../../src/demo/seed-demo.js';
import { startTestApp, type TestApp } from '../support/app.js';

const password = 'demo-password-2026';
const noonOnFriday = new Date('2026-11-20T11:30:00Z');

let test: TestApp;

beforeAll(async () => {
  test = await startTestApp();
  test.clock.set(noonOnFriday);
  expect(await isEmpty(test.app)).toBe(true);
  await seedDemo(test.app, test.clock, password);
}, 120_000);
afterAll(() => test.close());

const count = async (from: string) =>
  (await test.em.fork().execute<{ n: number }[]>(`SELECT COUNT(*) AS n FROM ${from}`))[0]!.n;

async function logIn(email: string) {
  const { body } = await test.http.post('/v1/auth/login').send({ email, password }).expect(200);
  return body as { accessToken: string; memberships: { schoolId: string }[] };
}

describe('the demo school', () => {
  it('does not exist in production', async () => {
    const production = { get: () => ({ environment: 'production' }) } as unknown as INestApplicationContext;
    await expect(seedDemo(production, test.clock, password)).rejects.toThrow('production');
  });

  it('leaves the clock where it was, and is no longer empty', async () => {
    expect(test.clock.now()).toEqual(noonOnFriday);
    expect(await isEmpty(test.app)).toBe(false);
  });

  it('has people, cars and lessons of every kind', async () => {
    expect(await count('teachers')).toBe(3);
    expect(await count('vehicles')).toBe(4);
    expect(await count('students')).toBe(40);
    expect(await count("bookings WHERE state = 'completed'")).toBeGreaterThan(80);
    expect(await count("bookings WHERE state = 'booked' AND starts_at > '2026-11-20 11:30'")).toBeGreaterThan(80);
    expect(await count("bookings WHERE state = 'booked' AND ends_at < '2026-11-20 11:30'")).toBe(0);
    for (const state of ['cancelled', 'no_show'])
      expect(await count(`bookings WHERE state = '${state}'`)).toBeGreaterThan(2);
  });

  it('has invoices paid, open and overdue', async () => {
    expect(await count("invoices WHERE kind = 'invoice' AND state = 'paid'")).toBeGreaterThan(20);
    expect(
      await count("invoices WHERE kind = 'invoice' AND state = 'issued' AND due_on < '2026-11-20'"),
    ).toBeGreaterThan(3);
    expect(await count("charges WHERE state = 'open'")).toBeGreaterThan(20);
  });

  it('sends nobody anything', async () => {
    expect(await count('outbox_events')).toBe(0);
    expect(await count('messages')).toBe(0);
  });

  it('lets everybody in, and shows each a living list', async () => {
    for (const { email } of demoLogins) await logIn(email);
    const { accessToken, memberships } = await logIn('owner@nordhavn.example');
    const school = `/v1/schools/${memberships[0]!.schoolId}`;
    for (const list of ['teachers', 'vehicles', 'lesson-types', 'students', 'bookings', 'invoices', 'charges']) {
      const { body } = await test.http
        .get(`${school}/${list}`)
        .set('authorization', `Bearer ${accessToken}`)
        .expect(200);
      expect([list, body.items.length > 2]).toEqual([list, true]);
    }
  });
});
