import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { execFile } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { endProcess, type Identity } from '../../scripts/bootstrap/process-identity.mjs';
import { isFull } from '../faults/support/size.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { freePort } from '../support/free-port.js';
import { buildApp } from '../support/processes.js';

/*
 * scripts/deploy.mjs as it runs on a host with systemd: with a systemctl that starts what the units of docker/systemd say: two web processes and a
 * worker, and once more over them. In the full form alone (npm run test:faults test/operations/systemd.spec.ts).
 */
const whenFull = isFull ? it : it.skip;
let test: TestApp;
let build: ReturnType<typeof buildApp>;
let folder: string;
let web: number[];
let worker: number;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'jd-systemd-'));
  for (const each of ['bin', 'srv', 'state']) mkdirSync(join(folder, each));
  build = buildApp();
  test = await startTestApp({ jobs: false });
  web = [await freePort(), await freePort()];
  worker = await freePort();
  const shifted = pathToFileURL(resolve('test/support/same-day.mjs')).href;
  const extra = { NODE_OPTIONS: `--import=${shifted}`, TEST_TIME_SHIFT_MS: process.env['TEST_TIME_SHIFT_MS']! };
  const settings = Object.entries({ ...test.env, ...extra }).map(([name, value]) => `${name}='${value}'\n`);
  writeFileSync(join(folder, 'env'), settings.join(''));
  const host = { units: resolve('docker/systemd'), srv: join(folder, 'srv'), env: join(folder, 'env') };
  writeFileSync(join(folder, 'state/host.json'), JSON.stringify(host));
  const systemctl = join(folder, 'bin/systemctl');
  writeFileSync(
    systemctl,
    `#!/bin/sh\nexec '${process.execPath}' '${resolve('test/operations/systemctl.mjs')}' "$@"\n`,
  );
  chmodSync(systemctl, 0o755);
}, 120_000);

afterAll(async () => {
  const state = join(folder, 'state');
  for (const file of readdirSync(state).filter((name) => name.startsWith('just-driving-') && name.endsWith('.json')))
    await endProcess(JSON.parse(readFileSync(join(state, file), 'utf8')) as Identity, 30_000);
  await test?.close();
  build?.remove();
  rmSync(folder, { recursive: true, force: true });
}, 120_000);

/** What npm run package makes, but for the libraries, which it shares. */
function release(name: string): string {
  const artefact = join(folder, name);
  mkdirSync(artefact);
  cpSync(build.folder, join(artefact, 'dist'), { recursive: true });
  cpSync('package.json', join(artefact, 'package.json'));
  symlinkSync(resolve('node_modules'), join(artefact, 'node_modules'));
  return artefact;
}

async function deploy(name: string): Promise<string> {
  const options = ['--root', join(folder, 'srv'), '--env', join(folder, 'env'), '--web', web.join(',')];
  const nginx = ['--worker', String(worker), '--upstream', join(folder, 'upstream.conf')];
  const env = {
    ...process.env,
    PATH: `${join(folder, 'bin')}:${process.env['PATH']}`,
    SYSTEMCTL_STATE: join(folder, 'state'),
  };
  const args = ['scripts/deploy.mjs', release(name), ...options, ...nginx];
  return (await promisify(execFile)(process.execPath, args, { env })).stdout;
}

const releaseAt = async (port: number) =>
  /^app_info\{release="([^"]*)",role="([^"]*)"/m
    .exec(await (await fetch(`http://127.0.0.1:${port}/metrics`)).text())
    ?.slice(1);

whenFull(
  'is put into service by the units, one process after the other',
  async () => {
    for (const name of ['one', 'two']) {
      writeFileSync(join(folder, 'state/calls'), '');
      expect(await deploy(name)).toContain(`${name} is in service`);
      for (const port of web) expect(await releaseAt(port)).toEqual([name, 'web']);
      expect(await releaseAt(worker)).toEqual([name, 'worker']);
      // A single web process stays in nginx' list: it is better asked than nobody.
      const restarts = web.flatMap((port) => {
        const restart = `restart just-driving-web@${port}`;
        return web.length > 1 ? ['reload nginx', restart, 'reload nginx'] : [restart, 'reload nginx'];
      });
      const calls = readFileSync(join(folder, 'state/calls'), 'utf8').trim().split('\n');
      expect(calls).toEqual([...restarts, `restart just-driving-worker@${worker}`]);
      const listed = readFileSync(join(folder, 'upstream.conf'), 'utf8').trim().split('\n');
      expect(listed).toEqual(web.map((port) => `server 127.0.0.1:${port} max_fails=1 fail_timeout=2s;`));
    }
  },
  300_000,
);
