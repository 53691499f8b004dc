import { CsvError, parse } from 'csv-parse';
import { Readable } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import { type ImportField, missingColumns, recognised } from './columns.js';
import { ColumnsMissing, ListEmpty, ListTooLong, UnreadableList } from './import-problems.js';

/** The cells of one row that mean something to us, as the file had them. Empty ones are left out. */
export type ImportCells = Readonly<Partial<Record<ImportField, string>>>;

export interface ImportedRow {
  /** As a spreadsheet counts: the headings are row 1. */
  readonly number: number;
  readonly cells: ImportCells;
}

export interface StudentList {
  readonly rows: readonly ImportedRow[];
  /** Headings that mean nothing to us. What stood below them, a CPR number perhaps, is not kept. */
  readonly ignoredColumns: readonly string[];
}

export const mostRows = 20_000;
const longestCell = 500;
// Beyond these nobody's spreadsheet goes; looking at more would keep all others waiting.
const mostLines = 2 * mostRows;
const mostColumns = 200;
// All of them fit their column, whatever they are made of.
const longestHeading = 50;
const longestRecord = 64 * 1024;

const delimiters = [';', ',', '\t'] as const;

/**
 * Reads a list as spreadsheets write it: UTF-8, UTF-16 or Windows-1252, separated by semicolon, comma or tab.
 * @throws UnreadableList, ColumnsMissing, ListEmpty, ListTooLong
 */
export async function readList(file: Buffer): Promise<StudentList> {
  const text = textOf(file);
  const rows: ImportedRow[] = [];
  let fields: readonly (ImportField | null)[] = [];
  let ignoredColumns: readonly string[] = [];
  let number = 0;
  for await (const record of recordsOf(text)) {
    number++;
    if (number > mostLines) throw new ListTooLong(mostRows);
    if (number === 1) {
      const headings = record.slice(0, mostColumns);
      fields = recognised(headings);
      ignoredColumns = ignoredOf(headings, fields);
      const missing = missingColumns(fields);
      if (missing.length > 0) throw new ColumnsMissing(missing);
    } else {
      const cells = cellsOf(record, fields);
      if (Object.keys(cells).length > 0) rows.push({ number, cells });
      if (rows.length > mostRows) throw new ListTooLong(mostRows);
    }
  }
  if (rows.length === 0) throw new ListEmpty();
  return { rows, ignoredColumns };
}

function ignoredOf(headings: readonly string[], fields: readonly (ImportField | null)[]): string[] {
  const ignored = headings.filter((heading, column) => heading !== '' && !fields[column]);
  return ignored.map((heading) => heading.slice(0, longestHeading));
}

function textOf(file: Buffer): string {
  // A spreadsheet's "Unicode text".
  if (file[0] === 0xff && file[1] === 0xfe) return new TextDecoder('utf-16le').decode(file);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(file);
  } catch {
    return new TextDecoder('windows-1252').decode(file);
  }
}

/** The one by which most headings mean something: a comma may stand in an address, a semicolon nowhere. */
function delimiterOf(text: string): string {
  const [headings = ''] = text.slice(0, longestRecord).split(/[\r\n]/, 1);
  const known = delimiters.map((each) => recognised(headings.split(each)).filter(Boolean).length);
  return delimiters[known.indexOf(Math.max(...known))]!;
}

/** @throws UnreadableList */
async function* recordsOf(text: string): AsyncGenerator<string[]> {
  const options = {
    delimiter: delimiterOf(text),
    relax_column_count: true,
    relax_quotes: true,
    trim: true,
    max_record_size: longestRecord,
  };
  const parser = Readable.from(portions(Buffer.from(text))).pipe(parse(options));
  try {
    for await (const record of parser) yield record as string[];
  } catch (error) {
    throw error instanceof CsvError ? new UnreadableList(Number(error['lines'])) : error;
  }
}

// In portions, so that a large file does not keep every other request waiting.
async function* portions(bytes: Buffer): AsyncGenerator<Buffer> {
  const size = 4 * 1024;
  for (let from = 0; from < bytes.length; from += size) {
    yield bytes.subarray(from, from + size);
    await setImmediate();
  }
}

function cellsOf(record: readonly string[], fields: readonly (ImportField | null)[]): ImportCells {
  const cells: Partial<Record<ImportField, string>> = {};
  for (const [column, field] of fields.entries()) {
    const cell = record[column] ?? '';
    if (field && cell !== '') cells[field] = cell.slice(0, longestCell);
  }
  return cells;
}
