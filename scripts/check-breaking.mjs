/*
 * npm run check:breaking [-- <folder>]: whoever was written for the last release may still call the API. openapi.json is compared with that of the last
 * tag v*; a change that breaks clients is declared in docs/api-breaks.json as { "<where, as printed here>": "<why>" }, which a release empties.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compareOpenApi } from 'api-smart-diff';
import { root } from './bootstrap/paths.mjs';

const folder = process.argv[2] ?? root;
const git = (...args) =>
  execFileSync('git', args, { cwd: folder, encoding: 'utf8', maxBuffer: 2 ** 27, stdio: 'pipe' });
const readJson = (file) => JSON.parse(readFileSync(join(folder, file), 'utf8'));

const release = lastRelease();
if (release) {
  const breaks = breaksOf(JSON.parse(git('show', `${release}:openapi.json`)), readJson('openapi.json'));
  const declared = readJson('docs/api-breaks.json');
  const undeclared = breaks.filter((each) => !(each in declared));
  const idle = Object.keys(declared).filter((each) => !breaks.includes(each));
  for (const each of undeclared) console.error(`breaks clients of ${release}: ${each}`);
  for (const each of idle) console.error(`declared, but nothing of the kind has changed since ${release}: ${each}`);
  if (undeclared.length > 0) console.error('Take it back, or say in docs/api-breaks.json why clients have to follow.');
  process.exitCode = undeclared.length + idle.length > 0 ? 1 : 0;
} else console.log('Nothing was released yet.');

function lastRelease() {
  try {
    return git('describe', '--tags', '--abbrev=0', '--match', 'v*').trim();
  } catch {
    return null;
  }
}

function breaksOf(before, after) {
  const { diffs } = compareOpenApi(before, after, {});
  return diffs
    .filter(({ path }) => path[0] === 'paths')
    .filter(breaksClients)
    .map(placeOf);
}

function breaksClients({ type, action, path }) {
  // Clients take words that they do not know (docs/api.md).
  if (action === 'add' && path.includes('responses') && path.at(-2) === 'enum') return false;
  // The library takes a number for a kind of text.
  return type === 'breaking' || (action === 'replace' && path.at(-1) === 'type');
}

function placeOf({ action, path }) {
  return `${action} ${path.slice(1).join(' › ')}`;
}
