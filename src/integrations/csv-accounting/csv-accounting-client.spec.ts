import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { JournalEntry } from '../../modules/finance/index.js';
import { newId } from '../../platform/values/id.js';
import { Money } from '../../platform/values/money.js';
import { CsvAccountingClient } from './csv-accounting-client.js';

const schoolId = newId();
const date = '2026-12-01';

async function* entries(amount: number): AsyncGenerator<readonly JournalEntry[]> {
  const line = { date, voucher: '1', text: 'Faktura 1' };
  yield [{ ...line, account: '1100', debit: Money.of(amount), credit: null, vatCode: null }];
  yield [{ ...line, account: '3000', debit: null, credit: Money.of(amount), vatCode: 'U25' }];
}

describe('CsvAccountingClient', () => {
  let folder: string;
  let client: CsvAccountingClient;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'journal-'));
    client = new CsvAccountingClient({ provider: 'csv', folder, decimal: 'comma' });
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('writes a day once, with a manifest that says it is whole', async () => {
    await client.postJournal({ schoolId, date, entries: entries(100) });
    await client.postJournal({ schoolId, date, entries: entries(999) });
    const text = await readFile(join(folder, schoolId, `${date}.csv`));
    const manifest = JSON.parse(await readFile(join(folder, schoolId, `${date}.manifest.json`), 'utf8'));
    expect(text.toString()).toContain('1,00');
    expect(manifest).toEqual({
      schoolId,
      date,
      file: `${date}.csv`,
      sha256: createHash('sha256').update(text).digest('hex'),
      bytes: text.length,
    });
    expect(await readdir(join(folder, schoolId))).toHaveLength(2);
  });

  it('leaves nothing behind when reading the day fails', async () => {
    async function* broken(): AsyncGenerator<readonly JournalEntry[]> {
      yield* entries(100);
      throw new Error('the database went away');
    }
    await expect(client.postJournal({ schoolId, date, entries: broken() })).rejects.toThrow('went away');
    expect(await readdir(join(folder, schoolId))).toEqual([]);
    await client.postJournal({ schoolId, date, entries: entries(100) });
    expect(await readdir(join(folder, schoolId))).toContain(`${date}.manifest.json`);
  });
});
