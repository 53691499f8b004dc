import { readFileSync } from 'node:fs';
import { findProgram } from './programs.mjs';

// What the reader of each system types; the first entry whose sign fits is shown.
const commands = [
  { sign: (id) => id === 'darwin', text: 'brew install mariadb redis' },
  {
    sign: (id) => /debian|ubuntu/.test(id),
    text: 'sudo apt-get install --no-install-recommends mariadb-server-core mariadb-client-core redis-server',
  },
  { sign: (id) => /fedora|rhel|centos/.test(id), text: 'sudo dnf install mariadb-server redis' },
  { sign: (id) => /arch/.test(id), text: 'sudo pacman -S mariadb redis' },
  { sign: (id) => /suse/.test(id), text: 'sudo zypper install mariadb redis' },
  { sign: (id) => /alpine/.test(id), text: 'sudo apk add mariadb redis' },
];

/** The command that installs both servers on this system. */
export function installCommand(id = systemId()) {
  return (
    commands.find(({ sign }) => sign(id))?.text ?? 'Install MariaDB and Redis with the package manager of your system.'
  );
}

/** Whether packages may simply be installed here: Debian or Ubuntu, as root (a container, most often). */
export function canInstallPackages() {
  return process.getuid?.() === 0 && /debian|ubuntu/.test(systemId()) && findProgram('apt-get') !== undefined;
}

// The distribution's own name and those it descends from, from os-release(5).
function systemId() {
  if (process.platform !== 'linux') return process.platform;
  try {
    return (
      readFileSync('/etc/os-release', 'utf8')
        .match(/^ID(_LIKE)?=.*$/gm)
        ?.join(' ') ?? ''
    );
  } catch {
    return '';
  }
}
