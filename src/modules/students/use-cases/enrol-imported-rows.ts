import { EntityManager, LockMode } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import { bin, globalQuery, schoolQuery, type StoredId } from '../../../platform/database/query.js';
import { inTransaction, Transaction } from '../../../platform/database/transaction.js';
import { Problem } from '../../../platform/http/problem.js';
import { currentSchool } from '../../../platform/tenancy/tenancy.js';
import { Clock } from '../../../platform/values/clock.js';
import type { Id } from '../../../platform/values/id.js';
import { enrolmentOf } from '../domain/import/enrolment-of.js';
import type { ImportCells } from '../domain/import/read-list.js';
import { StudentImport } from '../domain/import/student-import.js';
import type { ImportTables } from '../queries/import-tables.js';
import { EnrolStudent, type EnrolStudentInput } from './enrol-student.js';

// A turn must be over long before the delivery's lease is.
const rowsAtOnce = 500;
// Begun and committed together; more would keep their rows from others for too long.
const rowsTogether = 100;

/** Enrols the next students of an import, many at a time. */
@Injectable()
export class EnrolImportedRows {
  constructor(
    readonly em: EntityManager,
    private readonly enrolStudent: EnrolStudent,
    private readonly clock: Clock,
  ) {}

  /** @returns whether rows are left; repeating it, or stopping it anywhere, enrols nobody twice */
  async execute(importId: Id): Promise<boolean> {
    const numbers = await this.nextRows(importId);
    for (let from = 0; from < numbers.length; from += rowsTogether)
      await this.enrolTogether(importId, numbers.slice(from, from + rowsTogether));
    if (numbers.length === rowsAtOnce) return true;
    await this.finish(importId);
    return false;
  }

  /** In one transaction. When the rules refuse one, none of it counts, and each half is tried by itself, down to the one row. */
  private async enrolTogether(importId: Id, numbers: readonly number[]): Promise<void> {
    try {
      await inTransaction(this.em, () => this.enrol(importId, numbers));
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      if (numbers.length === 1) return inTransaction(this.em, () => this.refuse(importId, numbers[0]!, error));
      const half = Math.ceil(numbers.length / 2);
      await this.enrolTogether(importId, numbers.slice(0, half));
      await this.enrolTogether(importId, numbers.slice(half));
    }
  }

  /** Each row says so in the transaction that makes its student, so it happens once. @throws Problem when the rules refuse one */
  private async enrol(importId: Id, numbers: readonly number[]): Promise<void> {
    const rows = await this.held(importId, numbers);
    // Afterwards: whoever cancels while we wait for a row is heard.
    const invite = await this.invites(importId);
    if (rows.length === 0 || invite === null) return;
    const enrolments = rows.map(({ cells }) => enrolmentOf(JSON.parse(cells!) as ImportCells));
    const ids = await this.enrolStudent.all(
      enrolments.map((enrolment) => ({ ...(enrolment as unknown as EnrolStudentInput), invite })),
    );
    await this.keep(
      importId,
      rows.map(({ number }, n) => [number, ids[n]!]),
    );
  }

  // By each row's key, and so without a lock on any other; VALUES() is the one spelling that both servers understand.
  private async keep(importId: Id, students: readonly (readonly [number, Id])[]): Promise<void> {
    const of = { school_id: bin(currentSchool()), import_id: bin(importId), state: 'enrolled' as const };
    await globalQuery<ImportTables>(this.em)
      .insertInto('student_import_rows')
      .values(students.map(([number, id]) => ({ ...of, number, student_id: bin(id) })))
      .onDuplicateKeyUpdate({
        state: 'enrolled',
        email: null,
        cells: null,
        student_id: sql<StoredId>`VALUES(student_id)`,
      })
      .execute();
  }

  /** Whether those who are enrolled are invited; null when the import is not enrolling any more. */
  private async invites(importId: Id): Promise<boolean | null> {
    const opened = await schoolQuery<ImportTables>(this.em)
      .selectFrom('student_imports')
      .select('invite')
      .where('id', '=', bin(importId))
      .where('state', '=', 'enrolling')
      .executeTakeFirst();
    return opened ? opened.invite : null;
  }

  /**
   * Those of the rows that are still to enrol; another run of the same job waits here, and then finds them done. As a range with an
   * end and a limit: of a list of numbers the server reads, and locks, all rows of the import.
   */
  private held(importId: Id, numbers: readonly number[]): Promise<{ number: number; cells: string | null }[]> {
    return schoolQuery<ImportTables>(this.em)
      .selectFrom('student_import_rows')
      .select(['number', 'cells'])
      .where('import_id', '=', bin(importId))
      .where('number', '>=', numbers[0]!)
      .where('number', '<=', numbers.at(-1)!)
      .where('state', '=', 'valid')
      .orderBy('number')
      .limit(numbers.length)
      .forUpdate()
      .execute();
  }

  private async refuse(importId: Id, number: number, { fields, texts }: Problem): Promise<void> {
    const errors = JSON.stringify(fields.length > 0 ? fields : [{ field: '', message: texts }]);
    await globalQuery<ImportTables>(this.em)
      .updateTable('student_import_rows')
      .where('school_id', '=', bin(currentSchool()))
      .where('import_id', '=', bin(importId))
      .where('number', '=', number)
      .where('state', '=', 'valid')
      .set({ state: 'refused', errors })
      .execute();
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
