import type { Money } from '../../../platform/values/money.js';
import type { JournalEntry } from './journal-entry.js';

/** Spreadsheets take the file for Danish text only with the mark in front. */
export const byteOrderMark = '\uFEFF';
const heading = ['Dato', 'Bilag', 'Konto', 'Tekst', 'Debet', 'Kredit', 'Momskode'];

export type DecimalMark = 'comma' | 'point';

/** The general journal as semicolon-separated text, as many lines at a time as there are entries. */
export async function* journalCsv(
  pages: AsyncIterable<readonly JournalEntry[]>,
  decimal: DecimalMark = 'comma',
): AsyncGenerator<string> {
  yield byteOrderMark + csvRow(heading);
  for await (const entries of pages) yield entries.map((entry) => lineOf(entry, decimal)).join('');
}

function lineOf({ date, voucher, account, text, debit, credit, vatCode }: JournalEntry, decimal: DecimalMark): string {
  return csvRow([date, voucher, account, text, csvAmount(debit, decimal), csvAmount(credit, decimal), vatCode ?? '']);
}

export function csvRow(cells: readonly string[]): string {
  return `${cells.map(cell).join(';')}\r\n`;
}

function cell(text: string): string {
  return /[;"\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Without thousands separators, which importers misread. */
export function csvAmount(money: Money | null, decimal: DecimalMark): string {
  if (!money) return '';
  const digits = String(Math.abs(money.amount)).padStart(3, '0');
  const sign = money.amount < 0 ? '-' : '';
  return `${sign}${digits.slice(0, -2)}${decimal === 'comma' ? ',' : '.'}${digits.slice(-2)}`;
}
