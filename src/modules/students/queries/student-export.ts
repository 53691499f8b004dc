import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { inPages } from '../../../platform/database/in-pages.js';
import { bin, schoolQuery } from '../../../platform/database/query.js';
import type { Language } from '../../../platform/http/language.js';
import type { Id } from '../../../platform/values/id.js';
import { localDate } from '../../../platform/values/zone.js';
import { type CsvColumn, csvDate, csvHeadings, csvRows } from '../domain/csv.js';
import type { StudentStatus } from '../domain/student-status.js';
import type { StudentTables } from './student-list.js';

export interface ExportAsked {
  readonly status?: StudentStatus | undefined;
  readonly language: Language;
  /** In which the day of enrolment is meant. */
  readonly zone: string;
}

const rowsAtOnce = 1_000;
const columns = [
  'name',
  'email',
  'phone',
  'birthDate',
  'licenceClass',
  'addressLine',
  'postcode',
  'city',
  'status',
  'createdAt',
] as const satisfies readonly CsvColumn[];

/** The school's students as lines of CSV, read a batch at a time, in the order of enrolment. */
@Injectable()
export class StudentExport {
  constructor(private readonly em: EntityManager) {}

  async *lines({ status, language, zone }: ExportAsked): AsyncGenerator<string> {
    yield csvHeadings(columns, language);
    for await (const rows of inPages(rowsAtOnce, (after?: { id: Id }) => this.batch(status, after?.id))) {
      const lines = rows.map(({ birthDate, createdAt, ...row }) => ({
        ...row,
        birthDate: csvDate(birthDate, language),
        createdAt: csvDate(localDate(createdAt, zone), language),
      }));
      yield csvRows(columns, lines, language);
    }
  }

  private batch(status: StudentStatus | undefined, after: Id | undefined) {
    return schoolQuery<StudentTables>(this.em)
      .selectFrom('students')
      .select(['id', 'name', 'email', 'phone', 'birth_date as birthDate', 'licence_class as licenceClass', 'status'])
      .select(['address_line as addressLine', 'postcode', 'city', 'created_at as createdAt'])
      .$if(status !== undefined, (query) => query.where('status', '=', status!))
      .$if(after !== undefined, (query) => query.where('id', '>', bin(after!)))
      .orderBy('id')
      .limit(rowsAtOnce)
      .execute();
  }
}
