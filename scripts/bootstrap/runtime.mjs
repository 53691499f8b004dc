import { delimiter, join } from 'node:path';
import { root } from './paths.mjs';
import { Problem } from './problem.mjs';
import { versionOf } from './programs.mjs';

const wanted = 24;
const programs = join(root, 'node_modules', '.bin');

/** The bootstrap itself needs less than the application. @throws Problem when even that is missing */
export function checkOwnRuntime() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (process.platform === 'win32') throw new Problem('Windows itself is not supported.', 'Use WSL 2: wsl --install');
  if (major > 20 || (major === 20 && minor >= 12)) return;
  throw new Problem(
    `Node ${process.versions.node} is too old.`,
    `Install Node ${wanted}: https://nodejs.org/en/download`,
  );
}

/**
 * The Node that runs the application: the locked dependencies bring one for Linux; elsewhere the reader's own, if new enough.
 * @throws Problem when there is none
 */
export function applicationRuntime() {
  const locked = join(programs, 'node');
  if (majorOf(versionOf(locked)) >= wanted) return locked;
  if (majorOf(process.version) >= wanted) return process.execPath;
  throw new Problem(
    `Node ${wanted} is needed, and this one is ${process.version}.`,
    `Install it (https://nodejs.org/en/download, or: nvm install ${wanted}), then run the command again.`,
  );
}

/** An environment whose PATH finds the project's own programs, its Node among them, first. */
export function withPrograms(environment = process.env) {
  return { ...environment, PATH: [programs, environment.PATH].filter(Boolean).join(delimiter) };
}

/** PATH without the project's programs: for npm, which replaces them while it runs. */
export function withoutPrograms(environment = process.env) {
  const path = (environment.PATH ?? '')
    .split(delimiter)
    .filter((folder) => !folder.startsWith(join(root, 'node_modules')));
  return { ...environment, PATH: path.join(delimiter) };
}

function majorOf(version) {
  return Number(/v?(\d+)/.exec(version)?.[1] ?? 0);
}
