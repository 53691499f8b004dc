import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { waitForLock, lockHolder } from './lock.mjs';
import { local, logs, privateFolder, root, runLock } from './paths.mjs';
import { Problem } from './problem.mjs';
import { output } from './processes.mjs';
import { withoutPrograms } from './runtime.mjs';
import { say, step } from './terminal.mjs';

// --ignore-scripts: none of the packages needs its install script, so none gets to run one.
const installArguments = ['ci', '--ignore-scripts', '--loglevel=http', '--no-progress', '--no-audit', '--no-fund'];

const remedies = [
  {
    sign: /EUSAGE|can only install packages when/,
    text: 'package.json and package-lock.json do not fit together: run `npm install`, commit the lock.',
  },
  {
    sign: /ENOTFOUND|EAI_AGAIN|ETIMEDOUT|ECONNREFUSED|ECONNRESET|ENETUNREACH|ERR_SOCKET_TIMEOUT/,
    text: 'The package registry cannot be reached. Installing needs the network once; later starts do not. Behind a proxy: npm config set proxy http://…',
  },
  { sign: /ENOSPC/, text: 'The disk is full: make room, then run the command again.' },
  {
    sign: /EACCES|EPERM/,
    text: 'node_modules belongs to another user: remove it (sudo rm -rf node_modules), then run the command again.',
  },
  { sign: /E401|E403/, text: 'The package registry refuses this machine: look at the registry and token in ~/.npmrc.' },
];

/** Installs the locked dependencies when they are missing or stale; one process of a clone at a time. */
export async function installDependencies(processes) {
  if (areInstalled()) return;
  const lock = await waitForLock(join(privateFolder(local), 'install.lock'), ({ pid }) =>
    say(`Another process (${pid}) is installing the dependencies of this clone: waiting for it.`),
  );
  try {
    if (!areInstalled()) await install(processes);
  } finally {
    lock.release();
  }
}

/** Whether node_modules holds exactly what package-lock.json says, by the list npm leaves there when it has finished. */
export function areInstalled(folder = root) {
  const file = join(folder, 'node_modules', '.package-lock.json');
  if (!existsSync(file)) return false;
  const installed = packagesIn(file);
  const locked = packagesIn(join(folder, 'package-lock.json'));
  const fits = ([path, { version, optional }]) => (path in installed ? installed[path].version === version : optional);
  return Object.entries(locked).every(fits) && Object.keys(installed).every((path) => path in locked);
}

async function install(processes) {
  refuseUnderRunningApplication();
  const total = Object.values(packagesIn(join(root, 'package-lock.json'))).filter(({ optional }) => !optional).length;
  await step(`Installing ${total} packages`, async (update) => {
    const process_ = processes.start('npm ci', ...npm(), {
      env: withoutPrograms(),
      logFile: join(logs, 'install.log'),
      graceMs: 2_000,
    });
    const timer = setInterval(() => update(`${fetched(process_)} fetched`), 500);
    const { code } = await process_.exited.finally(() => clearInterval(timer));
    if (code !== 0) throw failure(process_);
  });
}

// npm sets npm_execpath for what it starts; without it (`node scripts/start.mjs`) the one on the path will do.
function npm() {
  const own = process.env.npm_execpath;
  if (!own?.endsWith('.js') || !existsSync(own)) return ['npm', installArguments];
  return ['node', [own, ...installArguments]];
}

function fetched(process_) {
  return output(process_).match(/^npm http .*\.tgz/gm)?.length ?? 0;
}

function failure(process_) {
  const said = output(process_);
  const errors = said
    .split('\n')
    .filter((line) => /^npm (error|ERR!)/.test(line) && !/complete log|^npm (error|ERR!)\s*$/.test(line));
  const known = remedies.find(({ sign }) => sign.test(errors.join('\n')));
  const remedy = known?.text ?? 'Mend what npm says, then run the command again.';
  const detail = errors.slice(0, 6).join('\n');
  return new Problem(
    'The dependencies could not be installed.',
    `${remedy}\n${detail}\nThe whole output: ${process_.logFile}`,
  );
}

// npm ci empties node_modules first: that would pull the floor from under a running application.
function refuseUnderRunningApplication() {
  const holder = lockHolder(runLock);
  if (!holder || holder.pid === process.pid || !existsSync(join(root, 'node_modules'))) return;
  throw new Problem(
    `The locked dependencies have changed, and \`npm start\` (process ${holder.pid}) is running on the old ones.`,
    'Stop it (Ctrl-C), then run the command again.',
  );
}

function packagesIn(file) {
  const { packages } = JSON.parse(readFileSync(file, 'utf8'));
  delete packages[''];
  return packages;
}
