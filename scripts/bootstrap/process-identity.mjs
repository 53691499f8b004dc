import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

const hasProc = existsSync('/proc/self/stat');

/**
 * Names a running process so that another one which later gets the same number is not taken for it.
 * @returns { pid, born }, or undefined when no such process runs
 */
export function identify(pid) {
  const born = hasProc ? bornByProc(pid) : bornByPs(pid);
  return born === undefined ? undefined : { pid, born };
}

/** Whether exactly this process (number and birth) still runs. */
export function isRunning(identity) {
  return identity?.pid > 0 && identify(identity.pid)?.born === identity.born;
}

/** Asks a process to end and waits; after the grace period it is killed. It need not be our child. */
export async function endProcess(identity, graceMs) {
  if (!signal(identity, 'SIGTERM')) return;
  if (await endsWithin(identity, graceMs)) return;
  signal(identity, 'SIGKILL');
  await endsWithin(identity, 5_000);
}

/** Signals a process, and the whole group it leads unless it is `alone`. @returns false when it is already gone */
export function signal(identity, name) {
  if (!isRunning(identity)) return false;
  try {
    process.kill(identity.alone ? identity.pid : -identity.pid, name);
    return true;
  } catch (error) {
    if (error.code === 'ESRCH') return false;
    throw error;
  }
}

async function endsWithin(identity, milliseconds) {
  const deadline = Date.now() + milliseconds;
  while (isRunning(identity)) {
    if (Date.now() > deadline) return false;
    await sleep(25);
  }
  return true;
}

// Ticks since boot, together with the boot: unique where the number alone is not. A zombie has ended.
function bornByProc(pid) {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1).split(' ');
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    return fields[0] === 'Z' || fields[0] === 'X' ? undefined : `${boot}/${fields[19]}`;
  } catch {
    return undefined;
  }
}

function bornByPs(pid) {
  const { status, stdout } = spawnSync('ps', ['-o', 'stat=,lstart=', '-p', String(pid)], { encoding: 'utf8' });
  if (status !== 0) return undefined;
  const [state, ...start] = stdout.trim().split(/\s+/);
  return state.startsWith('Z') ? undefined : start.join(' ');
}
