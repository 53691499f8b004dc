// What is kept of a run: with --save name bench/results/name.json, without what depends on the machine.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { Redis } from 'ioredis';
import { serverVersion } from './databases.mjs';

const inMemory = ['atRestMiB', 'warmMiB', 'endMiB', 'MiBper100000'];
const portable = ['name', 'ratio', 'lowest', 'highest', 'refused', 'grownMiB', ...inMemory];

/** @param figures the rows of each comparison by its title, the application's first */
export async function saveFigures(name, figures, db) {
  const rowsOf = (rows) =>
    rows.map((row) => Object.fromEntries(Object.entries(row).filter(([key]) => portable.includes(key))));
  const comparisons = Object.fromEntries(Object.entries(figures).map(([title, rows]) => [title, rowsOf(rows)]));
  writeResult(name, { ...(await whereItRan(db)), comparisons });
}

export const resultFile = (name) => new URL(`results/${name}.json`, import.meta.url);

export function writeResult(name, value) {
  writeFileSync(resultFile(name), `${JSON.stringify(value, null, 2)}\n`);
}

/** Nothing when there is no such file. */
export function readResult(name) {
  return existsSync(resultFile(name)) ? JSON.parse(readFileSync(resultFile(name), 'utf8')) : {};
}

async function whereItRan(db) {
  const redis = new Redis(process.env.TEST_REDIS_URL);
  const [, version] = /redis_version:(\S+)/.exec(await redis.info('server')) ?? [];
  redis.disconnect();
  return { node: process.version, database: await serverVersion(db), redis: version, cores: availableParallelism() };
}
