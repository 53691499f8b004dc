/*
 * Runs beside a start, in a session of its own, and does one thing: when the start disappears without having cleared up
 * (kill -9, a closed terminal, out of memory), it ends what that start had running. The pipe on standard input closes then.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { isRunning } from './process-identity.mjs';
import { endLeftOver, readRunning } from './running.mjs';

const [, , file] = process.argv;
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(name, () => {});
process.stdin.resume();
process.stdin.once('close', () => void clearUp());

// The pipe of a dying process closes a moment before the process itself is gone.
async function clearUp() {
  while (isRunning(readRunning(file)?.owner)) await sleep(50);
  await endLeftOver(file);
}
