import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../../../platform/audit/audit.js';
import { bin, globalQuery } from '../../../platform/database/query.js';
import { Transaction } from '../../../platform/database/transaction.js';
import { Outbox } from '../../../platform/outbox/outbox.js';
import { currentSchool } from '../../../platform/tenancy/tenancy.js';
import { Clock } from '../../../platform/values/clock.js';
import type { LicenceClass } from '../../schools/index.js';
import { StudentListUploaded } from '../domain/events.js';
import { type ImportedRow, readList, type StudentList } from '../domain/import/read-list.js';
import { StudentImport } from '../domain/import/student-import.js';
import { type ImportView, StudentImportReader } from '../queries/student-import-reader.js';
import type { ImportTables } from '../queries/import-tables.js';

const rowsAtOnce = 1_000;

/** Takes a list of students in, to be checked by a job. Nobody is enrolled yet. */
@Injectable()
export class UploadStudentList {
  constructor(
    readonly em: EntityManager,
    private readonly reader: StudentImportReader,
    private readonly outbox: Outbox,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  /**
   * @param licenceClass of the rows that do not say
   * @throws UnreadableList, ColumnsMissing, ListEmpty, ListTooLong
   */
  async execute(file: Buffer | undefined, licenceClass?: LicenceClass): Promise<ImportView> {
    return this.keep(await readList(file ?? Buffer.alloc(0)), licenceClass);
  }

  @Transaction()
  protected async keep({ rows, ignoredColumns }: StudentList, licenceClass?: LicenceClass): Promise<ImportView> {
    const opened = StudentImport.of(currentSchool(), ignoredColumns, this.clock.now());
    await this.em.persist(opened).flush();
    for (let from = 0; from < rows.length; from += rowsAtOnce)
      await this.insert(opened, rows.slice(from, from + rowsAtOnce), licenceClass);
    await this.outbox.record(new StudentListUploaded({ importId: opened.id }));
    const details = { rows: rows.length };
    await this.audit.record({ action: 'student_import.uploaded', subjectId: opened.id, details });
    return this.reader.get(opened.id);
  }

  private async insert({ id, schoolId }: StudentImport, rows: readonly ImportedRow[], licenceClass?: LicenceClass) {
    const values = rows.map(({ number, cells }) => ({
      school_id: bin(schoolId),
      import_id: bin(id),
      number,
      state: 'unchecked' as const,
      email: cells.email?.toLowerCase().slice(0, 254) ?? null,
      cells: JSON.stringify(licenceClass ? { licenceClass, ...cells } : cells),
    }));
    await globalQuery<ImportTables>(this.em).insertInto('student_import_rows').values(values).execute();
  }
}
