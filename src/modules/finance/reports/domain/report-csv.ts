import type { Language } from '../../../../platform/http/language.js';
import type { Texts } from '../../../../platform/http/problem.js';
import { Money } from '../../../../platform/values/money.js';
import { byteOrderMark, csvAmount, csvRow } from '../../domain/journal-csv.js';

export type ReportCell = string | number | Money | null;
export type ReportRows = Iterable<readonly ReportCell[]> | AsyncIterable<readonly ReportCell[]>;

/** A report as semicolon-separated text, line by line, with the decimal mark of its language. */
export async function* reportCsv(
  headings: readonly Texts[],
  rows: ReportRows,
  language: Language,
): AsyncGenerator<string> {
  yield byteOrderMark + csvRow(headings.map((heading) => heading[language]));
  const decimal = language === 'da' ? 'comma' : 'point';
  const text = (cell: ReportCell) => (cell instanceof Money ? csvAmount(cell, decimal) : String(cell ?? ''));
  for await (const row of rows) yield csvRow(row.map(text));
}
