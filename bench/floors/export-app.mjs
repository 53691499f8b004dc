// The contender of an export, in a process of its own: the application's lines, written to a file as the bookkeeping gets them.
import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import 'reflect-metadata';
import { withApplication } from '../../dist/src/cli/application.js';
import { AccountWords } from '../../dist/src/modules/accounting/domain/account-words.js';
import { journalFile } from '../../dist/src/modules/accounting/domain/journal-layout.js';
import { BooksJournals } from '../../dist/src/modules/accounting/queries/books-journals.js';
import { inSchool } from '../../dist/src/platform/tenancy/tenancy.js';
import { watched } from './export-watch.mjs';

const { school, from, until } = JSON.parse(process.argv[2]);
const file = join(tmpdir(), `bench-export-${process.pid}.csv`);
const layout = {
  columns: ['date', 'voucher', 'account', 'text', 'debit', 'credit', 'vatCode'],
  encoding: 'utf-8',
  decimal: 'comma',
};

const answer = await withApplication((app) =>
  inSchool(school, async () => {
    const journals = app.get(BooksJournals, { strict: false });
    const span = { from, to: until, mode: 'journals' };
    const words = new AccountWords([], true);
    return watched(async () => {
      let lines = 0;
      const sums = await journals.sums(span, words);
      async function* counted() {
        for await (const entries of journals.lines(span, words, sums)) {
          lines += entries.length;
          yield entries;
        }
      }
      await pipeline(Readable.from(journalFile(counted(), layout), { objectMode: false }), createWriteStream(file));
      return lines;
    });
  }),
);
await rm(file);
process.send(answer);
process.disconnect();
