/*
 * npm run check:openapi: the committed openapi.json is what the code says, and what the linter accepts.
 * Expects a build.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const partners = 'docs/partners';
const folder = mkdtempSync(join(tmpdir(), 'openapi-'));
try {
  process.exitCode = isCurrent(join(folder, 'openapi.json')) && isClean() && arePartnersClean() ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true });
}

function isCurrent(fresh) {
  if (!run(process.execPath, ['dist/src/openapi.js', fresh])) return false;
  const [expected, committed] = [fresh, 'openapi.json'].map((file) => readFileSync(file, 'utf8').split('\n'));
  const line = expected.findIndex((text, index) => text !== committed[index]);
  if (line === -1 && expected.length === committed.length) return true;
  console.error(
    `openapi.json differs from the code at line ${line + 1}:\n  committed: ${committed[line]}\n  code:      ${expected[line]}\nRun npm run openapi and commit the result.`,
  );
  return false;
}

function isClean() {
  return run('redocly', ['lint', '--config', 'redocly.yaml', 'openapi.json']);
}

/** Our own contracts with partners. */
function arePartnersClean() {
  const documents = readdirSync(partners).filter((file) => file.endsWith('.openapi.json'));
  const paths = documents.map((file) => join(partners, file));
  return run('redocly', ['lint', '--config', join(partners, 'redocly.yaml'), ...paths]);
}

function run(command, args) {
  const { status, error } = spawnSync(command, args, {
    stdio: 'inherit',
    env: { ...process.env, REDOCLY_TELEMETRY: 'off' },
  });
  if (error) console.error(error.message);
  return status === 0;
}
