import { setTimeout as sleep } from 'node:timers/promises';
import { Problem } from '../bootstrap/problem.mjs';

/**
 * Waits until the process at that port wants traffic.
 * @param started { ended(): whether it never will, log: where what it wrote is read }, as far as known @throws Problem
 */
export async function untilReady(port, withinMs = 90_000, { ended = async () => false, log } = {}) {
  let said = 'nothing';
  for (const deadline = Date.now() + withinMs; Date.now() < deadline; await sleep(100)) {
    if (await ended()) throw new Problem(`The process at port ${port} ended.`, log);
    try {
      const answer = await fetch(`http://127.0.0.1:${port}/health/ready`, { signal: AbortSignal.timeout(5_000) });
      said = await answer.text();
      if (answer.ok) return;
    } catch (error) {
      said = String(error.cause ?? error);
    }
  }
  throw new Problem(`The process at port ${port} is not ready after ${withinMs / 1_000} s: ${said}`, log);
}
