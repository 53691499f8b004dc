import { mkdirSync, readFileSync, rmdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { identify, isRunning } from './process-identity.mjs';

const me = identify(process.pid);

/**
 * Takes a lock file for this process. A lock whose process has died is taken over.
 * @returns { release } when taken, { holder: { pid, born } } when another living process has it
 */
export function tryLock(file) {
  for (;;) {
    try {
      writeFileSync(file, JSON.stringify(me), { flag: 'wx', mode: 0o644 });
      return { release: releaser(file) };
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
    const content = read(file);
    const holder = parse(content);
    if (content !== undefined && (holder ? isRunning(holder) : isYoung(file))) return { holder: holder ?? {} };
    if (content !== undefined && !removeStale(file, content)) return { holder: holder ?? {} };
  }
}

/** Waits for the lock as long as its holder lives. @param onWait called once with the holder, before waiting */
export async function waitForLock(file, onWait) {
  for (let told = false; ; told = true) {
    const lock = tryLock(file);
    if (lock.release) return lock;
    if (!told) onWait(lock.holder);
    await sleep(200);
  }
}

/** The living process that holds the lock, or undefined. */
export function lockHolder(file) {
  const holder = parse(read(file));
  return isRunning(holder) ? holder : undefined;
}

function releaser(file) {
  const remove = () => rmSync(file, { force: true });
  process.once('exit', remove);
  return () => {
    process.off('exit', remove);
    remove();
  };
}

// Two starters may find the same dead lock: the guard lets one of them look again and remove it, never a fresh one.
function removeStale(file, seen) {
  const guard = `${file}.breaking`;
  try {
    mkdirSync(guard);
  } catch {
    if (!isYoung(guard)) rmSync(guard, { recursive: true, force: true });
    return false;
  }
  try {
    if (read(file) === seen) rmSync(file);
    return true;
  } catch {
    return false;
  } finally {
    rmdirSync(guard);
  }
}

function read(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  }
}

function parse(content) {
  try {
    return JSON.parse(content);
  } catch {
    return undefined;
  }
}

// A lock is created first and filled a moment later; an empty one that stays empty is left from a crash.
function isYoung(file) {
  return Date.now() - (statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0) < 2_000;
}
