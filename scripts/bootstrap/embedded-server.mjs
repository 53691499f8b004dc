import { setTimeout as sleep } from 'node:timers/promises';
import { portOf, reservePort } from './ports.mjs';
import { Problem } from './problem.mjs';
import { lastLines, output } from './processes.mjs';

const portTaken = /address already in use|bind on tcp\/ip port|could not create server tcp listening socket/i;

/**
 * Starts a private server on a free port and waits until it answers.
 * A port that another program took in the same moment shows only when the server binds it: then the next one is tried.
 * @param launch (port) => process as of Processes.start
 * @param isReady (port, process) => whether it answers
 * @returns { port, process }
 */
export async function startOnFreePort({ label, folder, launch, isReady, waitMs = 180_000, remedies = [] }) {
  for (let first = portOf(folder), attempt = 1; ; attempt++) {
    const { port, release } = await reservePort(first, { label });
    const process_ = launch(port);
    if (await becomesReady(process_, () => isReady(port, process_), waitMs)) return { port, process: process_ };
    release();
    const said = output(process_);
    if (!portTaken.test(said) || attempt === 5) throw failure(label, process_, said, remedies);
    first = port + 1;
  }
}

async function becomesReady(process_, isReady, waitMs) {
  const ended = process_.exited.then(() => 'ended');
  for (const deadline = Date.now() + waitMs; Date.now() < deadline;) {
    if (await isReady()) return true;
    if ((await Promise.race([ended, sleep(50)])) === 'ended') return false;
  }
  return false;
}

function failure(label, process_, said, remedies) {
  const known = remedies.find(({ sign }) => sign.test(said));
  const remedy = known ? `${known.remedy}\n` : '';
  return new Problem(
    `${label} did not start.`,
    `${remedy}${lastLines(process_, 8)}\nThe whole log: ${process_.logFile}`,
  );
}
