import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../../../platform/audit/audit.js';
import { Transaction } from '../../../platform/database/transaction.js';
import { StoredFiles } from '../../../platform/files/stored-files.js';
import type { Id } from '../../../platform/values/id.js';
import { StudentDocument } from '../domain/student-document.js';
import { DocumentNotFound } from '../domain/student-problems.js';

/** Takes a document away at once; its bytes go when that is committed. */
@Injectable()
export class DeleteDocument {
  constructor(
    readonly em: EntityManager,
    private readonly files: StoredFiles,
    private readonly audit: Audit,
  ) {}

  /** @throws DocumentNotFound */
  @Transaction()
  async execute(studentId: Id, documentId: Id): Promise<void> {
    const document = await this.em.findOne(StudentDocument, { id: documentId, studentId });
    if (!document) throw new DocumentNotFound();
    await this.em.remove(document).flush();
    await this.files.discard(document.fileId);
    const { kind } = document;
    await this.audit.record({ action: 'document.deleted', subjectId: studentId, details: { id: documentId, kind } });
  }
}
