import { stringify } from 'csv-stringify/sync';
import type { Language } from '../../../platform/http/language.js';
import type { Texts } from '../../../platform/http/problem.js';

/** The columns of our own lists. An import knows these headings again, but for the last three. */
const columnTexts = {
  name: { en: 'Name', da: 'Navn' },
  firstName: { en: 'First name', da: 'Fornavn' },
  lastName: { en: 'Last name', da: 'Efternavn' },
  email: { en: 'E-mail', da: 'E-mail' },
  phone: { en: 'Phone', da: 'Telefon' },
  birthDate: { en: 'Birth date', da: 'Fødselsdato' },
  licenceClass: { en: 'Category', da: 'Kategori' },
  addressLine: { en: 'Address', da: 'Adresse' },
  postcode: { en: 'Postcode', da: 'Postnr.' },
  city: { en: 'City', da: 'By' },
  status: { en: 'Status', da: 'Status' },
  createdAt: { en: 'Enrolled', da: 'Indskrevet' },
  errors: { en: 'Errors', da: 'Fejl' },
} as const satisfies Record<string, Texts>;

export type CsvColumn = keyof typeof columnTexts;
export type CsvRow = Readonly<Partial<Record<CsvColumn, string | null>>>;

/** Separated as the language's spreadsheets expect it; the mark in front tells them that it is UTF-8. */
const delimiters: Record<Language, string> = { da: ';', en: ',' };

export function csvHeadings(columns: readonly CsvColumn[], language: Language): string {
  return stringify([columns.map((column) => columnTexts[column][language])], {
    delimiter: delimiters[language],
    record_delimiter: 'windows',
    bom: true,
  });
}

/** A cell that a spreadsheet would take for a formula gets a quote in front; one of several lines stays one cell. */
export function csvRows(columns: readonly CsvColumn[], rows: readonly CsvRow[], language: Language): string {
  return stringify(
    rows.map((row) => columns.map((column) => row[column] ?? '')),
    { delimiter: delimiters[language], record_delimiter: 'windows', escape_formulas: true, quoted_match: /[\r\n]/ },
  );
}

/** A date as the language's spreadsheets know it; the import reads both. */
export function csvDate(date: string | null, language: Language): string | null {
  return date === null || language === 'en' ? date : date.split('-').toReversed().join('-');
}
