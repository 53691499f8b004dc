import { EntityManager, LockMode } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { bin, schoolQuery } from '../../../platform/database/query.js';
import { Transaction } from '../../../platform/database/transaction.js';
import { Clock } from '../../../platform/values/clock.js';
import type { Id } from '../../../platform/values/id.js';
import { StudentImport } from '../domain/import/student-import.js';
import type { ImportTables } from '../queries/import-tables.js';
import { EnrolImportedRow } from './enrol-imported-row.js';

// A turn must be over long before the delivery's lease is.
const rowsAtOnce = 200;

/** Enrols the next students of an import, each in a transaction of its own. */
@Injectable()
export class EnrolImportedRows {
  constructor(
    readonly em: EntityManager,
    private readonly enrolImportedRow: EnrolImportedRow,
    private readonly clock: Clock,
  ) {}

  /** @returns whether rows are left; repeating it, or stopping it anywhere, enrols nobody twice */
  async execute(importId: Id): Promise<boolean> {
    const numbers = await this.nextRows(importId);
    for (const number of numbers) await this.enrolImportedRow.execute(importId, number);
    if (numbers.length === rowsAtOnce) return true;
    await this.finish(importId);
    return false;
  }

  private async nextRows(importId: Id): Promise<number[]> {
    const rows = await schoolQuery<ImportTables>(this.em)
      .selectFrom('student_import_rows')
      .select('number')
      .where('import_id', '=', bin(importId))
      .where('state', '=', 'valid')
      .orderBy('number')
      .limit(rowsAtOnce)
      .execute();
    return rows.map(({ number }) => number);
  }

  @Transaction()
  protected async finish(importId: Id): Promise<void> {
    const opened = await this.em.findOne(StudentImport, { id: importId }, { lockMode: LockMode.PESSIMISTIC_WRITE });
    if (opened?.state === 'enrolling') opened.finish(this.clock.now());
  }
}
