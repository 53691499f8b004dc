import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The repository's root. */
export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** Everything that belongs to this clone alone: data, logs, passwords. Never committed. */
export const local = join(root, '.local');

export const logs = join(local, 'log');
export const runLock = join(local, 'run.lock');
export const runFile = join(local, 'run.json');
export const processFile = join(local, 'processes.json');

/** Makes a folder that only its owner may look into. Returns its path. */
export function privateFolder(path) {
  mkdirSync(path, { recursive: true, mode: 0o700 });
  return path;
}
