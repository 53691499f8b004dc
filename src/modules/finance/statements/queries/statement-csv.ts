import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../../platform/auth/actor.js';
import { inSchool } from '../../../../platform/tenancy/tenancy.js';
import type { Id } from '../../../../platform/values/id.js';
import { byteOrderMark, csvAmount, csvRow } from '../../domain/journal-csv.js';
import { statementWords } from '../domain/statement-words.js';
import { type StatementAsked, type StatementEntry, type StatementPage, StatementReader } from './statement-reader.js';

// What is left of an account is grouped for each page, so pages are large.
const atOnce = 5_000;

type Period = Omit<StatementAsked, 'limit' | 'cursor'>;

/** A statement of account as semicolon-separated text, in constant memory however long it is. */
@Injectable()
export class StatementCsv {
  constructor(private readonly statements: StatementReader) {}

  /** Reads the first page at once, so that a refusal is still one. @throws StudentNotFound */
  async lines(actor: Actor, studentId: Id, period: Period, language: 'da' | 'en'): Promise<AsyncGenerator<string>> {
    const read = (cursor?: string) =>
      inSchool(actor.schoolId, () =>
        this.statements.page(actor, studentId, { ...period, limit: atOnce, ...(cursor && { cursor }) }),
      );
    return linesOf(await read(), read, language);
  }
}

async function* linesOf(
  first: StatementPage,
  read: (cursor: string) => Promise<StatementPage>,
  language: 'da' | 'en',
): AsyncGenerator<string> {
  const { date, text, amount, balance, opening, kinds } = statementWords[language];
  const decimal = language === 'da' ? 'comma' : 'point';
  const lineOf = (entry: StatementEntry) => {
    const what = entry.number === null ? kinds[entry.kind] : `${kinds[entry.kind]} ${entry.number}`;
    return csvRow([entry.on, what, csvAmount(entry.amount, decimal), csvAmount(entry.balance, decimal)]);
  };
  yield byteOrderMark + csvRow([date, text, amount, balance]);
  yield csvRow(['', opening, '', csvAmount(first.opening, decimal)]);
  for (let page: StatementPage | null = first; page;) {
    yield page.items.map(lineOf).join('');
    page = page.nextCursor ? await read(page.nextCursor) : null;
  }
}
