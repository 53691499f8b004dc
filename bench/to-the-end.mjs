// A benchmark runs to its end, its patience or Ctrl-C, and leaves nothing behind in any case.
import { setTimeout as sleep } from 'node:timers/promises';
import { untilToldToStop } from '../scripts/bootstrap/signals.mjs';
import { processes } from './servers.mjs';

/**
 * Does the work and ends this process.
 * @param databases those of twoDatabases(), dropped afterwards
 * @param patienceMs far more than it needs, so that a run that hangs ends too
 */
export async function runToTheEnd(databases, patienceMs, work) {
  try {
    const tooSlow = sleep(patienceMs, 'it took too long', { ref: false });
    const outcome = await Promise.race([work().then(() => 'done'), untilToldToStop(), tooSlow]);
    if (outcome !== 'done') throw new Error(`stopped: ${outcome}`);
  } catch (error) {
    console.error(error);
    process.exitCode = 1;
  } finally {
    await processes.stopAll();
    await databases.drop();
  }
  process.exit();
}
