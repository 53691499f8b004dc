import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import { PurgeClaims } from '../../src/modules/bookings/jobs/purge-claims.js';
import { CalendarAudit } from '../../src/modules/bookings/queries/calendar-audit.js';
import { bin, globalQuery } from '../../src/platform/database/query.js';
import { newId, type Id } from '../../src/platform/values/id.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { openTestSchool, type TestSchool } from '../support/test-school.js';

const slot = Date.parse('2026-11-23T08:00:00Z') / 900_000;

let test: TestApp;
let nord: TestSchool;
let syd: TestSchool;
let bookingId: Id;

beforeAll(async () => {
  test = await startTestApp({ jobs: false });
  test.clock.set('2026-11-20T08:00:00Z');
  nord = await openTestSchool(test, 'nord');
  syd = await openTestSchool(test, 'syd');
  const lesson = { lessonTypeId: nord.lessonTypeId, startsAt: '2026-11-23T08:00:00Z' };
  bookingId = (await nord.student.caller.post('/bookings', lesson).expect(201)).body.id;
});
afterAll(() => test.close());

const audit = (school = nord) => school.run(() => test.app.get(CalendarAudit, { strict: false }).verify());
const db = () => globalQuery<object>(test.em);

describe('the proof of the calendar', () => {
  it('finds nothing where nothing is wrong', async () => {
    expect(await audit()).toEqual([]);
  });

  it('finds a missing claim and the mask that knew of it', async () => {
    await sql`DELETE FROM claims WHERE claimed_by = ${bin(bookingId)} AND slot = ${slot + 1} LIMIT 1`.execute(db());
    expect(await audit()).toEqual([
      `booking ${bookingId} has not exactly the claims of its time`,
      expect.stringMatching(/^the busy mask of resource \d+/),
    ]);
    expect(await audit(syd)).toEqual([]);
    const { rows } = await sql<{ id: number }>`
      SELECT resource_id AS id FROM claims WHERE claimed_by = ${bin(bookingId)} GROUP BY resource_id HAVING COUNT(*) = 2`.execute(
      db(),
    );
    await sql`INSERT INTO claims (resource_id, slot, place, school_id, claimed_by) VALUES (${rows[0]!.id}, ${slot + 1}, 0, ${bin(nord.id)}, ${bin(bookingId)})`.execute(
      db(),
    );
    expect(await audit()).toEqual([]);
  });

  it('finds a claim of nothing', async () => {
    const nothing = newId();
    await sql`INSERT INTO claims (resource_id, slot, place, school_id, claimed_by) SELECT resource_id, slot + 40, place, school_id, ${bin(nothing)} FROM claims WHERE claimed_by = ${bin(bookingId)} LIMIT 1`.execute(
      db(),
    );
    expect(await audit()).toEqual([
      `claims of ${nothing} belong to nothing that takes time`,
      expect.stringMatching(/^the busy mask/),
    ]);
    await sql`DELETE FROM claims WHERE claimed_by = ${bin(nothing)}`.execute(db());
  });

  it('finds a mask that is not that of the claims, or is not there', async () => {
    await sql`UPDATE resource_days SET hi = hi | 1 LIMIT 1`.execute(db());
    expect(await audit()).toHaveLength(1);
    await sql`DELETE FROM resource_days`.execute(db());
    expect(await audit()).toHaveLength(3);
  });
});

describe('claims of long ago', () => {
  it('are forgotten, the booking is not', async () => {
    const claims = async () => (await sql<{ n: number }>`SELECT COUNT(*) AS n FROM claims`.execute(db())).rows[0]!.n;
    const purge = (now: string) => test.app.get(PurgeClaims, { strict: false }).run(new Date(now));
    await sql`INSERT INTO resource_days (resource_id, day, lo, hi) SELECT DISTINCT resource_id, slot DIV 96, 0, 0 FROM claims`.execute(
      db(),
    );
    await purge('2027-01-22T03:20:00Z');
    expect(await claims()).toBe(9);
    await purge('2027-01-23T03:20:00Z');
    expect(await claims()).toBe(0);
    await nord.owner.get(`/bookings/${bookingId}`).expect(200);
    test.clock.set('2027-01-23T04:00:00Z');
    expect(await audit()).toEqual([]);
  });
});
