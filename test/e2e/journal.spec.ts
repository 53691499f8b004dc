import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ExportJournal } from '../../src/modules/finance/jobs/export-journal.js';
import type { TestSchool } from '../support/test-school.js';
import { Till } from './till.js';

let till: Till;
let journals: string;

beforeAll(async () => {
  journals = await mkdtemp(join(tmpdir(), 'journals-'));
  till = await Till.open({ ACCOUNTING_EXPORT_ENABLED: 'true', ACCOUNTING_EXPORT_DIR: journals });
});
afterEach(() => till.tidy());
afterAll(async () => {
  await till?.close();
  await rm(journals, { recursive: true });
});

const ore = (text: string | undefined) => Number((text ?? '').replace(',', '') || 0);
const linesOf = (text: string) =>
  text
    .slice(1)
    .trimEnd()
    .split('\r\n')
    .map((line) => line.split(';'));
const sum = (lines: string[][], column: number) => lines.reduce((total, line) => total + ore(line[column]), 0);

describe('the journal of a day', () => {
  it('balances to zero and names no person', async () => {
    await till.paid(777);
    const download = (school: TestSchool) =>
      school.owner.get(`/accounting/journal.csv?date=${till.today()}`).buffer(true).expect(200);
    const { text } = await download(till.nord);
    expect(text.charCodeAt(0)).toBe(0xfeff);
    const [head, ...lines] = linesOf(text);
    expect(head).toEqual(['Dato', 'Bilag', 'Konto', 'Tekst', 'Debet', 'Kredit', 'Momskode']);
    expect(sum(lines, 4)).toBeGreaterThan(0);
    expect(sum(lines, 4)).toBe(sum(lines, 5));
    expect(lines.map((line) => line[3]).join()).not.toMatch(/@|Holm/);
    expect(lines.some((line) => line[2] === '7200' && line[5] === '155,40' && line[6] === 'U25')).toBe(true);
    expect(linesOf((await download(till.syd)).text)).toEqual([head]);
    await till.nord.student.caller.get(`/accounting/journal.csv?date=${till.today()}`).expect(403);
  });
});

describe('by night', () => {
  it('each school’s finished days are written for its bookkeeping, once', async () => {
    await till.paid();
    const day = till.today();
    till.test.clock.advance({ days: 1 });
    const run = () => till.test.app.get(ExportJournal, { strict: false }).run(till.test.clock.now());
    await run();
    const text = await readFile(join(journals, till.nord.id, `${day}.csv`), 'utf8');
    const [, ...lines] = linesOf(text);
    expect(sum(lines, 4)).toBeGreaterThan(0);
    expect(sum(lines, 4)).toBe(sum(lines, 5));
    const files = await readdir(join(journals, till.nord.id));
    await run();
    expect(await readdir(join(journals, till.nord.id))).toEqual(files);
    expect(await readFile(join(journals, till.nord.id, `${day}.csv`), 'utf8')).toBe(text);
  });
});
