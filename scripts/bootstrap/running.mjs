import { spawnSync } from 'node:child_process';
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { root } from './paths.mjs';
import { endProcess, isRunning } from './process-identity.mjs';

/*
 * The list of what one start has running, kept in a file: whoever finds it after a crash can end the processes in the
 * right order and remove what they left. { owner, processes: [{ name, pid, born, graceMs, alone? }], commands: [[program, args]],
 * paths: [path] }
 */

export function readRunning(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

/** Replaces the list in one step, so that a reader never sees half of it. */
export function writeRunning(file, running) {
  writeFileSync(`${file}.new`, JSON.stringify(running, null, 2), { mode: 0o600 });
  renameSync(`${file}.new`, file);
}

/** Ends the processes, last started first, each within its grace period; then runs the commands and removes the paths. */
export async function endRunning({ processes, commands, paths }) {
  for (const each of processes.toReversed()) await endProcess(each, each.graceMs);
  for (const [program, args] of commands) spawnSync(program, args, { cwd: root, stdio: 'ignore', timeout: 120_000 });
  for (const path of paths) rmSync(path, { recursive: true, force: true, maxRetries: 3 });
}

/** Clears up after a start that was killed. @returns the names of the processes that were still running */
export async function endLeftOver(file) {
  const running = readRunning(file);
  if (!running || isRunning(running.owner)) return [];
  const names = running.processes.filter(isRunning).map(({ name }) => name);
  await endRunning(running);
  if (readRunning(file)?.owner.born === running.owner.born) rmSync(file, { force: true });
  return names;
}
