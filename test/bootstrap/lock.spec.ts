import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { tryLock } from '../../scripts/bootstrap/lock.mjs';

describe('a lock file', () => {
  let folder: string;
  let file: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'lock-'));
    file = join(folder, 'lock');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('is refused as long as its holder lives, and names it', () => {
    const lock = tryLock(file);
    expect(tryLock(file).holder?.pid).toBe(process.pid);
    lock.release?.();
    expect(tryLock(file).release).toBeDefined();
  });

  it('is taken over from a process that has died, even when its number lives on', () => {
    writeFileSync(file, JSON.stringify({ pid: process.pid, born: 'before the last boot' }));
    expect(tryLock(file).release).toBeDefined();
  });

  it('goes to exactly one of many that find it dead', async () => {
    writeFileSync(file, JSON.stringify({ pid: 1, born: 'long ago' }));
    const answers = await Promise.all(Array.from({ length: 6 }, () => tryElsewhere(file)));
    expect(answers.filter((answer) => answer === 'taken')).toHaveLength(1);
  });
});

// Holds the lock for a while: a taker that ended at once would leave a dead lock to the next one.
async function tryElsewhere(file: string): Promise<string> {
  const lock = resolve('scripts/bootstrap/lock.mjs');
  const program = `import(${JSON.stringify(lock)}).then(({ tryLock }) => {
    console.log(tryLock(${JSON.stringify(file)}).release ? 'taken' : 'refused');
    setTimeout(() => undefined, 1500);
  })`;
  const child = spawn(process.execPath, ['--eval', program], { stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
  await once(child, 'close');
  return said.trim();
}
