import { LockMode } from '@mikro-orm/core';
import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../../../platform/audit/audit.js';
import { Transaction } from '../../../platform/database/transaction.js';
import { Clock } from '../../../platform/values/clock.js';
import type { Id } from '../../../platform/values/id.js';
import { ImportNotFound } from '../domain/import/import-problems.js';
import { StudentImport } from '../domain/import/student-import.js';
import { type ImportView, StudentImportReader } from '../queries/student-import-reader.js';

/** Stops an import, also in the middle: the job looks before it takes the next rows. */
@Injectable()
export class CancelStudentImport {
  constructor(
    readonly em: EntityManager,
    private readonly reader: StudentImportReader,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  /** @throws ImportNotFound, ImportNotOpen */
  @Transaction()
  async execute(importId: Id): Promise<ImportView> {
    const opened = await this.em.findOne(StudentImport, { id: importId }, { lockMode: LockMode.PESSIMISTIC_WRITE });
    if (!opened) throw new ImportNotFound();
    opened.cancel(this.clock.now());
    await this.em.flush();
    await this.audit.record({ action: 'student_import.cancelled', subjectId: importId });
    return this.reader.get(importId);
  }
}
