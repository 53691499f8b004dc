import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { identify } from '../../scripts/bootstrap/process-identity.mjs';
import { Processes } from '../../scripts/bootstrap/processes.mjs';
import { until } from '../support/until.js';

describe('the processes of a start', () => {
  let folder: string;
  beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'processes-'))));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('end in reverse order, each before the next is asked to', async () => {
    const processes = new Processes(join(folder, 'processes.json'));
    const logFile = join(folder, 'log');
    const slow = (name: string) => [
      '-c',
      `trap 'sleep 0.2; echo ${name} ended; exit 0' TERM; echo up; while :; do sleep 0.05; done`,
    ];
    for (const name of ['database', 'redis', 'app']) processes.start(name, 'sh', slow(name), { logFile });
    await until(() => readFileSync(logFile, 'utf8').split('up\n').length === 4);
    await processes.stopAll();
    expect(readFileSync(logFile, 'utf8').match(/\w+ ended/g)).toEqual(['app ended', 'redis ended', 'database ended']);
    expect(existsSync(join(folder, 'processes.json'))).toBe(false);
  });

  it('are killed when they do not end within their grace period', async () => {
    const processes = new Processes(join(folder, 'processes.json'));
    const logFile = join(folder, 'log');
    const { pid } = processes.start('deaf', 'sh', ['-c', "trap '' TERM; echo up; while :; do sleep 0.05; done"], {
      logFile,
      graceMs: 200,
    });
    await until(() => readFileSync(logFile, 'utf8').includes('up'));
    await processes.stopAll();
    expect(identify(pid)).toBeUndefined();
  });

  it('do not outlive a start that was killed', async () => {
    const left = join(folder, 'left');
    const program = `
      import { mkdirSync } from 'node:fs';
      import { Processes } from ${JSON.stringify(resolve('scripts/bootstrap/processes.mjs'))};
      const processes = new Processes(${JSON.stringify(join(folder, 'processes.json'))});
      mkdirSync(${JSON.stringify(left)});
      processes.removeAfterwards(${JSON.stringify(left)});
      console.log(processes.start('sleeper', 'sleep', ['600'], { logFile: ${JSON.stringify(join(folder, 'log'))} }).pid);
      setTimeout(() => undefined, 60_000);`;
    const start = spawn(process.execPath, ['--input-type=module', '--eval', program], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [pid] = (await once(start.stdout, 'data')) as [Buffer];
    expect(identify(Number(pid))).toBeDefined();
    start.kill('SIGKILL');
    await until(() => identify(Number(pid)) === undefined && !existsSync(left));
    await until(() => !existsSync(join(folder, 'processes.json')));
  });
});
