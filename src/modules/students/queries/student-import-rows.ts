import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { inPages } from '../../../platform/database/in-pages.js';
import { bin, schoolQuery } from '../../../platform/database/query.js';
import type { Language } from '../../../platform/http/language.js';
import { decodeCursor, type Page, pageOf } from '../../../platform/http/paging.js';
import type { Id } from '../../../platform/values/id.js';
import { type CsvColumn, csvHeadings, csvRows } from '../domain/csv.js';
import { importFields } from '../domain/import/columns.js';
import type { ImportCells } from '../domain/import/read-list.js';
import type { ImportRowState, RowProblem } from '../domain/import/student-import-row.js';
import type { ImportTables } from './import-tables.js';
import { StudentImportReader } from './student-import-reader.js';

export interface ImportRowView {
  readonly number: number;
  readonly state: ImportRowState;
  /** Null once the student is enrolled. */
  readonly cells: ImportCells | null;
  readonly errors: readonly { readonly field: string; readonly message: string }[];
  readonly studentId: Id | null;
}

export interface ImportRowQuery {
  readonly limit: number;
  readonly cursor?: string;
  readonly state?: ImportRowState;
}

const faultyStates = ['invalid', 'refused'] as const;
const columns: readonly CsvColumn[] = [...importFields, 'errors'];
const rowsAtOnce = 500;

/** The rows of an import, with what is wrong with each in the reader's language. */
@Injectable()
export class StudentImportRows {
  constructor(
    private readonly em: EntityManager,
    private readonly imports: StudentImportReader,
  ) {}

  /** In the order of the file. @throws ImportNotFound */
  async list(importId: Id, query: ImportRowQuery, language: Language): Promise<Page<ImportRowView>> {
    await this.imports.summary(importId);
    const after = decodeCursor(query.cursor, { number: 'number' })?.number ?? 0;
    const states = query.state && [query.state];
    const rows = await this.read(importId, { after, states, limit: query.limit + 1 }, language);
    return pageOf(rows, query.limit, ({ number }) => ({ number }));
  }

  /** The rows that were not enrolled, as a list to be mended and uploaded again. @throws ImportNotFound */
  async faulty(importId: Id, language: Language): Promise<AsyncGenerator<string>> {
    await this.imports.summary(importId);
    return this.faultyLines(importId, language);
  }

  private async *faultyLines(importId: Id, language: Language): AsyncGenerator<string> {
    yield csvHeadings(columns, language);
    const pages = inPages(rowsAtOnce, (last?: ImportRowView) =>
      this.read(importId, { after: last?.number ?? 0, states: faultyStates, limit: rowsAtOnce }, language),
    );
    for await (const rows of pages) yield csvRows(columns, rows.map(lineOf), language);
  }

  private async read(
    importId: Id,
    { after, states, limit }: { after: number; states: readonly ImportRowState[] | undefined; limit: number },
    language: Language,
  ): Promise<ImportRowView[]> {
    const rows = await schoolQuery<ImportTables>(this.em)
      .selectFrom('student_import_rows')
      .select(['number', 'state', 'cells', 'errors', 'student_id as studentId'])
      .where('import_id', '=', bin(importId))
      .where('number', '>', after)
      .$if(states !== undefined, (all) => all.where('state', 'in', states!))
      .orderBy('number')
      .limit(limit)
      .execute();
    return rows.map((row) => ({
      ...row,
      cells: row.cells === null ? null : (JSON.parse(row.cells) as ImportCells),
      errors: problemsIn(row.errors, language),
    }));
  }
}

function problemsIn(errors: string | null, language: Language): ImportRowView['errors'] {
  if (errors === null) return [];
  return (JSON.parse(errors) as RowProblem[]).map(({ field, message }) => ({ field, message: message[language] }));
}

function lineOf({ cells, errors }: ImportRowView) {
  return { ...cells, errors: errors.map(({ field, message }) => `${field} ${message}`.trim()).join('; ') };
}
