/*
 * npm run bench:growth [-- --sizes 10000,100000,1000000 --rounds 5 --seconds 3 --connections 1 --plot docs/free-times-growth.svg]
 * The same question for free times while the table of bookings grows: the school that asks stays as it is, others' lessons
 * come, spread over two years past and the next sixty days, with the claims and masks of as many days as are kept.
 * Prints p50 of the application and of the floor for each size, and how much it has grown since the smallest.
 */
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { buildWhenStale } from '../scripts/start/build.mjs';
import { twoDatabases } from './databases.mjs';
import { growTo } from './growing.mjs';
import { freeTimesPath } from './load.mjs';
import { compare } from './measure.mjs';
import { plotOf } from './plot.mjs';
import { processes, start } from './servers.mjs';
import { accessToken, environment } from './session.mjs';
import { runToTheEnd } from './to-the-end.mjs';

const { values } = parseArgs({
  options: {
    sizes: { type: 'string', default: '10000,100000,1000000' },
    rounds: { type: 'string', default: '5' },
    seconds: { type: 'string', default: '3' },
    connections: { type: 'string', default: '1' },
    minutes: { type: 'string', default: '60' },
    save: { type: 'string' },
    plot: { type: 'string' },
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
  const settings = environment(process.env.TEST_REDIS_URL);
  const school = await databases.prepare(settings, { past: 0 });
  const DATABASE_URL = databases.urls.app;
  // Reads alone: both ask the same database.
  const [app, floor] = await Promise.all([
    start('dist/src/main.js', '/health/live', { ...settings, DATABASE_URL }),
    start('bench/floors/fastify-mysql2.mjs', '/hello', { ...settings, DATABASE_URL }),
  ]);
  const headers = { authorization: `Bearer ${await accessToken(school.session)}` };
  const asking = (name, url) => ({ name, url: url + freeTimesPath(school), request: { headers } });
  const rows = [];
  for (const size of sizes) {
    const began = Date.now();
    await growTo(databases.db, size);
    console.log(`${size} bookings, filled in ${Math.round((Date.now() - began) / 1_000)} s`);
    const [application, hand] = await compare([asking('application', app), asking('floor', floor)], load);
    rows.push({ bookings: size, p50: application.p50ms, floor: hand.p50ms, refused: application.refused });
  }
  const grown = rows.map((row) => ({
    ...row,
    growth: Number((row.p50 / rows[0].p50).toFixed(2)),
    floorGrowth: Number((row.floor / rows[0].floor).toFixed(2)),
  }));
  console.table(grown);
  if (values.save) {
    const portable = grown.map(({ bookings, growth, floorGrowth }) => ({ bookings, growth, floorGrowth }));
    writeFileSync(new URL(`results/${values.save}.json`, import.meta.url), `${JSON.stringify(portable, null, 2)}\n`);
  }
  if (values.plot) writeFileSync(values.plot, plotOf(grown));
}
