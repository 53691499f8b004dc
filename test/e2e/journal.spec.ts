import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { TestSchool } from '../support/test-school.js';
import { Till } from './till.js';

let till: Till;

beforeAll(async () => {
  till = await Till.open();
});
afterEach(() => till.tidy());
afterAll(() => till?.close());

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
