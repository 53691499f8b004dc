import { EntityManager } from '@mikro-orm/mysql';
import { Injectable, type StreamableFile } from '@nestjs/common';
import { type Asked, byAge, List } from '../../../platform/database/list.js';
import { bin, schoolQuery } from '../../../platform/database/query.js';
import { mapPage, type Page } from '../../../platform/http/paging.js';
import { EventStreams } from '../../../platform/http/sse.js';
import type { Id } from '../../../platform/values/id.js';
import { ImportNotFound } from '../domain/import/import-problems.js';
import { type ImportRowState, importRowStates } from '../domain/import/student-import-row.js';
import type { ImportState } from '../domain/import/student-import.js';
import type { ImportTables } from './import-tables.js';

export interface ImportSummary {
  readonly id: Id;
  readonly state: ImportState;
  readonly invite: boolean;
  readonly ignoredColumns: readonly string[];
  readonly createdAt: Date;
  readonly finishedAt: Date | null;
}

export interface ImportView extends ImportSummary {
  /** How many rows are in each state. Counted, so that no process has to keep it. */
  readonly rows: Readonly<Record<ImportRowState, number>>;
}

export const importList = new List({ sorts: { createdAt: byAge }, defaultSort: '-createdAt' });

/** What has become of the school's imports. */
@Injectable()
export class StudentImportReader {
  constructor(
    private readonly em: EntityManager,
    private readonly streams: EventStreams,
  ) {}

  async list(asked: Asked<typeof importList>): Promise<Page<ImportSummary>> {
    return mapPage(await importList.page(this.imports, asked), summaryOf);
  }

  /** @throws ImportNotFound */
  async summary(importId: Id): Promise<ImportSummary> {
    const row = await this.imports.where('id', '=', bin(importId)).executeTakeFirst();
    if (!row) throw new ImportNotFound();
    return summaryOf(row);
  }

  /** @throws ImportNotFound */
  async get(importId: Id): Promise<ImportView> {
    return { ...(await this.summary(importId)), rows: await this.count(importId) };
  }

  /** What get() answers each time it changes, until the import has ended or waits for the office. @throws ImportNotFound */
  follow(importId: Id, lastEventId?: string): Promise<StreamableFile> {
    return this.streams.watch({
      read: () => this.get(importId),
      isFinal: ({ state }) => !['checking', 'enrolling'].includes(state),
      lastEventId,
    });
  }

  private async count(importId: Id): Promise<ImportView['rows']> {
    const counts = await schoolQuery<ImportTables>(this.em)
      .selectFrom('student_import_rows')
      .select(({ fn }) => ['state', fn.countAll<number>().as('count')])
      .where('import_id', '=', bin(importId))
      .groupBy('state')
      .execute();
    const of = (state: ImportRowState) => counts.find((each) => each.state === state)?.count ?? 0;
    return Object.fromEntries(importRowStates.map((state) => [state, of(state)])) as ImportView['rows'];
  }

  private get imports() {
    return schoolQuery<ImportTables>(this.em)
      .selectFrom('student_imports')
      .select(['id', 'state', 'invite', 'ignored_columns as ignoredColumns'])
      .select(['created_at as createdAt', 'finished_at as finishedAt']);
  }
}

function summaryOf(row: Omit<ImportSummary, 'ignoredColumns'> & { readonly ignoredColumns: string }): ImportSummary {
  return { ...row, ignoredColumns: JSON.parse(row.ignoredColumns) as string[] };
}
