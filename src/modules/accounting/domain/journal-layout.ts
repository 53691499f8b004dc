import iconv from 'iconv-lite';
import { byteOrderMark, csvAmount, csvRow, type JournalEntry } from '../../finance/index.js';
import type { Money } from '../../../platform/values/money.js';
import type { BooksLayout, LayoutColumn } from '../ports/accounting-client.js';

const headings: Readonly<Record<LayoutColumn, string>> = {
  date: 'Dato',
  voucher: 'Bilag',
  account: 'Konto',
  text: 'Tekst',
  debit: 'Debet',
  credit: 'Kredit',
  amount: 'Beløb',
  vatCode: 'Momskode',
};

/** A general journal as the school's bookkeeping takes it in: its columns, its letters and its decimal mark. */
export async function* journalFile(
  pages: AsyncIterable<readonly JournalEntry[]>,
  layout: BooksLayout,
): AsyncGenerator<Buffer> {
  yield encoded(csvRow(layout.columns.map((column) => headings[column])), layout, true);
  const cells = layout.columns.map((column) => cellOf(column, layout.decimal));
  const row = (entry: JournalEntry) => csvRow(cells.map((cell) => cell(entry)));
  for await (const entries of pages) yield encoded(entries.map(row).join(''), layout);
}

/** What stands in a column. */
function cellOf(column: LayoutColumn, decimal: BooksLayout['decimal']): (entry: JournalEntry) => string {
  if (column === 'amount') return (entry) => csvAmount(signed(entry), decimal);
  if (column === 'debit' || column === 'credit') return (entry) => csvAmount(entry[column], decimal);
  return (entry) => entry[column] ?? '';
}

/** A debit is positive. */
function signed({ debit, credit }: JournalEntry): Money | null {
  return debit ?? credit?.negate() ?? null;
}

/** Text in the file's letters; UTF-8 has the mark in front that spreadsheets ask for. */
export function encoded(text: string, { encoding }: Pick<BooksLayout, 'encoding'>, first = false): Buffer {
  if (encoding === 'windows-1252') return iconv.encode(text, 'win1252');
  return Buffer.from(first ? byteOrderMark + text : text);
}
