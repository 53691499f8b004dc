import { Injectable } from '@nestjs/common';
import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { access, mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { AccountingClient, type DailyJournal, journalCsv } from '../../modules/finance/index.js';
import { newId } from '../../platform/values/id.js';
import { CsvAccountingConfig } from './csv-accounting.config.js';

/** Bookkeeping by file: {folder}/{school}/{date}.csv, and beside it a manifest that says the file is whole. */
@Injectable()
export class CsvAccountingClient extends AccountingClient {
  readonly provider = 'csv';

  constructor(private readonly config: CsvAccountingConfig) {
    super();
  }

  async postJournal({ schoolId, date, entries }: DailyJournal): Promise<void> {
    const folder = join(this.config.folder, schoolId);
    const file = join(folder, `${date}.csv`);
    const manifest = join(folder, `${date}.manifest.json`);
    // The manifest is written last, so where it is, the day has been handed over.
    if (await exists(manifest)) return;
    await mkdir(folder, { recursive: true });
    const written = await writeWhole(file, journalCsv(entries, this.config.decimal));
    const text = JSON.stringify({ schoolId, date, file: `${date}.csv`, ...written }, null, 2);
    await writeWhole(manifest, [`${text}\n`]);
  }
}

/** Under another name first, so nobody ever reads half a file. */
async function writeWhole(
  file: string,
  text: AsyncIterable<string> | Iterable<string>,
): Promise<{ sha256: string; bytes: number }> {
  const draft = `${file}.${newId()}.tmp`;
  const hash = createHash('sha256');
  let bytes = 0;
  const measure = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      bytes += chunk.length;
      done(null, chunk);
    },
  });
  try {
    await pipeline(Readable.from(text), measure, createWriteStream(draft, { flush: true }));
    await rename(draft, file);
  } finally {
    await rm(draft, { force: true });
  }
  return { sha256: hash.digest('hex'), bytes };
}

function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}
