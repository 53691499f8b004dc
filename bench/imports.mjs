/*
 * node bench/imports.mjs [--rows 1000 --rounds 5] --save name
 * A list of students as CSV, from its upload until the last of them is enrolled, beside a hand-written import that writes the same rows,
 * many in a statement. Part of `npm run bench`.
 */
import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { buildWhenStale } from '../scripts/start/build.mjs';
import { twoDatabases } from './databases.mjs';
import { median, print, ratiosOf } from './measure.mjs';
import { saveFigures } from './results.mjs';
import { processes, start } from './servers.mjs';
import { accessToken, environment } from './session.mjs';
import { runToTheEnd } from './to-the-end.mjs';

const { values } = parseArgs({
  options: {
    rows: { type: 'string', default: '1000' },
    rounds: { type: 'string', default: '5' },
    minutes: { type: 'string', default: '15' },
    save: { type: 'string' },
  },
});
// What a worker writes whatever is imported.
const machinery = new Set(['schedules', 'migrations']);
const [count, rounds] = [Number(values.rows), Number(values.rounds)];
const databases = await twoDatabases(process.env.TEST_DATABASE_URL);
await runToTheEnd(databases, Number(values.minutes) * 60_000, bench);

async function bench() {
  await buildWhenStale(processes);
  const settings = environment(process.env.TEST_REDIS_URL);
  const school = await databases.prepare(settings, { past: 0 });
  const { urls } = databases;
  const [app, floor] = await Promise.all([
    start('dist/src/main.js', '/health/live', { ...settings, APP_ROLE: 'all', DATABASE_URL: urls.app }),
    start('bench/floors/imports.mjs', '/hello', { ...settings, DATABASE_URL: urls.floor }),
  ]);
  const headers = { authorization: `Bearer ${await accessToken(school.session)}` };
  const path = `/v1/schools/${school.school}/student-imports?licenceClass=B`;
  const imports = {
    app: (list) => importByApplication(app + path, headers, list),
    floor: (list) => importByFloor(floor + path, headers, list),
  };
  await checkSameRows(imports, listOf(0, 20));
  const took = { app: [], floor: [] };
  for (let round = 0; round < rounds; round++) {
    // Each list another one, the same for both.
    const list = listOf(round + 1, count);
    for (const [key, run] of Object.entries(imports)) took[key].push(await timed(() => run(list)));
  }
  const row = (name, key) => ({
    name,
    perSecond: Math.round((count / median(took[key])) * 1_000),
    refused: 0,
    ...ratiosOf(took[key].map((ms, n) => took.floor[n] / ms)),
  });
  const figures = {
    [`import of ${count.toLocaleString('en')} students`]: [row('application', 'app'), row('mysql2', 'floor')],
  };
  for (const [title, rows] of Object.entries(figures)) print(title, rows);
  if (values.save) await saveFigures(values.save, figures, databases.db);
}

function listOf(round, size) {
  const person = (n) =>
    `Freja ${round} Lund ${n};freja.${round}.${n}@example.dk;20 ${String(round).padStart(2, '0')} ${String(n).padStart(4, '0')};Gade ${n};2150;Nordhavn`;
  return `Navn;E-mail;Telefon;Adresse;Postnr;By\r\n${Array.from({ length: size }, (_, n) => person(n)).join('\r\n')}\r\n`;
}

async function importByApplication(url, headers, list) {
  const uploaded = await asked(url, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'text/csv' },
    body: list,
  });
  const one = url.replace(/\?.*/, `/${uploaded.id}`);
  await until(one, headers, 'ready');
  const json = { ...headers, 'content-type': 'application/json' };
  await asked(`${one}/start`, { method: 'POST', headers: json, body: JSON.stringify({ invite: false }) });
  const { rows } = await until(one, headers, 'done');
  assert.deepEqual([rows.invalid, rows.refused], [0, 0], 'not every row was enrolled');
}

async function importByFloor(url, headers, list) {
  await asked(url, { method: 'POST', headers: { ...headers, 'content-type': 'text/csv' }, body: list });
}

async function until(url, headers, state) {
  for (;;) {
    const found = await asked(url, { headers });
    if (found.state === state) return found;
    await sleep(10);
  }
}

async function asked(url, request) {
  const response = await fetch(url, request);
  const body = await response.json();
  assert.ok(response.ok, JSON.stringify(body));
  return body;
}

async function timed(work) {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

/** Both leave as many rows in each table, and the same students. */
async function checkSameRows(imports, list) {
  const left = {};
  for (const [key, run] of Object.entries(imports)) {
    const before = await counts(databases.names[key]);
    await run(list);
    const after = await counts(databases.names[key]);
    left[key] = Object.fromEntries(Object.entries(after).map(([table, n]) => [table, n - before[table]]));
    const [students] = await databases.db.query(
      `SELECT name, email, phone, address_line, postcode, city, licence_class, status FROM ${databases.names[key]}.students WHERE email LIKE 'freja.%' ORDER BY email`,
    );
    left[key].names = students;
  }
  assert.deepEqual(left.floor, left.app, 'an import leaves other rows');
}

async function counts(database) {
  const [tables] = await databases.db.query(
    "SELECT TABLE_NAME AS name FROM information_schema.TABLES WHERE TABLE_SCHEMA = ? AND TABLE_TYPE = 'BASE TABLE'",
    [database],
  );
  const found = {};
  for (const { name } of tables.filter((table) => !machinery.has(table.name))) {
    const [[{ n }]] = await databases.db.query(`SELECT COUNT(*) AS n FROM ${database}.${name}`);
    found[name] = n;
  }
  return found;
}
