import { expect, it } from '@jest/globals';
import { readFileSync, writeFileSync } from 'node:fs';
import { catalogueRows, payloadSchemas } from './webhook-catalogue.js';

const file = 'docs/webhooks.schema.json';

// `WRITE_WEBHOOK_SCHEMAS=1 npm test src/modules/outgoing-webhooks/domain` writes it anew.
it('docs/webhooks.schema.json is the catalogue as it is', () => {
  if (process.env['WRITE_WEBHOOK_SCHEMAS']) writeFileSync(file, `${JSON.stringify(payloadSchemas(), null, 2)}\n`);
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(payloadSchemas());
});

it('docs/webhooks.md lists every type with what its data holds', () => {
  const shown = readFileSync('docs/webhooks.md', 'utf8')
    .split('\n')
    .filter((line) => /^\| `[a-z]+\.[a-z_]+`/.test(line))
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
  expect(shown).toEqual(catalogueRows());
});
