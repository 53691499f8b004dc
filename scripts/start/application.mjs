import { existsSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { heapLimits } from '../bootstrap/node-options.mjs';
import { logs } from '../bootstrap/paths.mjs';
import { acceptsWithin } from '../bootstrap/ports.mjs';
import { Problem } from '../bootstrap/problem.mjs';
import { lastLines } from '../bootstrap/processes.mjs';
import { step } from '../bootstrap/terminal.mjs';

const readyWithinMs = 90_000;
const drainMs = 30_000;

/** Keeps the logs of one earlier start beside those of the coming one. */
export function turnLogs() {
  for (const name of ['app', 'sandbox', 'cli', 'build', 'install', 'database', 'redis', 'services']) {
    const file = join(logs, `${name}.log`);
    if (existsSync(file)) renameSync(file, join(logs, `${name}.previous.log`));
  }
}

/** Starts the outside world of a laptop and waits until it accepts connections. */
export function startSandbox(processes, runtime, env) {
  return step('Starting the sandbox', async () => {
    const sandbox = processes.start('sandbox', runtime, ['--enable-source-maps', 'dist/sandbox/main.js'], {
      env,
      logFile: join(logs, 'sandbox.log'),
    });
    const ports = [env.SANDBOX_PORT, env.SANDBOX_SMTP_PORT].map(Number);
    await orEnd(sandbox, Promise.all(ports.map((port) => acceptsWithin('127.0.0.1', port, readyWithinMs))));
    return '';
  });
}

/** Starts web, worker or both (APP_ROLE) and waits until it says that it is ready. */
export function startApplication(processes, runtime, env) {
  return step('Starting the application', async () => {
    const NODE_OPTIONS = `${heapLimits} ${env.NODE_OPTIONS ?? ''}`;
    const options = { env: { ...env, NODE_OPTIONS }, logFile: join(logs, 'app.log'), graceMs: drainMs };
    const app = processes.start('app', runtime, ['--enable-source-maps', 'dist/src/main.js'], options);
    if (env.APP_ROLE !== 'worker')
      await orEnd(app, untilReady(`http://${addressOf(env.HOST)}:${env.PORT}/health/ready`));
    return '';
  });
}

/** The problem to show when a process has ended that should run. */
export function endedProblem({ name, code, signal, logFile, ...process_ }) {
  const how = signal ? `by ${signal}` : `with exit code ${code}`;
  const lines = lastLines({ ...process_, logFile });
  return new Problem(`The ${name} ended ${how}.`, `${lines}\nThe whole log: ${logFile}`);
}

async function orEnd(process_, becomesReady) {
  const ended = process_.exited.then((exit) => {
    throw endedProblem({ ...process_, ...exit });
  });
  const ready = await Promise.race([becomesReady, ended]);
  if (ready === false)
    throw new Problem(
      `The ${process_.name} is not ready after ${readyWithinMs / 1000} s.`,
      `Its log: ${process_.logFile}`,
    );
}

async function untilReady(url) {
  for (const deadline = Date.now() + readyWithinMs; Date.now() < deadline; await sleep(100)) {
    const response = await fetch(url, { signal: AbortSignal.timeout(5_000) }).catch(() => undefined);
    if (response?.ok) return true;
  }
  return false;
}

/** Where a server that listens on this host is reached from this machine. */
export function addressOf(host) {
  return !host || host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
}
