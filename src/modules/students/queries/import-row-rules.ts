import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { bin, schoolQuery } from '../../../platform/database/query.js';
import { readFields } from '../../../platform/http/request-validation.js';
import type { Id } from '../../../platform/values/id.js';
import { enrolmentOf } from '../domain/import/enrolment-of.js';
import type { ImportCells } from '../domain/import/read-list.js';
import type { RowProblem } from '../domain/import/student-import-row.js';
import { InvalidBirthDate, StudentExists } from '../domain/student-problems.js';
import { isBirthDate } from '../domain/student.js';
import { EnrolStudentDto } from '../http/student.dto.js';
import type { ImportTables } from './import-tables.js';

export interface RowToCheck {
  readonly number: number;
  readonly email: string | null;
  readonly cells: string | null;
}

/** What keeps rows of an import from being enrolled: the rules of enrolling one by one, and who is there already. */
@Injectable()
export class ImportRowRules {
  constructor(private readonly em: EntityManager) {}

  /** By the row's number; a row without problems is left out. */
  async problemsOf(importId: Id, rows: readonly RowToCheck[], at: Date): Promise<Map<number, RowProblem[]>> {
    const emails = [...new Set(rows.map(({ email }) => email).filter((email) => email !== null))];
    const [students, firstRows] = await Promise.all([this.studentsOf(emails), this.firstRowsOf(importId, emails)]);
    const problems = new Map<number, RowProblem[]>();
    for (const { number, email, cells } of rows) {
      const found = await fieldProblems(cells ?? '{}', at);
      const first = email === null ? number : (firstRows.get(email) ?? number);
      if (email !== null && students.has(email)) found.push(...new StudentExists().fields);
      else if (first < number) found.push(twice(first));
      if (found.length > 0) problems.set(number, found);
    }
    return problems;
  }

  private async studentsOf(emails: readonly string[]): Promise<Set<string>> {
    if (emails.length === 0) return new Set();
    const students = schoolQuery<ImportTables>(this.em).selectFrom('students').select('email');
    // By sorting rules andré and andre are one address; the set tells them apart.
    return new Set((await students.where('email', 'in', emails).execute()).map(({ email }) => email));
  }

  private async firstRowsOf(importId: Id, emails: readonly string[]): Promise<Map<string, number>> {
    if (emails.length === 0) return new Map();
    const rows = await schoolQuery<ImportTables>(this.em)
      .selectFrom('student_import_rows')
      .select(({ fn }) => ['email', fn.min('number').as('number')])
      .where('import_id', '=', bin(importId))
      .where('email', 'in', emails)
      .groupBy('email')
      .execute();
    return new Map(rows.map(({ email, number }) => [email!, number]));
  }
}

async function fieldProblems(cells: string, at: Date): Promise<RowProblem[]> {
  const { dto, problems } = await readFields(EnrolStudentDto, enrolmentOf(JSON.parse(cells) as ImportCells));
  const hasBirthDate = dto.birthDate && !problems.some(({ field }) => field === 'birthDate');
  return hasBirthDate && !isBirthDate(dto.birthDate!, at) ? [...problems, ...new InvalidBirthDate().fields] : problems;
}

function twice(first: number): RowProblem {
  return {
    field: 'email',
    message: { en: `is the address of row ${first} already`, da: `er allerede adressen i række ${first}` },
  };
}
