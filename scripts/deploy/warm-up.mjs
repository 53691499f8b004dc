import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { portOf, reservePort } from '../bootstrap/ports.mjs';
import { Problem } from '../bootstrap/problem.mjs';
import { untilReady } from './health.mjs';
import { settingsOf } from './releases.mjs';

/** Starts the release once, at a port where nobody asks, with the settings and the `account` it will have. @throws Problem when it is not ready */
export async function warmUp(release, envFile, account) {
  const { port, release: letGo } = await reservePort(portOf(release.folder), { label: 'the trial' });
  const env = {
    ...settingsOf(release, envFile),
    NODE_ENV: 'production',
    APP_ROLE: 'web',
    HOST: '127.0.0.1',
    PORT: port,
  };
  const child = spawn(process.execPath, ['dist/src/main.js'], {
    ...account,
    cwd: release.folder,
    env: { ...env, DRAIN_SECONDS: '0' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (said = (said + text).slice(-2_000)));
  const exited = once(child, 'exit');
  try {
    await untilReady(port, 90_000, { ended: async () => child.exitCode !== null || child.signalCode !== null });
    const { status } = await fetch(`http://127.0.0.1:${port}/openapi.json`);
    if (status !== 200) throw new Problem(`It answers /openapi.json with ${status}.`);
  } catch (error) {
    throw new Problem(`${release.name} does not start; nothing that runs was touched.`, `${error.message}\n${said}`, {
      cause: error,
    });
  } finally {
    child.kill('SIGTERM');
    await exited;
    letGo();
  }
}
