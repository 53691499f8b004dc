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
 * What starts and stops the processes: `restart(role, port)` comes back when the old one has ended and a new one was started, with
 * { ended, log } of the new one as untilReady wants it; `stop(role, port)`; and `account()`, as whom they run: { uid, gid }, or {}
 * for whoever deploys.
 */
export function hostOf(how, options) {
  const Host = { systemd: Systemd, processes: Processes }[how];
  if (!Host) throw new Problem(`--host ${how} is not known.`, 'systemd or processes');
  return new Host(options);
}

class Systemd {
  /** @throws Problem when the units are not there */
  async account() {
    const unit = 'just-driving-web@0';
    if ((await shown(unit, 'LoadState')) !== 'loaded')
      throw new Problem(
        'There is no unit just-driving-web@.',
        'Copy those of docker/systemd, then: systemctl daemon-reload',
      );
    const user = await shown(unit, 'User');
    if (!user || process.getuid() !== 0) return {};
    const [uid, gid] = await Promise.all(['-u', '-g'].map(async (which) => Number(await said('id', [which, user]))));
    return { uid, gid };
  }

  async restart(role, port) {
    const unit = `just-driving-${role}@${port}`;
    await said('systemctl', ['restart', unit]);
    const restarts = async () => Number(await shown(unit, 'NRestarts'));
    const before = await restarts();
    const since = Math.floor(Date.now() / 1_000);
    return {
      // Once may be bad luck.
      ended: async () => (await restarts()) - before >= 3,
      log: `Its log: journalctl --namespace=just-driving --unit=${unit} --since=@${since}`,
    };
  }

  async stop(role, port) {
    await said('systemctl', ['stop', `just-driving-${role}@${port}`]);
  }
}

async function said(program, args) {
  return (await promisify(execFile)(program, args)).stdout.trim();
}

function shown(unit, property) {
  return said('systemctl', ['show', `--property=${property}`, '--value', unit]);
}

/** For a machine without systemd: processes of their own, known by files in `run/`, with their lines in `log/`. */
class Processes {
  constructor({ root, envFile }) {
    this.root = root;
    this.envFile = envFile;
    for (const folder of ['run', 'log']) mkdirSync(join(root, folder), { recursive: true });
  }

  account() {
    return {};
  }

  async stop(role, port) {
    await endProcess(identityIn(this.#file(role, port)), patienceMs);
  }

  async restart(role, port) {
    const file = this.#file(role, port);
    await this.stop(role, port);
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
    return {
      ended: async () => !isRunning(identity),
      log: `Its log: ${join(this.root, 'log', `${role}-${port}.log`)}`,
    };
  }

  #file(role, port) {
    return join(this.root, 'run', `${role}-${port}.json`);
  }
}

function identityIn(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}
