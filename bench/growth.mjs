/*
 * npm run bench:growth [-- --only bookings,students --sizes 10000,100000,1000000 --rounds 5 --seconds 3 --connections 1 --save growth --plots docs]
 * The same questions while a table grows. Bookings: the school that asks stays as it is, others' lessons come, spread over two years
 * past and the next sixty days, with the claims and masks of as many days as are kept. Students: all of them are of the school that asks.
 * Prints p50 of the application and of the floor for each size, and how much it has grown since the smallest.
 */
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { buildWhenStale } from '../scripts/start/build.mjs';
import { diaryPath } from './comparisons/diary-week.mjs';
import { studentPages } from './comparisons/students.mjs';
import { contenders } from './contenders.mjs';
import { twoDatabases } from './databases.mjs';
import { growTo } from './growing.mjs';
import { freeTimesPath } from './load.mjs';
import { compare } from './measure.mjs';
import { plotOf } from './plot.mjs';
import { readResult, writeResult } from './results.mjs';
import { processes } from './servers.mjs';
import { accessToken, environment as environmentFor } from './session.mjs';
import { growStudents } from './students-data.mjs';
import { runToTheEnd } from './to-the-end.mjs';

/** What grows a table, and what is asked while it does: `[title, path]` each. */
const tables = {
  bookings: {
    grow: (db, _school, size) => growTo(db, size),
    questions: async (_db, school) => [
      ['free times', freeTimesPath(school)],
      ['diary week', diaryPath(school)],
    ],
  },
  students: {
    grow: (db, { school }, size) => growStudents(db, school, size),
    questions: (db, { school }) => studentPages(db, school),
  },
};

const { values } = parseArgs({
  options: {
    only: { type: 'string', default: Object.keys(tables).join(',') },
    sizes: { type: 'string', default: '10000,100000,1000000' },
    rounds: { type: 'string', default: '5' },
    seconds: { type: 'string', default: '3' },
    connections: { type: 'string', default: '1' },
    minutes: { type: 'string', default: '120' },
    save: { type: 'string' },
    plots: { type: 'string' },
  },
});
const load = {
  rounds: Number(values.rounds),
  seconds: Number(values.seconds),
  connections: Number(values.connections),
};
const sizes = values.sizes.split(',').map(Number);

if (!process.env.TEST_DATABASE_URL || !process.env.TEST_REDIS_URL)
  throw new Error('Run me by `npm run bench:growth`: I need servers of my own.');
const databases = await twoDatabases(process.env.TEST_DATABASE_URL);
await runToTheEnd(databases, Number(values.minutes) * 60_000, bench);

async function bench() {
  await buildWhenStale(processes);
  const environment = environmentFor(process.env.TEST_REDIS_URL);
  const school = await databases.prepare(environment, { past: 0 });
  const headers = { authorization: `Bearer ${await accessToken(school.session)}` };
  const servers = contenders(databases, environment);
  const grown = {};
  for (const [table, { grow, questions }] of Object.entries(tables)) {
    if (!values.only.split(',').includes(table)) continue;
    for (const size of sizes) {
      const began = Date.now();
      await grow(databases.db, school, size);
      console.log(`${size} ${table}, filled in ${Math.round((Date.now() - began) / 1_000)} s`);
      for (const [title, path] of await questions(databases.db, school)) {
        const row = await measured(servers, path, headers);
        (grown[title] ??= []).push({ table, size, ...row });
      }
    }
  }
  for (const [title, rows] of Object.entries(grown)) {
    const relative = rows.map((row) => ({
      ...row,
      growth: Number((row.p50 / rows[0].p50).toFixed(2)),
      floorGrowth: Number((row.floor / rows[0].floor).toFixed(2)),
    }));
    console.log(`\n${title}`);
    console.table(relative);
    grown[title] = relative.map(({ table, size, growth, floorGrowth }) => ({ table, size, growth, floorGrowth }));
  }
  keep(grown);
}

async function measured(servers, path, headers) {
  const asking = (name, url) => ({ name, url: url + path, request: { headers } });
  // Reads alone: both ask the same database.
  const both = [asking('application', await servers.app()), asking('floor', await servers.reader())];
  const [application, hand] = await compare(both, load);
  return { p50: application.p50ms, floor: hand.p50ms, refused: application.refused + hand.refused };
}

/** Beside the questions that this run did not ask. */
function keep(grown) {
  const all = { ...(values.save && readResult(values.save)), ...grown };
  if (values.save) writeResult(values.save, all);
  for (const [title, rows] of values.plots ? Object.entries(all) : [])
    writeFileSync(`${values.plots}/growth-${title.replaceAll(/[^a-z]+/g, '-')}.svg`, plotOf(title, rows));
}
