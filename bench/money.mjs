/*
 * npm run bench:money [-- --entries 1000000 --rounds 5 --seconds 3 --connections 4 --save name]
 * Two questions to a large ledger, each beside hand-written SQL: the statement of a student with 10,000 entries, and the VAT of a
 * month of a million. Then all entries of an account as one file, and what the process needs of memory meanwhile.
 */
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { buildWhenStale } from '../scripts/start/build.mjs';
import { twoDatabases } from './databases.mjs';
import { fillLedger } from './ledger-data.mjs';
import { compare, print } from './measure.mjs';
import { processes, start } from './servers.mjs';
import { accessToken, environment } from './session.mjs';
import { runToTheEnd } from './to-the-end.mjs';

const { values } = parseArgs({
  options: {
    entries: { type: 'string', default: '1000000' },
    rounds: { type: 'string', default: '5' },
    seconds: { type: 'string', default: '3' },
    connections: { type: 'string', default: '4' },
    minutes: { type: 'string', default: '30' },
    save: { type: 'string' },
  },
});
const load = {
  rounds: Number(values.rounds),
  seconds: Number(values.seconds),
  connections: Number(values.connections),
};

if (!process.env.TEST_DATABASE_URL || !process.env.TEST_REDIS_URL)
  throw new Error('Run me by `npm run bench:money`: I need servers of my own.');
const databases = await twoDatabases(process.env.TEST_DATABASE_URL);
await runToTheEnd(databases, Number(values.minutes) * 60_000, bench);

async function bench() {
  await buildWhenStale(processes);
  const settings = environment(process.env.TEST_REDIS_URL);
  const school = await databases.prepare(settings, { past: 0 });
  const ledger = await fillLedger(databases.db, school, { month: Number(values.entries), ofStudent: 10_000 });
  // Reads alone: both ask the same database.
  const DATABASE_URL = databases.urls.app;
  const [app, floor] = await Promise.all([
    start('dist/src/main.js', '/health/live', { ...settings, DATABASE_URL }),
    start('bench/floors/ledger.mjs', '/hello', { ...settings, DATABASE_URL }),
  ]);
  const headers = { authorization: `Bearer ${await accessToken(school.session)}` };
  const base = `/v1/schools/${school.school}`;
  const figures = {};
  for (const [title, path] of [
    ['statement of 10,000 entries, a page of 200', `${base}/students/${ledger.student}/statement?limit=200`],
    [
      `VAT of a month of ${Number(values.entries).toLocaleString('en')} entries`,
      `${base}/reports/vat?from=${ledger.from}&until=${ledger.until}`,
    ],
  ]) {
    assert.deepEqual(await answer(floor + path, headers), await answer(app + path, headers), title);
    const asking = (name, url) => ({ name, url: url + path, request: { headers } });
    figures[title] = await compare([asking('application', app), asking('Fastify + mysql2', floor)], load);
    print(title, figures[title]);
  }
  figures.file = [
    await streamed(
      `${app}${base}/ledger/accounts/${ledger.account}/entries.csv?from=2000-01-01&until=2026-12-31`,
      headers,
    ),
  ];
  print('all entries of an account as a file', figures.file);
  if (values.save) {
    const portable = ({ name, ratio, lowest, highest, refused, lines, grownMiB }) =>
      lines === undefined ? { name, ratio, lowest, highest, refused } : { name, lines, grownMiB };
    const kept = Object.fromEntries(Object.entries(figures).map(([title, rows]) => [title, rows.map(portable)]));
    writeFileSync(new URL(`results/${values.save}.json`, import.meta.url), `${JSON.stringify(kept, null, 2)}\n`);
  }
}

async function answer(url, headers) {
  const response = await fetch(url, { headers });
  const body = await response.json();
  assert.equal(response.status, 200, JSON.stringify(body));
  return body;
}

/** Reads it to its end. @returns how many lines it had, and by how much the process was larger at most than before */
async function streamed(url, headers) {
  const pid = processes.pids()['dist/src/main.js'];
  const before = residentMiB(pid);
  let [lines, most] = [0, before];
  const response = await fetch(url, { headers });
  assert.equal(response.status, 200);
  for await (const chunk of response.body) {
    for (const byte of chunk) if (byte === 10) lines += 1;
    most = Math.max(most, residentMiB(pid));
  }
  return { name: 'application', lines, grownMiB: Math.round(most - before) };
}

function residentMiB(pid) {
  const [, kibibytes] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
  return Number(kibibytes) / 1_024;
}
