import { LockMode } from '@mikro-orm/core';
import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../../../platform/audit/audit.js';
import { Transaction } from '../../../platform/database/transaction.js';
import { Outbox } from '../../../platform/outbox/outbox.js';
import type { Id } from '../../../platform/values/id.js';
import { StudentImportStarted } from '../domain/events.js';
import { ImportNotFound } from '../domain/import/import-problems.js';
import { StudentImport } from '../domain/import/student-import.js';
import { type ImportView, StudentImportReader } from '../queries/student-import-reader.js';

/** Says yes to a checked list: a job enrols its valid rows. */
@Injectable()
export class StartStudentImport {
  constructor(
    readonly em: EntityManager,
    private readonly reader: StudentImportReader,
    private readonly outbox: Outbox,
    private readonly audit: Audit,
  ) {}

  /** @throws ImportNotFound, ImportNotOpen */
  @Transaction()
  async execute(importId: Id, invite: boolean): Promise<ImportView> {
    const opened = await this.em.findOne(StudentImport, { id: importId }, { lockMode: LockMode.PESSIMISTIC_WRITE });
    if (!opened) throw new ImportNotFound();
    opened.start(invite);
    await this.em.flush();
    await this.outbox.record(new StudentImportStarted({ importId }));
    await this.audit.record({ action: 'student_import.started', subjectId: importId, details: { invite } });
    return this.reader.get(importId);
  }
}
