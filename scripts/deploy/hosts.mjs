import { execFile, spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { heapLimits } from '../bootstrap/node-options.mjs';
import { endProcess, identify, isRunning } from '../bootstrap/process-identity.mjs';
import { Problem } from '../bootstrap/problem.mjs';
import { currentRelease, settingsOf } from './releases.mjs';

const patienceMs = 60_000;

/**
 * What starts and stops the processes: `restart(role, port)` comes back when the old one has ended and a new one was started, with a
 * function that says why the new one will never be ready, when it is known to have ended.
 */
export function hostOf(how, options) {
  const Host = { systemd: Systemd, processes: Processes }[how];
  if (!Host) throw new Problem(`--host ${how} is not known.`, 'systemd or processes');
  return new Host(options);
}

class Systemd {
  async restart(role, port) {
    await promisify(execFile)('systemctl', ['restart', `just-driving-${role}@${port}`]);
    // It is started again and again: whoever waits loses patience.
    return () => undefined;
  }
}

/** For a machine without systemd: processes of their own, known by files in `run/`, with their lines in `log/`. */
class Processes {
  constructor({ root, envFile }) {
    this.root = root;
    this.envFile = envFile;
    for (const folder of ['run', 'log']) mkdirSync(join(root, folder), { recursive: true });
  }

  async restart(role, port) {
    const file = join(this.root, 'run', `${role}-${port}.json`);
    await endProcess(identityIn(file), patienceMs);
    const release = currentRelease(this.root);
    const log = openSync(join(this.root, 'log', `${role}-${port}.log`), 'a', 0o600);
    const usual = { NODE_ENV: 'production', NODE_OPTIONS: heapLimits, DRAIN_SECONDS: '5' };
    const env = { ...usual, ...settingsOf(release, this.envFile) };
    const child = spawn(process.execPath, ['--enable-source-maps', 'dist/src/main.js'], {
      cwd: release.folder,
      env: { ...env, APP_ROLE: role, HOST: '127.0.0.1', PORT: String(port) },
      detached: true,
      stdio: ['ignore', log, log],
    });
    closeSync(log);
    child.unref();
    const identity = identify(child.pid) ?? {};
    writeFileSync(file, JSON.stringify(identity));
    return () => (isRunning(identity) ? undefined : `Its log: ${join(this.root, 'log', `${role}-${port}.log`)}`);
  }
}

function identityIn(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}
