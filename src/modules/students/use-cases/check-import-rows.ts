import { EntityManager, LockMode } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { bin, globalQuery, schoolQuery } from '../../../platform/database/query.js';
import { Transaction } from '../../../platform/database/transaction.js';
import { currentSchool } from '../../../platform/tenancy/tenancy.js';
import { Clock } from '../../../platform/values/clock.js';
import type { Id } from '../../../platform/values/id.js';
import type { ImportRowState, RowProblem } from '../domain/import/student-import-row.js';
import { StudentImport } from '../domain/import/student-import.js';
import { ImportRowRules, type RowToCheck } from '../queries/import-row-rules.js';
import type { ImportTables } from '../queries/import-tables.js';

const rowsAtOnce = 500;

/** Looks at the next rows of an import, and says of each what would keep it from being enrolled. */
@Injectable()
export class CheckImportRows {
  constructor(
    readonly em: EntityManager,
    private readonly rules: ImportRowRules,
    private readonly clock: Clock,
  ) {}

  /** @returns whether rows are left; repeating it changes nothing */
  @Transaction()
  async execute(importId: Id): Promise<boolean> {
    // Held, so that whoever cancels meanwhile is not overwritten.
    const opened = await this.em.findOne(StudentImport, { id: importId }, { lockMode: LockMode.PESSIMISTIC_WRITE });
    if (opened?.state !== 'checking') return false;
    const rows = await this.nextRows(importId);
    const problems = await this.rules.problemsOf(importId, rows, this.clock.now());
    await this.record(
      importId,
      rows.filter(({ number }) => !problems.has(number)),
      'valid',
      null,
    );
    for (const row of rows.filter(({ number }) => problems.has(number)))
      await this.record(importId, [row], 'invalid', problems.get(row.number)!);
    if (rows.length === rowsAtOnce) return true;
    opened.checked();
    return false;
  }

  private nextRows(importId: Id): Promise<RowToCheck[]> {
    return schoolQuery<ImportTables>(this.em)
      .selectFrom('student_import_rows')
      .select(['number', 'email', 'cells'])
      .where('import_id', '=', bin(importId))
      .where('state', '=', 'unchecked')
      .orderBy('number')
      .limit(rowsAtOnce)
      .execute();
  }

  private async record(
    importId: Id,
    rows: readonly RowToCheck[],
    state: ImportRowState,
    problems: readonly RowProblem[] | null,
  ): Promise<void> {
    if (rows.length === 0) return;
    await globalQuery<ImportTables>(this.em)
      .updateTable('student_import_rows')
      .set({ state, errors: problems && JSON.stringify(problems) })
      .where('school_id', '=', bin(currentSchool()))
      .where('import_id', '=', bin(importId))
      .where(
        'number',
        'in',
        rows.map(({ number }) => number),
      )
      .execute();
  }
}
