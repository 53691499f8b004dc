/*
 * node bench/requests.mjs [--only hello,login,…] [--rounds 5 --seconds 3 --connections 8 --students 100000] --save name
 * What people wait for: the application beside the best hand-written servers we know, in one run. Part of `npm run bench`.
 */
import { parseArgs } from 'node:util';
import { buildWhenStale } from '../scripts/start/build.mjs';
import { booking } from './comparisons/booking.mjs';
import { diaryWeek } from './comparisons/diary-week.mjs';
import { freeTimes } from './comparisons/free-times.mjs';
import { hello } from './comparisons/hello.mjs';
import { login } from './comparisons/login.mjs';
import { polling } from './comparisons/polling.mjs';
import { students } from './comparisons/students.mjs';
import { contenders } from './contenders.mjs';
import { twoDatabases } from './databases.mjs';
import { loadOf, print } from './measure.mjs';
import { saveFigures } from './results.mjs';
import { processes } from './servers.mjs';
import { accessToken, environment as environmentFor } from './session.mjs';
import { runToTheEnd } from './to-the-end.mjs';

/** In this order: what writes comes after what reads. */
const comparisons = { hello, students, diaryWeek, polling, freeTimes, login, booking };

const { values } = parseArgs({
  options: {
    only: { type: 'string', default: Object.keys(comparisons).join(',') },
    rounds: { type: 'string', default: '5' },
    seconds: { type: 'string', default: '3' },
    connections: { type: 'string', default: '8' },
    students: { type: 'string', default: '100000' },
    minutes: { type: 'string', default: '30' },
    save: { type: 'string' },
  },
});
const load = loadOf(values);
const chosen = values.only.split(',');
const environment = environmentFor(process.env.TEST_REDIS_URL);
const databases = await twoDatabases(process.env.TEST_DATABASE_URL);
await runToTheEnd(databases, Number(values.minutes) * 60_000, bench);

async function bench() {
  // What is measured is what stands in src.
  await buildWhenStale(processes);
  const school = await databases.prepare(environment);
  const headers = { authorization: `Bearer ${await accessToken(school.session)}`, 'content-type': 'application/json' };
  const servers = contenders(databases, environment);
  const context = { databases, school, headers, servers, load, students: Number(values.students) };
  const figures = {};
  for (const [name, compare] of Object.entries(comparisons)) {
    if (!chosen.includes(name)) continue;
    for (const [title, rows] of Object.entries(await compare(context))) {
      print(title, rows);
      figures[title] = rows;
    }
  }
  if (values.save) await saveFigures(values.save, figures, databases.db);
}
