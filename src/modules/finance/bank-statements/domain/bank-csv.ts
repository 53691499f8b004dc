import { CsvError, parse } from 'csv-parse';
import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import { isLocalDate } from '../../../../platform/http/time-fields.js';
import type { LocalDate } from '../../../../platform/values/zone.js';
import { BankFileColumnsMissing, BankFileTooLong, BankFileUnreadable } from './bank-problems.js';

/** Money that came in, as the bank tells it. */
export interface BankRow {
  readonly bookedOn: LocalDate;
  readonly amountMinor: number;
  readonly text: string;
  /** The same for the same line of another file. */
  readonly hash: string;
}

/** What the columns are called where the file does not use the names that banks use. */
export interface BankColumns {
  readonly date?: string;
  readonly amount?: string;
  readonly text?: string;
}

export const mostBankLines = 20_000;
const longestText = 500;
const longestRecord = 64 * 1024;

const headings = {
  date: ['dato', 'bogført', 'bogført dato', 'bogføringsdato', 'rentedato', 'date', 'booked', 'posting date'],
  amount: ['beløb', 'beløb i dkk', 'amount'],
  text: ['tekst', 'beskrivelse', 'posteringstekst', 'navn', 'text', 'description'],
  more: ['besked', 'meddelelse', 'reference', 'modtagerreference', 'supplerende tekst', 'message', 'note'],
  balance: ['saldo', 'balance'],
} as const;

/**
 * Reads what a Danish bank exports: UTF-8 or Windows-1252; semicolons, commas or tabs; Danish numbers and dates. Money that went out is left out.
 * @throws BankFileUnreadable, BankFileColumnsMissing, BankFileTooLong
 */
export async function* readBankFile(file: Buffer, columns: BankColumns): AsyncGenerator<BankRow> {
  const text = textOf(file);
  const seen = new Map<string, number>();
  let places: Places | undefined;
  let number = 0;
  for await (const record of recordsOf(text, columns)) {
    number++;
    if (number > mostBankLines) throw new BankFileTooLong(mostBankLines);
    if (!places) {
      places = placesOf(record, columns);
      continue;
    }
    if (record.every((cell) => cell === '')) continue;
    const row = rowOf(record, places);
    if (!row) throw new BankFileUnreadable(number);
    if (row.amountMinor <= 0) continue;
    // Two alike on one day are two: the second of a file is the second of every file.
    const identity = JSON.stringify([row.bookedOn, row.amountMinor, row.text, record[places.balance] ?? '']);
    const nth = (seen.get(identity) ?? 0) + 1;
    seen.set(identity, nth);
    const hash = createHash('sha256').update(`${identity}#${nth}`).digest('hex');
    yield { ...row, text: masked(row.text).slice(0, longestText), hash };
  }
  if (!places) throw new BankFileUnreadable(1);
}

interface Places {
  readonly date: number;
  readonly amount: number;
  readonly texts: readonly number[];
  readonly balance: number;
}

const plain = (heading: string) => heading.trim().toLowerCase();

function placesOf(record: readonly string[], columns: BankColumns): Places {
  const names = record.map(plain);
  const find = (asked: string | undefined, known: readonly string[]) =>
    asked ? names.indexOf(plain(asked)) : names.findIndex((name) => known.includes(name));
  const [date, amount] = [find(columns.date, headings.date), find(columns.amount, headings.amount)];
  const text = find(columns.text, headings.text);
  const missing = Object.entries({ date, amount, text }).flatMap(([name, place]) => (place < 0 ? [name] : []));
  if (missing.length > 0) throw new BankFileColumnsMissing(missing);
  const more = names.flatMap((name, place) => ((headings.more as readonly string[]).includes(name) ? [place] : []));
  return { date, amount, texts: [text, ...more], balance: find(undefined, headings.balance) };
}

function rowOf(record: readonly string[], { date, amount, texts }: Places): Omit<BankRow, 'hash'> | null {
  const bookedOn = dateOf(record[date] ?? '');
  const amountMinor = minorOf(record[amount] ?? '');
  if (bookedOn === null || amountMinor === null) return null;
  const text = texts
    .map((place) => record[place] ?? '')
    .filter(Boolean)
    .join(' ');
  // eslint-disable-next-line no-control-regex
  return { bookedOn, amountMinor, text: text.replace(/[\u0000-\u001f\u007f]+/g, ' ').trim() };
}

/** 01-12-2026, 1.12.2026, 01/12/2026 or 2026-12-01; null when it is none. */
export function dateOf(text: string): LocalDate | null {
  const [, day = '', month = '', year = ''] = /^(\d{1,2})[-./](\d{1,2})[-./](\d{4})$/.exec(text) ?? [];
  const date = day ? `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}` : text.replaceAll('/', '-');
  return isLocalDate(date) && date >= '1990-01-01' && date <= '2199-12-31' ? date : null;
}

/** 1.234,56 or 1234.56 as øre; null when it is no amount. */
export function minorOf(text: string): number | null {
  const bare = text.replace(/\s|kr\.?|DKK/gi, '').replace('−', '-');
  const danish = /^([+-]?)(\d{1,3}(?:\.\d{3})*|\d+)(?:,(\d{1,2}))?$/.exec(bare);
  const [, sign = '', whole = '', part = ''] =
    danish ?? /^([+-]?)(\d+|\d{1,3}(?:,\d{3})+)\.(\d{1,2})$/.exec(bare) ?? [];
  if (whole === '') return null;
  const minor = Number(whole.replace(/[.,]/g, '')) * 100 + Number(part.padEnd(2, '0'));
  return minor <= 1_000_000_000_00 ? (sign === '-' ? -minor : minor) : null;
}

// An account number tells more than anybody needs; a giro slip's payment id, which has 15 digits or 16, tells which invoice.
function masked(text: string): string {
  return text.replace(/(?<![\d<])(\d{4})[ .-]?(\d{6,10})(?!\d)/g, (whole, _reg: string, account: string) =>
    whole.replace(/\D/g, '').length >= 15 ? whole : `••••${account.slice(-4)}`,
  );
}

function textOf(file: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(file);
  } catch {
    return new TextDecoder('windows-1252').decode(file);
  }
}

async function* recordsOf(text: string, columns: BankColumns): AsyncGenerator<string[]> {
  const [first = ''] = text.slice(0, longestRecord).split(/[\r\n]/, 1);
  const known = [...Object.values(headings).flat(), ...Object.values(columns).filter(Boolean).map(plain)] as string[];
  const scores = [';', '\t', ','].map((each) => {
    const names = first.split(each).map((name) => plain(name.replaceAll('"', '')));
    return [each, names.filter((name) => known.includes(name)).length] as const;
  });
  const [delimiter] = scores.reduce((best, each) => (each[1] > best[1] ? each : best));
  const options = {
    delimiter,
    relax_column_count: true,
    relax_quotes: true,
    trim: true,
    max_record_size: longestRecord,
  };
  const parser = Readable.from(portions(Buffer.from(text))).pipe(parse(options));
  try {
    for await (const record of parser) yield record as string[];
  } catch (error) {
    throw error instanceof CsvError ? new BankFileUnreadable(Number(error['lines']) || 1) : error;
  }
}

// In portions, so that a large file does not keep every other request waiting.
async function* portions(bytes: Buffer): AsyncGenerator<Buffer> {
  const size = 16 * 1024;
  for (let from = 0; from < bytes.length; from += size) {
    yield bytes.subarray(from, from + size);
    await setImmediate();
  }
}
