import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { logs, root } from '../bootstrap/paths.mjs';
import { withPrograms } from '../bootstrap/runtime.mjs';
import { step } from '../bootstrap/terminal.mjs';

const sources = ['src', 'sandbox', 'migrations'];
const settings = ['package-lock.json', 'nest-cli.json', 'tsconfig.json', '.swcrc'];
const stamp = join(root, 'dist', '.built-from');

/** Compiles the application when a source has changed since the last time. */
export async function buildWhenStale(processes) {
  const state = stateOfSources();
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === state) return;
  await step('Building', async () => {
    await processes.run('npm run build', 'npm', ['run', '--silent', 'build'], {
      env: withPrograms(),
      logFile: join(logs, 'build.log'),
    });
    writeFileSync(stamp, state);
  });
}

// Names, sizes and times instead of contents: a few milliseconds, and wrong only towards one build too many.
function stateOfSources() {
  const hash = createHash('sha256');
  for (const file of [...sources.flatMap(filesUnder), ...settings]) {
    const { size, mtimeMs } = statSync(join(root, file));
    hash.update(`${file} ${size} ${mtimeMs}\n`);
  }
  return hash.digest('hex');
}

function filesUnder(folder) {
  return readdirSync(join(root, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && !entry.name.endsWith('.spec.ts'))
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name).slice(root.length + 1))
    .sort();
}
