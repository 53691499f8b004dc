import { existsSync, readdirSync, rmSync, statfsSync } from 'node:fs';
import { join } from 'node:path';
import { bootstrap } from './index.mjs';
import { local, logs, privateFolder } from './paths.mjs';
import { printProblem } from './problem.mjs';
import { identify } from './process-identity.mjs';
import { Processes } from './processes.mjs';
import { checkOwnRuntime, withPrograms } from './runtime.mjs';
import { endLeftOver } from './running.mjs';
import { untilToldToStop } from './signals.mjs';
import { talkOn } from './terminal.mjs';

const memory = '/dev/shm';
const prefix = 'just-driving-test-';
const roomNeeded = 1024 ** 3;

/**
 * Runs a command with its own database and Redis, which go away afterwards.
 * @param command (runtime) => [program, ...arguments]
 * @returns the command's exit code; 1 when the servers could not be had, 130 when interrupted
 */
export async function runWithServices(command) {
  talkOn(process.stderr);
  const told = untilToldToStop().then(() => 130);
  const folder = join(hasRoom(memory) ? memory : privateFolder(local), prefix + process.pid);
  const processes = new Processes(join(folder, 'processes.json'));
  try {
    return await Promise.race([told, startAndRun(command, folder, processes)]);
  } catch (error) {
    printProblem(error);
    return 1;
  } finally {
    await processes.stopAll();
  }
}

async function startAndRun(command, folder, processes) {
  checkOwnRuntime();
  await removeLeftOver();
  processes.removeAfterwards(folder);
  const logFolder = join(logs, `test-${process.pid}`);
  const options = { settings: process.env, prefix: 'TEST_', folder, logFolder, temporary: true };
  const { runtime, services } = await bootstrap({ ...options, processes });
  processes.removeAfterwards(logFolder);
  const [program, ...args] = command(runtime);
  const { code } = await processes.startHere('the command', program, args, environmentFor(services)).exited;
  return code ?? 1;
}

// DATABASE_URL and REDIS_URL too: whatever reads those must not find the developer's own.
function environmentFor({ database, redis }) {
  return {
    ...withPrograms(),
    APP_ENV: 'test',
    TEST_DATABASE_URL: database.server,
    TEST_REDIS_URL: redis.url,
    DATABASE_URL: database.url,
    REDIS_URL: redis.url,
  };
}

// What runs that were killed together with their watchman have left.
async function removeLeftOver() {
  for (const parent of [memory, local].filter(existsSync)) {
    for (const name of readdirSync(parent).filter((each) => each.startsWith(prefix))) {
      await removeIfLeft(join(parent, name)).catch(() => undefined); // another user's: theirs to remove
    }
  }
}

async function removeIfLeft(folder) {
  const list = join(folder, 'processes.json');
  if (existsSync(list)) await endLeftOver(list);
  const owner = Number(folder.split('-').at(-1));
  if (owner !== process.pid && !identify(owner)) rmSync(folder, { recursive: true, force: true });
}

function hasRoom(folder) {
  if (!existsSync(folder)) return false;
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize > roomNeeded;
}
