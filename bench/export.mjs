/*
 * npm run bench:export [-- --rows 1000000 --rounds 3]   (ROWS=… does the same)
 * A journal of so many lines, written to a file as the bookkeeping gets it. The floor reads the same rows by mysql2 as a stream and writes
 * them to a file. Both in processes of their own, in turn, each round in a new one. Prints lines a second, the ratio, and how much memory each
 * took above what it had before it began.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { parseArgs } from 'node:util';
import { buildWhenStale } from '../scripts/start/build.mjs';
import { twoDatabases } from './databases.mjs';
import { fillLedger } from './ledger-data.mjs';
import { ratiosOf } from './measure.mjs';
import { saveFigures } from './results.mjs';
import { processes } from './servers.mjs';
import { environment } from './session.mjs';
import { runToTheEnd } from './to-the-end.mjs';

const { values } = parseArgs({
  options: {
    rows: { type: 'string', default: process.env.ROWS ?? '1000000' },
    rounds: { type: 'string', default: '3' },
    minutes: { type: 'string', default: '30' },
    save: { type: 'string' },
  },
});
const [lines, rounds] = [Number(values.rows), Number(values.rounds)];

if (!process.env.TEST_DATABASE_URL || !process.env.TEST_REDIS_URL)
  throw new Error('Run me by `npm run bench:export`: I need servers of my own.');
const databases = await twoDatabases(process.env.TEST_DATABASE_URL);
await runToTheEnd(databases, Number(values.minutes) * 60_000, bench);

async function bench() {
  await buildWhenStale(processes);
  const settings = environment(process.env.TEST_REDIS_URL);
  const school = await databases.prepare(settings, { past: 0 });
  // A transfer is two lines.
  const month = await fillLedger(databases.db, school, { month: Math.ceil(lines / 2), ofStudent: 10 });
  const task = { school: school.school, from: month.from, until: month.until };
  const env = { ...process.env, ...settings, DATABASE_URL: databases.urls.app };
  const rows = [];
  for (let round = 0; round < rounds; round++) {
    const application = await runOne('bench/floors/export-app.mjs', env, task);
    const floor = await runOne('bench/floors/export-stream.mjs', env, task);
    rows.push({
      lines: application.lines,
      'application lines/s': Math.round(application.lines / application.seconds),
      'floor lines/s': Math.round(floor.lines / floor.seconds),
      ratio: Number((floor.seconds / application.seconds).toFixed(2)),
      'application MiB above idle': application.mib,
      'floor MiB above idle': floor.mib,
    });
  }
  console.table(rows);
  if (values.save) await saveFigures(values.save, { 'export of a journal': [summaryOf(rows)] }, databases.db);
}

function summaryOf(rows) {
  const grownMiB = Math.max(...rows.map((row) => row['application MiB above idle']));
  return { name: 'application', ...ratiosOf(rows.map(({ ratio }) => ratio)), refused: 0, grownMiB };
}

async function runOne(script, env, task) {
  const child = fork(script, [JSON.stringify(task)], { env, execArgv: ['--expose-gc'] });
  const [answer] = await Promise.race([
    once(child, 'message'),
    once(child, 'exit').then(([code]) => Promise.reject(new Error(`${script} ended with ${code}`))),
  ]);
  if (child.exitCode === null) await once(child, 'exit');
  return answer;
}
