import { afterAll, beforeAll, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createConnection, type Connection } from 'mysql2/promise';
import { Verification } from '../../src/platform/verification/verification.js';
import { addDays, localDate, weekdayOf } from '../../src/platform/values/zone.js';
import { idToBytes, type Id } from '../../src/platform/values/id.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { buildApp, startProcess, type AppProcess } from '../support/processes.js';
import { Client } from './client.js';
import {
  brokenPromises,
  doubleBooked,
  lessons,
  openDeliveries,
  untoldOrphans,
  wrongClaims,
  wrongEvents,
  wrongMessages,
} from './proofs.js';
import { AnswersGiven } from './record.js';
import { openStage, type Troupe } from './stage.js';
import { history, type History } from './wishes.js';

/*
 * Random concurrent histories of a diary, each on a date of its own, through two web processes beside the one that runs the jobs.
 * HISTORIES=3000 HISTORIES_SEED=1 npm test test/histories looks for more; a seed repeats the wishes, not how they race.
 */
const count = Number(process.env['HISTORIES'] ?? 12);
const seed = Number(process.env['HISTORIES_SEED'] ?? 20_261_123);
const weekdaysAhead = 250;

let test: TestApp;
let build: ReturnType<typeof buildApp>;
let processes: AppProcess[];
let db: Connection;
const answers: AnswersGiven[] = [];

beforeAll(async () => {
  build = buildApp();
  test = await startTestApp();
  processes = await Promise.all([1, 2].map(() => startProcess(build.folder, { ...test.env, APP_ROLE: 'web' })));
  db = await createConnection({ uri: test.databaseUrl.replace(/^mariadb:/, 'mysql:'), timezone: 'Z' });
}, 180_000);

afterAll(async () => {
  await db?.end();
  await Promise.all((processes ?? []).map((each) => each.stop()));
  await test?.close();
  build?.remove();
});

it(
  `${count} random concurrent histories leave a diary that keeps what it promised (seed ${seed})`,
  async () => {
    const all = fc.sample(history, { seed, numRuns: count });
    for (let at = 0; at < all.length; at += weekdaysAhead)
      await season(all.slice(at, at + weekdaysAhead), `season${at}`);

    const booked = await lessons(db);
    expect(doubleBooked(booked)).toEqual([]);
    expect(await wrongClaims(db, booked)).toEqual([]);
    expect(await untoldOrphans(db, answers)).toEqual([]);
    for (const given of answers) {
      expect(brokenPromises(booked, given)).toEqual([]);
      expect(await wrongEvents(db, given)).toEqual([]);
      expect(await wrongMessages(db, given)).toEqual([]);
    }
    expect(await openDeliveries(db)).toEqual([]);
  },
  120_000 + count * 4_000,
);

/** Two schools of its own, a history a weekday. */
async function season(histories: readonly History[], name: string): Promise<void> {
  const troupes = await openStage(test, name);
  const given = troupes.map(() => new AnswersGiven());
  answers.push(...given);
  const dates = weekdaysFrom(addDays(localDate(new Date(), 'Europe/Copenhagen'), 3), histories.length);
  for (const [index, each] of histories.entries()) {
    await play(each, troupes, given, dates[index]!);
    // A crowd of messages at the end would be waited for in vain.
    if (index % 10 === 9) await test.settle();
  }
  await test.settle();
  // Each school's own proof, the one that operators have.
  for (const { school } of troupes) {
    const verdicts = await school.run(() => test.app.get(Verification, { strict: false }).ofSchool(school.id));
    expect(verdicts.flatMap(({ findings }) => findings)).toEqual([]);
  }
  const refused = given.map(({ counts }) => Object.fromEntries(counts));
  // Histories in which nobody meets anybody prove nothing.
  expect(refused[0]).toMatchObject({
    201: expect.any(Number),
    200: expect.any(Number),
    'booking.slot_taken': expect.any(Number),
  });
}

async function play({ clients }: History, troupes: readonly Troupe[], given: readonly AnswersGiven[], date: string) {
  await Promise.all(
    clients.map(async ({ school, process: through, wishes }) => {
      const client = new Client(processes[through]!.url, troupes[school]!, date, given[school]!, letRunOut);
      for (const wish of wishes) await client.do(wish);
    }),
  );
}

/** Time passes for a hold: it is over, and nobody has noticed. */
async function letRunOut(bookingId: Id): Promise<void> {
  const minuteAgo = new Date(Date.now() - 60_000);
  await db.query("UPDATE bookings SET held_until = ? WHERE id = ? AND state = 'held'", [
    minuteAgo,
    idToBytes(bookingId),
  ]);
}

function weekdaysFrom(first: string, howMany: number): string[] {
  const dates: string[] = [];
  for (let date = first; dates.length < howMany; date = addDays(date, 1)) if (weekdayOf(date) <= 5) dates.push(date);
  return dates;
}
