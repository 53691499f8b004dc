/*
 * npm run check:client: the types of clients/typescript are those of openapi.json. With --write they are made anew.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import openapiTypescript, { astToString } from 'openapi-typescript';
import { root } from './bootstrap/paths.mjs';

const file = join(root, 'clients/typescript/src/schema.ts');
const heading = '// Made from openapi.json by `node scripts/check-client.mjs --write`; do not edit.\n';

const fresh =
  heading + astToString(await openapiTypescript(pathToFileURL(join(root, 'openapi.json')), { alphabetize: true }));

if (process.argv.includes('--write')) {
  writeFileSync(file, fresh);
  console.log(`${file} is up to date.`);
} else if (readCommitted() !== fresh) {
  console.error(
    'clients/typescript/src/schema.ts differs from openapi.json. Run node scripts/check-client.mjs --write and commit the result.',
  );
  process.exitCode = 1;
}

function readCommitted() {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
