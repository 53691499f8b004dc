import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../../../platform/audit/audit.js';
import { Transaction } from '../../../platform/database/transaction.js';
import { Scheduling } from '../../schools/index.js';
import { type ExportAsked, StudentExport } from '../queries/student-export.js';

/** Hands out the list of the school's students, and writes down that it did. */
@Injectable()
export class ExportStudents {
  constructor(
    readonly em: EntityManager,
    private readonly scheduling: Scheduling,
    private readonly students: StudentExport,
    private readonly audit: Audit,
  ) {}

  /** @returns the lines, to be read after the transaction */
  @Transaction()
  async execute(asked: Omit<ExportAsked, 'zone'>): Promise<AsyncGenerator<string>> {
    const { zone } = await this.scheduling.school();
    await this.audit.record({ action: 'student_list.exported', details: { status: asked.status ?? 'all' } });
    return this.students.lines({ ...asked, zone });
  }
}
