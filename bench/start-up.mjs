/*
 * node bench/start-up.mjs [--rounds 5] --save name
 * From starting the process to its first answer, beside a bare Nest on Fastify and a bare Node. Part of `npm run bench`.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { buildWhenStale } from '../scripts/start/build.mjs';
import { twoDatabases } from './databases.mjs';
import { median, print, ratiosOf } from './measure.mjs';
import { saveFigures } from './results.mjs';
import { processes, start } from './servers.mjs';
import { environment } from './session.mjs';
import { runToTheEnd } from './to-the-end.mjs';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    minutes: { type: 'string', default: '30' },
    save: { type: 'string' },
  },
});
const rounds = Number(values.rounds);
const databases = await twoDatabases(process.env.TEST_DATABASE_URL);
await runToTheEnd(databases, Number(values.minutes) * 60_000, bench);

async function bench() {
  await buildWhenStale(processes);
  const settings = { ...environment(process.env.TEST_REDIS_URL), DATABASE_URL: databases.urls.app };
  await databases.prepare(settings, { past: 0 });
  const contenders = [
    { name: 'application', script: 'dist/src/main.js', path: '/health/ready' },
    { name: 'Nest on Fastify', script: 'bench/floors/nest-hello.mjs', path: '/hello' },
    { name: 'Node', script: 'bench/floors/node-hello.mjs', path: '/' },
  ];
  const took = contenders.map(() => []);
  for (let round = 0; round < rounds; round++)
    for (const [n, { script, path }] of contenders.entries()) took[n].push(await timeToAnswer(script, path, settings));
  const rows = contenders.map(({ name }, n) => ({
    name,
    ms: Math.round(median(took[n])),
    // How many times as long as the floor: here less is better.
    ...ratiosOf(took[n].map((ms, round) => ms / took.at(-1)[round])),
  }));
  const figures = { 'start until ready, times a bare Node': rows };
  for (const [title, each] of Object.entries(figures)) print(title, each);
  if (values.save) await saveFigures(values.save, figures, databases.db);
}

async function timeToAnswer(script, path, settings) {
  const began = performance.now();
  await start(script, path, settings, { everyMs: 5 });
  const took = performance.now() - began;
  processes.kill([script]);
  while (processes.pids()[script]) await sleep(20);
  return took;
}
