/*
 * npm run reset: forgets the data that `npm start` keeps in .local/, so that the next start begins with an empty database.
 */
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { projectFile, removeContainers } from './bootstrap/docker.mjs';
import { tryLock } from './bootstrap/lock.mjs';
import { local, privateFolder, processFile, runLock } from './bootstrap/paths.mjs';
import { Problem, printProblem } from './bootstrap/problem.mjs';
import { endLeftOver } from './bootstrap/running.mjs';
import { say } from './bootstrap/terminal.mjs';

// A test run in this clone may be using its own folder; its lock and the list of its processes are not ours to remove.
const kept = /^(just-driving-test-|install\.lock|run\.lock)/;

try {
  await reset();
} catch (error) {
  printProblem(error);
  process.exitCode = 1;
}

async function reset() {
  privateFolder(local);
  const lock = tryLock(runLock);
  if (!lock.release) {
    throw new Problem(
      `Just Driving is running in this clone (process ${lock.holder.pid}).`,
      'Stop it first (Ctrl-C there).',
    );
  }
  await endLeftOver(processFile);
  const names = readdirSync(local).filter((name) => !kept.test(name));
  if (names.length === 0) return say('There is nothing to forget: .local/ is empty.');
  say(`Removing ${names.map((name) => `.local/${name}`).join(', ')}`);
  removeOwnContainers();
  for (const name of names) rmSync(join(local, name), { recursive: true, force: true });
  say('✓ Forgotten. The next `npm start` begins with an empty database.');
}

function removeOwnContainers() {
  if (!existsSync(projectFile)) return;
  const project = readFileSync(projectFile, 'utf8');
  if (removeContainers(project)) return say(`✓ Removed the containers and volumes of ${project}`);
  throw new Problem(`The containers of ${project} could not be removed.`, 'Start Docker, then run the command again.');
}
