import { spawnSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { step } from './terminal.mjs';

const servicePolicy = '/usr/sbin/policy-rc.d';
const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' };

/**
 * Installs the servers' programs from the distribution's packages (as root), without starting their services.
 * @param kinds which of 'database' and 'redis' are missing
 */
export async function installPackages(kinds, { processes, logFile }) {
  const run = (name, command, args) =>
    processes.run(name, command, args, { env: environment, logFile, graceMs: 60_000 });
  const allowServices = keepServicesFromStarting(processes);
  await step(`Installing ${kinds.join(' and ')} from this system's packages (once)`, async (update) => {
    update('reading the package lists');
    // One unreachable source fails the update; the packages may come from another, so the installation decides.
    await run('apt-get update', 'apt-get', ['update', '--quiet']).catch(() => undefined);
    const packages = kinds.flatMap(packagesOf);
    update(packages.join(', '));
    await run('apt-get install', 'apt-get', ['install', '--yes', '--quiet', '--no-install-recommends', ...packages]);
    return packages.join(', ');
  }).finally(allowServices);
}

function packagesOf(kind) {
  return kind === 'redis' ? ['redis-server'] : [newest('mariadb-server-core'), newest('mariadb-client-core')];
}

// Older releases carry the version in the name: mariadb-server-core-10.6.
function newest(name) {
  const { status, stdout } = spawnSync('apt-cache', ['pkgnames', name], { encoding: 'utf8' });
  const names = (status === 0 ? stdout : '')
    .split('\n')
    .filter((each) => each === name || /^-\d+(\.\d+)*$/.test(each.slice(name.length)));
  return names.includes(name) || names.length === 0 ? name : names.sort().at(-1);
}

// Debian's own way to say "do not start services while installing".
function keepServicesFromStarting(processes) {
  if (existsSync(servicePolicy)) return () => undefined;
  const remove = processes.removeAfterwards(servicePolicy);
  writeFileSync(servicePolicy, '#!/bin/sh\nexit 101\n', { mode: 0o755 });
  return remove;
}
