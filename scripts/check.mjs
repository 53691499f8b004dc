/*
 * npm run check [-- gate …]: the gates that are not tests. All run, even when one fails; the output of failed ones is shown.
 * A gate is the script check:<name> of package.json. `--json <file>` writes { passed, failed } there.
 */
import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { installDependencies } from './bootstrap/dependencies.mjs';
import { local, root } from './bootstrap/paths.mjs';
import { printProblem } from './bootstrap/problem.mjs';
import { Processes } from './bootstrap/processes.mjs';
import { applicationRuntime, checkOwnRuntime, withPrograms } from './bootstrap/runtime.mjs';
import { say, seconds } from './bootstrap/terminal.mjs';

const gates = ['format', 'lint', 'boundaries', 'openapi', 'migrations', 'env', 'client', 'breaking', 'holes'];

const { values, positionals } = parseArgs({ options: { json: { type: 'string' } }, allowPositionals: true });
try {
  await prepare();
  const chosen = positionals.length > 0 ? positionals : gates;
  const { failed, skipped } = await runGates(chosen);
  const result = { passed: chosen.length - failed - skipped, failed };
  if (values.json) writeFileSync(values.json, JSON.stringify(result));
  say(`${result.passed} gates passed, ${result.failed} failed${skipped ? `, ${skipped} skipped` : ''}`);
  process.exitCode = failed > 0 ? 1 : 0;
} catch (error) {
  printProblem(error);
  process.exitCode = 1;
}

async function prepare() {
  checkOwnRuntime();
  const processes = new Processes(join(local, `check-${process.pid}.json`));
  try {
    await installDependencies(processes);
    applicationRuntime();
  } finally {
    await processes.stopAll();
  }
}

// One after the other: each gate may use the whole machine, and its time means something.
async function runGates(names) {
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  let failed = 0;
  let skipped = 0;
  for (const name of names) {
    const started = Date.now();
    const { code, output } = await runGate(scripts[`check:${name}`], name);
    const [why] = /^skipped: .*$/m.exec(code === 0 ? output : '') ?? [];
    say(`${why ? '-' : code === 0 ? '✓' : '✗'} ${name} (${why ?? seconds(Date.now() - started)})`);
    if (why) skipped++;
    if (code === 0) continue;
    failed++;
    say(output.trimEnd().replace(/^/gm, '    '));
  }
  return { failed, skipped };
}

function runGate(command, name) {
  if (!command) return { code: 1, output: `package.json has no script check:${name}.` };
  return new Promise((resolve) => {
    const child = spawn(command, { cwd: root, env: withPrograms(), shell: true, stdio: ['ignore', 'pipe', 'pipe'] });
    const chunks = [];
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => chunks.push(chunk));
    child.once('close', (code) => resolve({ code, output: Buffer.concat(chunks).toString('utf8') }));
  });
}
