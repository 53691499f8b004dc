import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../../../platform/audit/audit.js';
import type { Actor } from '../../../platform/auth/actor.js';
import { Transaction } from '../../../platform/database/transaction.js';
import { type FileLink, FileLinks } from '../../../platform/files/file-links.js';
import type { Id } from '../../../platform/values/id.js';
import { DocumentReader } from '../queries/document-reader.js';
import { OwnStudents } from '../queries/own-students.js';

/** Gives whoever may read a document a private link to it. */
@Injectable()
export class OpenDocument {
  constructor(
    readonly em: EntityManager,
    private readonly students: OwnStudents,
    private readonly reader: DocumentReader,
    private readonly links: FileLinks,
    private readonly audit: Audit,
  ) {}

  /** @throws StudentNotFound, DocumentNotFound */
  @Transaction()
  async execute(actor: Actor, studentId: Id, documentId: Id): Promise<FileLink> {
    await this.students.get(actor, studentId);
    const fileId = await this.reader.fileOf(studentId, documentId);
    await this.audit.record({ action: 'document.opened', subjectId: studentId, details: { id: documentId } });
    return this.links.issue(fileId);
  }
}
