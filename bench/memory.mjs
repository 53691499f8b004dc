/*
 * npm run bench:memory [-- --requests 1000000 --minutes 60 --save name]
 * What the application holds in memory while it answers so many requests, or what it answers of them in so many minutes, reads and writes mixed (Linux):
 * resident, and its heap after a garbage collection; at rest, when warm and at the end. Part of `npm run bench`.
 */
import autocannon from 'autocannon';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { buildWhenStale } from '../scripts/start/build.mjs';
import { diaryPath } from './comparisons/diary-week.mjs';
import { settleDeliveries, twoDatabases } from './databases.mjs';
import { bookingsPath, lessons } from './load.mjs';
import { print, slope } from './measure.mjs';
import { residentMiB, rounded, startProbed } from './process-memory.mjs';
import { saveFigures } from './results.mjs';
import { processes } from './servers.mjs';
import { accessToken, environment } from './session.mjs';
import { runToTheEnd } from './to-the-end.mjs';

const { values } = parseArgs({
  options: {
    requests: { type: 'string', default: '100000' },
    minutes: { type: 'string', default: '30' },
    save: { type: 'string' },
  },
});
const [requests, minutes] = [Number(values.requests), Number(values.minutes)];
const samples = 40;
const warmAfter = samples / 4;
const per = 100_000;
const databases = await twoDatabases(process.env.TEST_DATABASE_URL);
await runToTheEnd(databases, (minutes + 30) * 60_000, bench);

async function bench() {
  await buildWhenStale(processes);
  const settings = { ...environment(process.env.TEST_REDIS_URL), DATABASE_URL: databases.urls.app };
  const school = await databases.prepare(settings, { past: 0 });
  const app = await startProbed(settings);
  // What starting has begun has ended by then.
  await sleep(2_000);
  const sizes = await sizesUnderLoad(app, mixOf(school, await accessToken(school.session)));
  const title = `memory over ${sizes.at(-1).requests.toLocaleString('en')} requests`;
  const figures = { [title]: rowsOf(sizes) };
  print(title, figures[title]);
  if (values.save) await saveFigures(values.save, figures, databases.db);
}

/** Until all requests are answered or, once warm, the minutes are over. @returns the sizes at rest and after each part, the heap where it was asked for */
async function sizesUnderLoad({ url, heapMiB }, mix) {
  const enough = Date.now() + minutes * 60_000;
  const sizes = [{ requests: 0, resident: residentMiB(), heap: await heapMiB() }];
  for (let part = 1; part <= samples && (part <= warmAfter + 1 || Date.now() < enough); part++) {
    const { non2xx, errors } = await autocannon({ url, connections: 8, requests: mix, amount: requests / samples });
    if (non2xx + errors > 0) throw new Error(`${non2xx} refused, ${errors} failed`);
    await settleDeliveries(databases.db);
    const size = { requests: (requests / samples) * part, resident: residentMiB() };
    // Its own garbage collection is V8's affair: forced again and again it would look better than it is.
    if (part === warmAfter) size.heap = await heapMiB();
    sizes.push(size);
    console.log(
      `${part} of ${samples} parts, ${size.requests.toLocaleString('en')} requests: ${rounded(size.resident)} MiB`,
    );
  }
  sizes.at(-1).heap = await heapMiB();
  return sizes;
}

/** MiB at rest, when warm, at the end, and by how much each 100,000 requests let it grow: resident over the second half, the heap since it was warm. */
function rowsOf(sizes) {
  const [atRest, warm, end] = [sizes[0], sizes[warmAfter], sizes.at(-1)];
  const secondHalf = sizes.filter(({ requests: done }) => done >= end.requests / 2);
  const grows = {
    resident: slope(secondHalf.map(({ requests: done, resident }) => [done / per, resident])),
    heap: ((end.heap - warm.heap) / (end.requests - warm.requests)) * per,
  };
  return Object.entries({ resident: 'resident', heap: 'heap after a garbage collection' }).map(([key, name]) => ({
    name,
    atRestMiB: rounded(atRest[key]),
    warmMiB: rounded(warm[key]),
    endMiB: rounded(end[key]),
    MiBper100000: rounded(grows[key]),
  }));
}

/** Of 192 requests one books, one reads a week of the diary, eight a page of students; the others are answered without anybody signed in. */
function mixOf(school, token) {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  const bodies = lessons(school);
  const book = {
    method: 'POST',
    path: bookingsPath(school),
    headers,
    setupRequest: (request) => ({ ...request, body: bodies.next().value }),
  };
  const diary = { method: 'GET', path: diaryPath(school), headers };
  const students = { method: 'GET', path: `/v1/schools/${school.school}/students?limit=20`, headers };
  const ready = { method: 'GET', path: '/health/ready' };
  const live = { method: 'GET', path: '/health/live' };
  const some = [book, diary, ready, ready, ...Array.from({ length: 8 }, () => students)];
  // Spread, so that those who ask at once do not all ask for the same.
  return some.flatMap((request) => [request, ...Array.from({ length: 15 }, () => live)]);
}
