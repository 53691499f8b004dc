// The contenders as processes of their own: started, waited for, and gone afterwards, even when this one is killed.
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { local, logs } from '../scripts/bootstrap/paths.mjs';
import { reservePort } from '../scripts/bootstrap/ports.mjs';
import { lastLines, Processes } from '../scripts/bootstrap/processes.mjs';

const patienceMs = 60_000;
const firstPort = 39_200;
const logFile = (script) => join(logs, `bench-${process.pid}`, `${script.replaceAll('/', '-')}.log`);

/** Everything that this run has started. */
export const processes = new Processes(join(local, `bench-${process.pid}.json`));
processes.removeAfterwards(join(logs, `bench-${process.pid}`));

/** Starts a program on a free port and waits until `path` answers, asking so often. @returns its address */
export async function start(script, path, env, { everyMs = 100 } = {}) {
  const { port, release } = await reservePort(firstPort, { label: script });
  const settings = { ...process.env, ...env, PORT: String(port), HOST: '127.0.0.1' };
  const started = processes.start(script, process.execPath, [script], { env: settings, logFile: logFile(script) });
  const url = `http://127.0.0.1:${port}`;
  try {
    await Promise.race([answers(url + path, everyMs), endOf(started)]);
  } finally {
    release();
  }
  return url;
}

/** Runs a program to its end. @throws Problem when it fails */
export async function run(script, args, env) {
  const options = { env: { ...process.env, ...env }, logFile: logFile(script) };
  await processes.run(`${script} ${args.join(' ')}`, process.execPath, [script, ...args], options);
}

async function answers(url, everyMs) {
  for (const deadline = Date.now() + patienceMs; Date.now() < deadline; await sleep(everyMs)) {
    const isThere = await fetch(url).then(
      ({ ok }) => ok,
      () => false,
    );
    if (isThere) return;
  }
  throw new Error(`nobody answered at ${url}`);
}

async function endOf(started) {
  const { code } = await started.exited;
  throw new Error(`${started.name} ended with ${code} before it answered:\n${lastLines(started)}`);
}
