import { stringify } from 'csv-stringify/sync';
import type { Language } from '../../../../platform/http/language.js';
import type { Texts } from '../../../../platform/http/problem.js';
import type { SourceConversion } from '../queries/lead-report.js';

const headings = {
  source: { en: 'Source', da: 'Kilde' },
  received: { en: 'Received', da: 'Modtaget' },
  waiting: { en: 'Untouched', da: 'Ubehandlet' },
  contacted: { en: 'Contacted', da: 'Kontaktet' },
  converted: { en: 'Students', da: 'Elever' },
  rejected: { en: 'Closed', da: 'Afsluttet' },
  escalated: { en: 'Touched too late', da: 'Behandlet for sent' },
  percent: { en: 'Students, %', da: 'Elever, %' },
} as const satisfies Record<string, Texts>;

/** The report as lines of CSV, separated and with decimals as the language's spreadsheets expect it. */
export async function* leadReportCsv(rows: readonly SourceConversion[], language: Language): AsyncGenerator<string> {
  const percent = (bp: number) => (bp / 100).toFixed(2).replace('.', language === 'da' ? ',' : '.');
  const lines = rows.map(({ conversionBp, ...row }) => ({ ...row, percent: percent(conversionBp) }));
  const names = Object.keys(headings) as (keyof typeof headings)[];
  yield stringify(
    [names.map((name) => headings[name][language]), ...lines.map((line) => names.map((name) => line[name]))],
    { delimiter: language === 'da' ? ';' : ',', record_delimiter: 'windows', bom: true, escape_formulas: true },
  );
}
