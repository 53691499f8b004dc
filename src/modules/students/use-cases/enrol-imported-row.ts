import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { bin, globalQuery, schoolQuery } from '../../../platform/database/query.js';
import { inTransaction } from '../../../platform/database/transaction.js';
import { Problem } from '../../../platform/http/problem.js';
import { currentSchool } from '../../../platform/tenancy/tenancy.js';
import type { Id } from '../../../platform/values/id.js';
import { enrolmentOf } from '../domain/import/enrolment-of.js';
import type { ImportCells } from '../domain/import/read-list.js';
import type { ImportRowState } from '../domain/import/student-import-row.js';
import type { ImportTables } from '../queries/import-tables.js';
import { EnrolStudent, type EnrolStudentInput } from './enrol-student.js';

/** Enrols the student of one row: the row says so in the transaction that makes the student, so it happens once. */
@Injectable()
export class EnrolImportedRow {
  constructor(
    private readonly em: EntityManager,
    private readonly enrolStudent: EnrolStudent,
  ) {}

  /** Does nothing when the row is done, or the import is not enrolling any more. What the rules refuse is kept with the row. */
  async execute(importId: Id, number: number): Promise<void> {
    try {
      await inTransaction(this.em, () => this.enrol(importId, number));
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      await inTransaction(this.em, () => this.refuse(importId, number, error));
    }
  }

  private async enrol(importId: Id, number: number): Promise<void> {
    const row = await this.enrollable(importId, number);
    // The write comes first: another run of the same job waits here, and then finds it done.
    if (!row || !(await this.move(importId, number, { state: 'enrolled', email: null, cells: null }))) return;
    const student = enrolmentOf(JSON.parse(row.cells!) as ImportCells) as unknown as EnrolStudentInput;
    const { id } = await this.enrolStudent.execute({ ...student, invite: row.invite });
    await this.row(importId, number)
      .set({ student_id: bin(id) })
      .execute();
  }

  private async refuse(importId: Id, number: number, { fields, texts }: Problem): Promise<void> {
    const errors = JSON.stringify(fields.length > 0 ? fields : [{ field: '', message: texts }]);
    await this.move(importId, number, { state: 'refused', errors });
  }

  private enrollable(importId: Id, number: number) {
    return schoolQuery<ImportTables>(this.em)
      .selectFrom('student_import_rows')
      .innerJoin('student_imports', (join) =>
        join
          .onRef('student_imports.school_id', '=', 'student_import_rows.school_id')
          .onRef('student_imports.id', '=', 'student_import_rows.import_id'),
      )
      .select(['student_import_rows.cells', 'student_imports.invite'])
      .where('student_import_rows.import_id', '=', bin(importId))
      .where('student_import_rows.number', '=', number)
      .where('student_import_rows.state', '=', 'valid')
      .where('student_imports.state', '=', 'enrolling')
      .executeTakeFirst();
  }

  private async move(importId: Id, number: number, change: RowChange): Promise<boolean> {
    const { numUpdatedRows } = await this.row(importId, number)
      .where('state', '=', 'valid')
      .set(change)
      .executeTakeFirst();
    return numUpdatedRows === 1n;
  }

  private row(importId: Id, number: number) {
    return globalQuery<ImportTables>(this.em)
      .updateTable('student_import_rows')
      .where('school_id', '=', bin(currentSchool()))
      .where('import_id', '=', bin(importId))
      .where('number', '=', number);
  }
}

interface RowChange {
  readonly state: ImportRowState;
  readonly email?: null;
  readonly cells?: null;
  readonly errors?: string;
}
