/*
 * npm run bench:money [-- --entries 1000000 --rounds 5 --seconds 3 --connections 4 --save name]
 * Issuing invoices and keeping a provider's messages, then questions to a large ledger (the statement of a student with 10,000
 * entries, the VAT of a month of a million) and all entries of an account as one file: each beside hand-written SQL in the
 * same run, and what the process needs of memory for the file.
 */
import assert from 'node:assert/strict';
import { parseArgs } from 'node:util';
import { buildWhenStale } from '../scripts/start/build.mjs';
import { settleDeliveries, twoDatabases } from './databases.mjs';
import { compareFiles } from './files.mjs';
import { fillLedger } from './ledger-data.mjs';
import { compare, loadOf, print } from './measure.mjs';
import { fillCharges, invoices, webhook, webhookSecret } from './money-load.mjs';
import { saveFigures } from './results.mjs';
import { checkSameWrite } from './same.mjs';
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
const load = loadOf(values);
// No contender invoices a thousand a second.
const enough = 1_000 * (load.rounds * load.seconds + 3);

if (!process.env.TEST_DATABASE_URL || !process.env.TEST_REDIS_URL)
  throw new Error('Run me by `npm run bench:money`: I need servers of my own.');
const databases = await twoDatabases(process.env.TEST_DATABASE_URL);
await runToTheEnd(databases, Number(values.minutes) * 60_000, bench);

async function bench() {
  await buildWhenStale(processes);
  const settings = { ...environment(process.env.TEST_REDIS_URL), STRIPE_WEBHOOK_SECRET: webhookSecret };
  const school = await databases.prepare(settings, { past: 0 });
  const asOwner = { authorization: `Bearer ${await accessToken(school.session)}` };
  const base = `/v1/schools/${school.school}`;
  const servers = await startBoth(settings);
  const figures = await writes(servers, { school, base, headers: { ...asOwner, 'content-type': 'application/json' } });
  const ledger = await fillLedger(databases.db, school, { month: Number(values.entries), ofStudent: 10_000 });
  // Reads alone: both ask the same database.
  const reader = await start('bench/floors/ledger.mjs', '/hello', { ...settings, DATABASE_URL: databases.urls.app });
  Object.assign(figures, await reads({ app: servers.app, floor: reader }, { ledger, base, headers: asOwner }));
  if (values.save) await saveFigures(values.save, figures, databases.db);
}

async function startBoth(settings) {
  const { urls } = databases;
  const [app, floor] = await Promise.all([
    start('dist/src/main.js', '/health/live', { ...settings, DATABASE_URL: urls.app }),
    start('bench/floors/ledger.mjs', '/hello', { ...settings, DATABASE_URL: urls.floor }),
  ]);
  return { app, floor };
}

/** Each contender writes to a database of its own. */
async function writes({ app, floor }, { school, base, headers }) {
  // The first two students' accounts are for reading.
  const charges = await fillCharges(databases, { ...school, students: school.students.slice(2) }, enough);
  const path = `${base}/invoices`;
  const lists = { app: invoices(charges), floor: invoices(charges) };
  const [body] = [lists.app.next().value, lists.floor.next().value];
  await checkSameWrite('invoice', databases, app, floor, path, { headers, body });
  const issuing = (name, url, list) => ({
    name,
    url: url + path,
    request: { headers, requests: [each(() => ({ body: list.next().value }))] },
  });
  const telling = (name, url) => ({ name, url: `${url}/webhooks/stripe`, request: { requests: [each(webhook)] } });
  const level = { ...load, beforeRound: () => settleDeliveries(databases.db) };
  return {
    ...(await measured(
      'issuing an invoice',
      [issuing('application', app, lists.app), issuing('Fastify + mysql2', floor, lists.floor)],
      level,
    )),
    ...(await measured('keeping a webhook', [telling('application', app), telling('Fastify + mysql2', floor)], level)),
  };
}

function each(make) {
  return { method: 'POST', setupRequest: (request) => ({ ...request, ...make() }) };
}

async function reads({ app, floor }, { ledger, base, headers }) {
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
    Object.assign(
      figures,
      await measured(title, [asking('application', app), asking('Fastify + mysql2', floor)], load),
    );
  }
  const file = `${base}/ledger/accounts/${ledger.account}/entries.csv?from=2000-01-01&until=2026-12-31`;
  figures['all entries of an account as a file'] = await compareFiles(
    { app: app + file, floor: floor + file },
    headers,
    load.rounds,
  );
  print('all entries of an account as a file', figures['all entries of an account as a file']);
  return figures;
}

async function measured(title, contenders, how) {
  const rows = await compare(contenders, how);
  print(title, rows);
  return { [title]: rows };
}

async function answer(url, headers) {
  const response = await fetch(url, { headers });
  const body = await response.json();
  assert.equal(response.status, 200, JSON.stringify(body));
  return body;
}
