/*
 * npm run bench:messages [-- --messages 20000 --rounds 3 --channel sms --save name]
 * Messages that stand in the outbox until a process of its own, a mail server (SMTP) or a gateway for text messages (HTTP), has taken them:
 * rendered, handed over and recorded, beside bare BullMQ on the same Redis in the same run; what the worker needs of memory, and how fast the API answers while the
 * mail server is quiet, busy and away.
 */
import { writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { buildWhenStale } from '../scripts/start/build.mjs';
import { twoDatabases } from './databases.mjs';
import { countStatements, isSomeUnsent, queueMessages, reachableByPhone, release } from './message-load.mjs';
import { residentMiB, rounded, startProbed } from './process-memory.mjs';
import { processes, start } from './servers.mjs';
import { accessToken, environment } from './session.mjs';
import { runToTheEnd } from './to-the-end.mjs';

const { values } = parseArgs({
  options: {
    messages: { type: 'string', default: '20000' },
    rounds: { type: 'string', default: '3' },
    channel: { type: 'string', default: 'email' },
    minutes: { type: 'string', default: '30' },
    save: { type: 'string' },
  },
});
const [count, rounds, channel] = [Number(values.messages), Number(values.rounds), values.channel];

if (!process.env.TEST_DATABASE_URL || !process.env.TEST_REDIS_URL)
  throw new Error('Run me by `npm run bench:messages`: I need servers of my own.');
const databases = await twoDatabases(process.env.TEST_DATABASE_URL);
await runToTheEnd(databases, Number(values.minutes) * 60_000, bench);

async function bench() {
  await buildWhenStale(processes);
  const settings = environment(process.env.TEST_REDIS_URL);
  const school = await databases.prepare(settings, {});
  await reachableByPhone(databases.db);
  const [sink, gateway, jobs] = await Promise.all([
    start('bench/floors/mail-sink.mjs', '/', settings),
    start('bench/floors/sms-gateway.mjs', '/', settings),
    start('bench/floors/jobs.mjs', '/', settings),
  ]);
  const { port } = await told(sink, '/');
  const { url: app, heapMiB } = await startProbed({
    ...settings,
    APP_ROLE: 'all',
    DATABASE_URL: databases.urls.app,
    MAIL_HOST: '127.0.0.1',
    MAIL_PORT: String(port),
    SMS_PROVIDER: 'gatewayapi',
    GATEWAYAPI_TOKEN: 'bench',
    GATEWAYAPI_API_URL: gateway,
  });
  const asOwner = { authorization: `Bearer ${await accessToken(school.session)}` };
  const ask = () =>
    fetch(`${app}/v1/schools/${school.school}/students?limit=20`, {
      headers: asOwner,
      signal: AbortSignal.timeout(30_000),
    });
  const figures = { latency: { quiet: await latency(ask) }, rounds: [] };
  await oneRound(school, jobs, 1_000);
  // Only before and after all: what is resident after a round shall be as V8 leaves it.
  figures.heapMiB = [rounded(await heapMiB())];
  for (let round = 0; round < rounds; round++) figures.rounds.push(await oneRound(school, jobs, count));
  figures.heapMiB.push(rounded(await heapMiB()));
  figures.latency.busy = await during(() => oneRound(school, jobs, count), ask);
  await told(sink, '/trouble');
  await queueMessages(databases.db, school, count, 'email');
  await release(databases.db);
  figures.latency.outage = await latency(ask);
  await told(sink, '/peace');
  print(figures);
  if (values.save) writeFileSync(`bench/results/${values.save}.json`, `${JSON.stringify(figures, null, 2)}\n`);
}

async function oneRound(school, jobs, number) {
  const { perSecond: floor } = await told(jobs, `/?count=${number}`);
  const { perSecond: bulk } = await told(jobs, `/?count=${number}&add=bulk`);
  const before = residentMiB();
  const statements = await countStatements(databases.db);
  await queueMessages(databases.db, school, number, channel);
  await release(databases.db);
  const began = performance.now();
  while (await isSomeUnsent(databases.db)) await sleep(100);
  const perSecond = (number / (performance.now() - began)) * 1_000;
  return {
    perSecond: Math.round(perSecond),
    added: { oneByOne: Math.round(floor), inHundreds: Math.round(bulk) },
    ratio: Number((perSecond / floor).toFixed(2)),
    ratioInHundreds: Number((perSecond / bulk).toFixed(2)),
    statements: Number((((await countStatements(databases.db)) - statements) / number).toFixed(2)),
    residentMiB: [before, residentMiB()].map(rounded),
  };
}

async function during(work, ask) {
  const working = work();
  const figures = await latency(ask);
  await working;
  return figures;
}

/** One question after the other. @returns milliseconds */
async function latency(ask) {
  const took = [];
  for (let time = 0; time < 200; time++) {
    const began = performance.now();
    const answer = await ask();
    await answer.arrayBuffer();
    if (!answer.ok) throw new Error(`the API answered ${answer.status}`);
    took.push(performance.now() - began);
  }
  const sorted = took.toSorted((a, b) => a - b);
  return { p50: Number(sorted[100].toFixed(1)), p99: Number(sorted[197].toFixed(1)) };
}

async function told(server, path) {
  return (await fetch(server + path, { signal: AbortSignal.timeout(120_000) })).json();
}

function print({ rounds: done, heapMiB: [before, after], latency: { quiet, busy, outage } }) {
  console.table(done);
  console.log(`heap after a garbage collection: ${before} MiB before, ${after} after`);
  console.log(
    `API, p50 and p99 in ms: quiet ${show(quiet)}, while messages go out ${show(busy)}, mail server away ${show(outage)}`,
  );
}

function show({ p50, p99 }) {
  return `${p50} / ${p99}`;
}
