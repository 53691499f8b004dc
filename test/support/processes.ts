import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, openSync, readFileSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { freePort } from './free-port.js';
import { until } from './until.js';

/** The application in a process of its own, as it runs outside of tests. */
export interface AppProcess {
  readonly url: string;
  /** SIGKILL: nothing is tidied up. */
  kill(): Promise<void>;
  /** SIGTERM. @returns what it exited with */
  stop(): Promise<number | null>;
}

const patienceSeconds = 180;

// Its clock is the test's.
const sameDay = pathToFileURL(resolve('test/support/same-day.mjs')).href;
const sameShift = () => ({ TEST_TIME_SHIFT_MS: process.env['TEST_TIME_SHIFT_MS'] ?? '' });

/** Compiles the application for the processes of one spec file. @returns its folder, and `remove()` */
export function buildApp(): { readonly folder: string; remove(): void } {
  const folder = resolve('.local', `build-${process.pid}-${process.env['JEST_WORKER_ID'] ?? '1'}`);
  mkdirSync(folder, { recursive: true });
  const swc = resolve('node_modules/@swc/cli/bin/swc.js');
  const options = ['--config-file', '.swcrc', '--out-dir', folder, '--quiet'];
  execFileSync(process.execPath, [swc, 'src', 'migrations', ...options], { stdio: 'pipe' });
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** Starts it and waits until it answers. @throws Error with what it said when it does not */
export async function startProcess(folder: string, env: Readonly<Record<string, string>>): Promise<AppProcess> {
  const port = await freePort();
  // PROCESS_LOGS names a folder in which they stay, for whoever looks for a mistake.
  const log = join(process.env['PROCESS_LOGS'] ?? folder, `${port}.log`);
  const output = openSync(log, 'w');
  const child = spawn(process.execPath, ['--import', sameDay, join(folder, 'src/main.js')], {
    env: { ...env, ...sameShift(), PATH: process.env['PATH'] ?? '', HOST: '127.0.0.1', PORT: String(port) },
    // By the channel it hears of the end of a test run that was killed, and ends too.
    stdio: ['ignore', output, output, 'ipc'],
  });
  child.channel?.unref();
  const exited = new Promise<number | null>((done) => child.once('exit', done));
  const url = `http://127.0.0.1:${port}`;
  await ready(url, child).catch((error: unknown) => {
    child.kill('SIGKILL');
    throw new Error(readFileSync(log, 'utf8').slice(-2_000), { cause: error });
  });
  const end = (signal: 'SIGTERM' | 'SIGKILL') => {
    child.kill(signal);
    return exited;
  };
  return { url, kill: async () => void (await end('SIGKILL')), stop: () => end('SIGTERM') };
}

async function ready(url: string, child: ChildProcess): Promise<void> {
  await until(async () => {
    if (child.exitCode !== null) throw new Error('the application did not start');
    return fetch(`${url}/health/live`).then(
      ({ ok }) => ok,
      () => false,
    );
  }, patienceSeconds);
}
