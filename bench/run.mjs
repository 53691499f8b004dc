/*
 * npm run bench [-- --only hello,login,…,export --quick --save suite --plot docs/benchmarks.svg]
 * Every comparison, part by part, each a run of its own with application and floors in turn. Prints the ratios and writes them to
 * bench/results/latest.json; --save keeps them, without what depends on the machine, in bench/results/<name>.json beside those of
 * the comparisons that this run left out.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { parts } from './parts.mjs';
import { ratiosPlot } from './ratios-plot.mjs';
import { readResult, resultFile, writeResult } from './results.mjs';

const { values } = parseArgs({
  options: {
    only: { type: 'string', default: parts.flatMap(({ covers }) => covers).join(',') },
    quick: { type: 'boolean', default: false },
    save: { type: 'string' },
    plot: { type: 'string' },
  },
});

if (!process.env.TEST_DATABASE_URL || !process.env.TEST_REDIS_URL)
  throw new Error('Run me by `npm run bench`: I need servers of my own.');
const chosen = values.only.split(',');
const found = { comparisons: {} };
for (const part of parts) {
  const its = part.covers.filter((name) => chosen.includes(name));
  if (its.length === 0) continue;
  const saved = await run(part, its);
  const { comparisons, ...where } = part.read ? { comparisons: part.read(saved) } : saved;
  Object.assign(found, where);
  Object.assign(found.comparisons, comparisons);
  // After each part, so that a run that is stopped has not measured in vain.
  writeResult('latest', found);
  if (values.save) writeResult(values.save, merged(values.save));
}
if (values.plot) writeFileSync(values.plot, ratiosPlot((values.save ? merged(values.save) : found).comparisons));

/** @returns what the part has written down */
async function run({ script, sets, quick, choose }, its) {
  const name = `latest-${script.replace('.mjs', '')}`;
  rmSync(resultFile(name), { force: true });
  const only = choose ? ['--only', its.join(',')] : [];
  const args = [`bench/${script}`, ...only, ...(values.quick ? quick : sets), '--save', name];
  const child = spawn(process.execPath, args, { stdio: 'inherit' });
  const [code] = await once(child, 'exit');
  if (code !== 0 || !existsSync(resultFile(name))) throw new Error(`${args.join(' ')} ended with ${code}`);
  return readResult(name);
}

function merged(name) {
  const before = readResult(name);
  return { ...before, ...found, comparisons: { ...before.comparisons, ...found.comparisons } };
}
