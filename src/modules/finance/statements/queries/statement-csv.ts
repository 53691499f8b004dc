import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../../platform/auth/actor.js';
import { inSchool } from '../../../../platform/tenancy/tenancy.js';
import type { Id } from '../../../../platform/values/id.js';
import type { Money } from '../../../../platform/values/money.js';
import { statementWords } from '../domain/statement-words.js';
import { type StatementAsked, type StatementPage, StatementReader } from './statement-reader.js';

/** Spreadsheets take the file for Danish text only with the mark in front. */
const byteOrderMark = '\uFEFF';
const atOnce = 500;

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
  yield byteOrderMark + row([date, text, amount, balance]);
  yield row(['', opening, '', number(first.opening)]);
  for (let page: StatementPage | null = first; page;) {
    for (const entry of page.items) {
      const what = entry.number === null ? kinds[entry.kind] : `${kinds[entry.kind]} ${entry.number}`;
      yield row([entry.on, what, number(entry.amount), number(entry.balance)]);
    }
    page = page.nextCursor ? await read(page.nextCursor) : null;
  }
}

function row(cells: readonly string[]): string {
  return `${cells.join(';')}\r\n`;
}

/** Without thousands separators, which importers misread. */
function number({ amount }: Money): string {
  const digits = String(Math.abs(amount)).padStart(3, '0');
  return `${amount < 0 ? '-' : ''}${digits.slice(0, -2)},${digits.slice(-2)}`;
}
