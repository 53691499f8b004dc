import { readFileSync, rmSync } from 'node:fs';
import { runFile } from '../bootstrap/paths.mjs';
import { writePrivate } from '../bootstrap/secrets.mjs';

/*
 * .local/run.json, for the tour and other tools, as long as `npm start` runs:
 * { pid, startedAt, urls: { home, api, docs, queues, health, payPage?, sandbox? }, ports: { app, sandbox?, smtp? },
 *   processes: { name: pid }, databaseUrl, redisUrl, logins: [{ role, email, password }] }
 */

export function writeRun(run) {
  writePrivate(runFile, JSON.stringify(run, null, 2));
}

/** @returns what runs, or undefined */
export function readRun() {
  try {
    return JSON.parse(readFileSync(runFile, 'utf8'));
  } catch {
    return undefined;
  }
}

export function removeRun() {
  rmSync(runFile, { force: true });
}
