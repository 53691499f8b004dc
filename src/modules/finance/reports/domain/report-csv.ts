import type { Language } from '../../../../platform/http/language.js';
import type { Texts } from '../../../../platform/http/problem.js';
import { Money } from '../../../../platform/values/money.js';
import { byteOrderMark, csvAmount, csvRow } from '../../domain/journal-csv.js';

export type ReportCell = string | number | Money | null;
export type ReportRow = readonly ReportCell[];
/** Some rows at a time, so that a long file is made and sent in large pieces. */
export type ReportPages = Iterable<readonly ReportRow[]> | AsyncIterable<readonly ReportRow[]>;

/** A report as semicolon-separated text, with the decimal mark of its language. */
export async function* reportCsv(
  headings: readonly Texts[],
  pages: ReportPages,
  language: Language,
): AsyncGenerator<string> {
  yield byteOrderMark + csvRow(headings.map((heading) => heading[language]));
  const decimal = language === 'da' ? 'comma' : 'point';
  const text = (cell: ReportCell) => (cell instanceof Money ? csvAmount(cell, decimal) : String(cell ?? ''));
  for await (const rows of pages) yield rows.map((row) => csvRow(row.map(text))).join('');
}
