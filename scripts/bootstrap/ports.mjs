import { createHash } from 'node:crypto';
import net from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { tryLock } from './lock.mjs';
import { Problem } from './problem.mjs';

/**
 * Reserves a free port for this process: the first one free from `first` upwards. Two clones that start at the same time
 * do not get the same one, because a reservation is also a lock file on this machine.
 * @param fixed the reader asked for exactly this port: take it or fail
 * @returns { port, release }
 */
export async function reservePort(first, { label, host = '127.0.0.1', fixed = false, remedy }) {
  for (let port = first; port < Math.min(first + 500, 65_536); port++) {
    const lock = tryLock(join(tmpdir(), `just-driving-port-${port}`));
    if (lock.release) {
      if (await isFree(port, host)) return { port, release: lock.release };
      lock.release();
    }
    if (fixed) throw new Problem(`Port ${port} (${label}) is taken by another program.`, remedy);
  }
  throw new Problem(`No free port for ${label} from ${first} on.`, 'Stop some of the programs that listen there.');
}

/** A port of one's own for this folder: the same at each start, below the range systems hand out to clients. */
export function portOf(folder, span = 10_000) {
  return 20_000 + (createHash('sha256').update(folder).digest().readUInt32BE(0) % span);
}

/** Whether something accepts connections at host and port now. */
export function accepts(host, port, timeoutMs = 2_000) {
  return new Promise((resolve) => {
    const socket = net.connect({ host, port, timeout: timeoutMs });
    const end = (answer) => {
      socket.destroy();
      resolve(answer);
    };
    socket
      .once('connect', () => end(true))
      .once('timeout', () => end(false))
      .once('error', () => end(false));
  });
}

/** Waits until something accepts connections there. @returns false when the time is over */
export async function acceptsWithin(host, port, milliseconds) {
  const deadline = Date.now() + milliseconds;
  while (!(await accepts(host, port))) {
    if (Date.now() > deadline) return false;
    await sleep(250);
  }
  return true;
}

// Some systems let 127.0.0.1 and the wildcard be bound at the same time: free means free on all of them.
async function isFree(port, host) {
  for (const address of new Set(['127.0.0.1', '0.0.0.0', host])) {
    if (!(await canBind(port, address))) return false;
  }
  return true;
}

function canBind(port, host) {
  return new Promise((resolve) => {
    const server = net.createServer();
    server.once('error', () => resolve(false));
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(true)));
  });
}
