// The contenders as child processes: started, waited for, and stopped whatever happens.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { setTimeout as sleep } from 'node:timers/promises';

const root = fileURLToPath(new URL('..', import.meta.url));
const patience = 60_000;
const children = new Set();

process.on('exit', () => children.forEach((child) => child.kill('SIGKILL')));

/** Starts a program on a free port and waits until `path` answers. @returns its address */
export async function start(script, path, env) {
  const port = await freePort();
  const child = spawn(process.execPath, [script], {
    cwd: root,
    env: { ...process.env, ...env, PORT: String(port), HOST: '127.0.0.1' },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  children.add(child);
  child.once('exit', () => children.delete(child));
  const url = `http://127.0.0.1:${port}`;
  await answers(`${url}${path}`, child, script);
  return url;
}

/** Runs a program to its end. @throws Error when it fails */
export async function run(script, args, env = {}) {
  const child = spawn(process.execPath, [script, ...args], {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  children.add(child);
  const [code] = await once(child, 'exit');
  children.delete(child);
  if (code !== 0) throw new Error(`${script} ${args.join(' ')} ended with ${code}`);
}

/** Asks all to stop, and does not wait for ever. */
export async function stopAll() {
  const gone = [...children].map((child) => once(child, 'exit'));
  for (const child of children) child.kill('SIGTERM');
  await Promise.race([Promise.all(gone), sleep(10_000, undefined, { ref: false })]);
  for (const child of children) child.kill('SIGKILL');
}

async function answers(url, child, script) {
  for (const deadline = Date.now() + patience; Date.now() < deadline; await sleep(100)) {
    if (child.exitCode !== null) throw new Error(`${script} ended with ${child.exitCode} before it answered`);
    if (
      await fetch(url).then(
        ({ ok }) => ok,
        () => false,
      )
    )
      return;
  }
  throw new Error(`${script} did not answer at ${url}`);
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}
