/*
 * npm run bench [-- --rounds 5 --seconds 3 --connections 8 --save name]
 * The application beside the best hand-written servers we know, in one run. Prints the ratios and writes them to
 * bench/results/latest.json; --save keeps what does not depend on the machine as bench/results/<name>.json.
 */
import { writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { Redis } from 'ioredis';
import { buildWhenStale } from '../scripts/start/build.mjs';
import { serverVersion, settleDeliveries, twoDatabases } from './databases.mjs';
import { bookingsPath, freeTimesPath, lessons } from './load.mjs';
import { compare, print } from './measure.mjs';
import { checkSameFreeTimes, checkSameWrite } from './same.mjs';
import { processes, start } from './servers.mjs';
import { accessToken, environment as environmentFor } from './session.mjs';
import { runToTheEnd } from './to-the-end.mjs';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    seconds: { type: 'string', default: '3' },
    connections: { type: 'string', default: '8' },
    save: { type: 'string' },
  },
});
const load = {
  rounds: Number(values.rounds),
  seconds: Number(values.seconds),
  connections: Number(values.connections),
};
const { TEST_DATABASE_URL: databaseServer, TEST_REDIS_URL: redisUrl } = process.env;
const environment = environmentFor(redisUrl);

// Nine contenders in three comparisons; far more than they need, so that a run that hangs ends too.
const enough = 120_000 + 18 * (load.rounds * load.seconds + 2) * 1_000;

const fewTrips = 'the same, many statements a trip';

if (!databaseServer || !redisUrl) throw new Error('Run me by `npm run bench`: I need servers of my own.');
const databases = await twoDatabases(databaseServer);
await runToTheEnd(databases, enough, bench);

async function bench() {
  // What is measured is what stands in src.
  await buildWhenStale(processes);
  const school = await databases.prepare(environment);
  const figures = await measure(school);
  for (const [title, rows] of Object.entries(figures)) print(title, rows);
  save({ ...(await whereItRan()), ...load }, figures);
}

async function measure(school) {
  const { db, urls } = databases;
  const [app, floor, few, nest] = await Promise.all([
    start('dist/src/main.js', '/health/live', { ...environment, DATABASE_URL: urls.app }),
    start('bench/floors/fastify-mysql2.mjs', '/hello', { ...environment, DATABASE_URL: urls.floor }),
    start('bench/floors/fastify-mysql2.mjs', '/hello', {
      ...environment,
      DATABASE_URL: urls.floor,
      FLOOR_TRIPS: 'few',
    }),
    start('bench/floors/nest-hello.mjs', '/hello', environment),
  ]);
  const headers = { authorization: `Bearer ${await accessToken(school.session)}`, 'content-type': 'application/json' };
  const freeTimes = freeTimesPath(school);
  const bookings = bookingsPath(school);
  // The same list for both: each has a database of its own.
  const lists = { app: lessons(school), floor: lessons(school) };
  const [body] = [lists.app.next().value, lists.floor.next().value];

  await checkSameFreeTimes(app, floor, freeTimes, headers);
  await checkSameWrite('booking', databases, app, floor, bookings, { headers, body });
  await checkSameFreeTimes(app, floor, freeTimes, headers);

  const asking = (name, url) => ({ name, url: url + freeTimes, request: { headers } });
  const booking = (name, url, list) => ({ name, url: url + bookings, request: { headers, requests: [nextOf(list)] } });
  return {
    hello: await compare(
      [
        { name: 'application, /health/live', url: `${app}/health/live` },
        { name: 'Nest on Fastify', url: `${nest}/hello` },
        { name: 'Fastify', url: `${floor}/hello` },
      ],
      load,
    ),
    'free times': await compare(
      [asking('application', app), asking(fewTrips, few), asking('Fastify + mysql2', floor)],
      load,
    ),
    booking: await compare(
      [
        booking('application', app, lists.app),
        booking(fewTrips, few, lists.floor),
        booking('Fastify + mysql2', floor, lists.floor),
      ],
      { ...load, beforeRound: () => settleDeliveries(db) },
    ),
  };
}

function nextOf(list) {
  return { method: 'POST', setupRequest: (request) => ({ ...request, body: list.next().value }) };
}

async function whereItRan() {
  const redis = new Redis(redisUrl);
  const [, version] = /redis_version:(\S+)/.exec(await redis.info('server')) ?? [];
  redis.disconnect();
  return {
    node: process.version,
    database: await serverVersion(databases.db),
    redis: version,
    cores: availableParallelism(),
  };
}

function save(conditions, figures) {
  const write = (name, comparisons) => {
    const file = new URL(`results/${name}.json`, import.meta.url);
    writeFileSync(file, `${JSON.stringify({ ...conditions, comparisons }, null, 2)}\n`);
  };
  write('latest', figures);
  const portable = ({ name, ratio, lowest, highest, refused }) => ({ name, ratio, lowest, highest, refused });
  if (values.save)
    write(values.save, Object.fromEntries(Object.entries(figures).map(([title, rows]) => [title, rows.map(portable)])));
}
