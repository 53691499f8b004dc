import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { INestApplicationContext } from '@nestjs/common';
import { RequestContext } from '@mikro-orm/core';
import { demoLogins } from '../../src/demo/demo-logins.js';
import { demoPartnerKey } from '../../src/demo/demo-partner-key.js';
import { demoPayPage } from '../../src/demo/demo-pay-page.js';
import { isEmpty, seedDemo } from '../../src/demo/seed-demo.js';
import { idFromBytes } from '../../src/platform/values/id.js';
import { Verification } from '../../src/platform/verification/verification.js';
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
    expect(await count("vehicles WHERE kind = 'vehicle'")).toBe(4);
    expect(await count('students')).toBe(40);
    expect(await count("bookings WHERE state = 'completed'")).toBeGreaterThan(80);
    expect(await count("bookings WHERE state = 'booked' AND starts_at > '2026-11-20 11:30'")).toBeGreaterThan(80);
    expect(await count("bookings WHERE state = 'booked' AND ends_at < '2026-11-20 11:30'")).toBe(0);
    for (const state of ['cancelled', 'no_show'])
      expect(await count(`bookings WHERE state = '${state}'`)).toBeGreaterThan(2);
  });

  it('has places to teach at, ways between them, and a trailer', async () => {
    expect(await count("locations WHERE kind = 'branch'")).toBe(2);
    expect(await count("locations WHERE kind = 'meeting_point'")).toBe(1);
    expect(await count('travel_times')).toBe(3);
    expect(await count("facilities WHERE kind = 'room'")).toBe(1);
    expect(
      await count("facilities f JOIN resources r ON r.id = f.resource_id WHERE f.kind = 'track' AND r.capacity = 3"),
    ).toBe(1);
    expect(await count("lesson_types WHERE facility_kind = 'track'")).toBe(1);
    expect(await count("vehicles WHERE kind = 'trailer'")).toBe(1);
    expect(await count('lesson_types WHERE needs_trailer')).toBe(1);
  });

  it('has a course that begins on Monday, full, and somebody who waits for a seat', async () => {
    const rows = await test.em
      .fork()
      .execute<{ startsAt: string }[]>('SELECT starts_at AS startsAt FROM class_sessions ORDER BY number');
    expect(rows).toHaveLength(8);
    expect(new Date(rows[0]!.startsAt)).toEqual(new Date('2026-11-23T16:30:00Z'));
    expect(await count('class_sessions WHERE room_id IS NOT NULL')).toBe(8);
    expect(await count("course_enrolments WHERE state = 'enrolled'")).toBe(12);
    expect(await count("course_waiters WHERE state = 'waiting'")).toBe(1);
  });

  it('has an exam, a weekly series, two who wait for a time, and a holiday', async () => {
    expect(await count("exams WHERE kind = 'practical' AND state = 'planned'")).toBe(1);
    expect(await count('booking_series')).toBe(1);
    expect(await count("bookings WHERE series_id IS NOT NULL AND state = 'booked'")).toBeGreaterThan(3);
    expect(await count("waiting_list_entries WHERE state = 'active'")).toBe(2);
    expect(await count("closing_days WHERE date = '2026-12-25'")).toBe(1);
    expect(await count('booking_settings WHERE notice_minutes = 120 AND horizon_days = 60 AND max_per_day = 2')).toBe(
      1,
    );
  });

  it('has invoices paid, open and overdue', async () => {
    expect(await count("invoices WHERE kind = 'invoice' AND state = 'paid'")).toBeGreaterThan(20);
    expect(
      await count("invoices WHERE kind = 'invoice' AND state = 'issued' AND due_on < '2026-11-20'"),
    ).toBeGreaterThan(3);
    expect(await count("charges WHERE state = 'open'")).toBeGreaterThan(20);
  });

  it('has dated prices, a package of which some is used, a voucher, reminders and an open till', async () => {
    expect(await count('products')).toBe(3);
    expect(await count('product_prices')).toBe(5);
    expect(await count("sold_packages WHERE state = 'active'")).toBe(1);
    expect(await count("package_units WHERE state <> 'open'")).toBeGreaterThan(0);
    expect(await count("package_units WHERE state = 'open'")).toBeGreaterThan(0);
    expect(await count("discounts WHERE code = 'VENNER10' AND percent_bp = 1000")).toBe(1);
    expect(await count('dunning_settings WHERE reminder_after_days = 3 AND fee_minor = 10000')).toBe(1);
    expect(await count("cash_movements m JOIN payments p ON p.id = m.subject_id WHERE p.method = 'cash'")).toBe(1);
  });

  it('has an unpaid invoice with a page to pay it on', async () => {
    const address = await RequestContext.create(test.em.fork(), () => demoPayPage(test.app));
    const { text } = await test.http.get(new URL(address!).pathname).expect(200);
    expect(text).toContain('Nordhavn Køreskole');
  });

  it('is listed in a directory that has a key, and teaches theory online', async () => {
    const secret = await RequestContext.create(test.em.fork(), () => demoPartnerKey(test.app));
    const read = test.http.get('/partner/v1/schools').set('authorization', `Bearer ${secret}`);
    const { body } = await read.expect(200);
    expect(body.items).toMatchObject([{ name: 'Nordhavn Køreskole', branches: [{}, {}], licenceClasses: ['B', 'BE'] }]);
    expect(body.items[0].prices.length).toBeGreaterThan(0);
    expect(await count('theory_settings WHERE enabled AND link_on_enrolment')).toBe(1);
  });

  it('adds up', async () => {
    const [school] = await test.em.fork().execute<{ id: Buffer }[]>('SELECT id FROM schools');
    const verdicts = await RequestContext.create(test.em.fork(), () =>
      test.app.get(Verification).ofSchool(idFromBytes(school!.id)),
    );
    expect(verdicts.flatMap(({ findings }) => findings)).toEqual([]);
    expect(verdicts.length).toBeGreaterThan(5);
  });

  it('sends nobody anything', async () => {
    expect(await count('outbox_events')).toBe(0);
    expect(await count('messages')).toBe(0);
  });

  it('lets everybody in, and shows each a living list', async () => {
    for (const { email } of demoLogins) await logIn(email);
    const { accessToken, memberships } = await logIn('owner@nordhavn.example');
    const school = `/v1/schools/${memberships[0]!.schoolId}`;
    for (const list of [
      'teachers',
      'vehicles',
      'lesson-types',
      'locations',
      'students',
      'bookings',
      'invoices',
      'charges',
    ]) {
      const { body } = await test.http
        .get(`${school}/${list}`)
        .set('authorization', `Bearer ${accessToken}`)
        .expect(200);
      expect([list, body.items.length > 2]).toEqual([list, true]);
    }
  });
});
