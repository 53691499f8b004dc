import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../../../platform/audit/audit.js';
import type { Actor } from '../../../platform/auth/actor.js';
import { StoredFiles } from '../../../platform/files/stored-files.js';
import { AnsweringTransaction } from '../../../platform/http/idempotency/answering-transaction.js';
import { currentSchool } from '../../../platform/tenancy/tenancy.js';
import { Clock } from '../../../platform/values/clock.js';
import type { Id } from '../../../platform/values/id.js';
import { type DocumentKind, maxDocumentsPerStudent, StudentDocument } from '../domain/student-document.js';
import { TooManyDocuments } from '../domain/student-problems.js';
import { DocumentReader, type DocumentView } from '../queries/document-reader.js';

export interface NewDocument {
  readonly kind: DocumentKind;
  /** The last day it counts. */
  readonly expiresOn?: string;
}

/** Makes a received and scanned file a document of the student. */
@Injectable()
export class AddDocument {
  constructor(
    readonly em: EntityManager,
    private readonly files: StoredFiles,
    private readonly reader: DocumentReader,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  /** @throws TooManyDocuments */
  @AnsweringTransaction()
  async execute(
    actor: Actor,
    studentId: Id,
    { kind, expiresOn, fileId }: NewDocument & { fileId: Id },
  ): Promise<DocumentView> {
    if ((await this.em.count(StudentDocument, { studentId })) >= maxDocumentsPerStudent) throw new TooManyDocuments();
    const document = StudentDocument.of({
      schoolId: currentSchool(),
      studentId,
      fileId,
      kind,
      expiresOn: expiresOn ?? null,
      uploadedBy: actor.id,
      uploadedAt: this.clock.now(),
    });
    await this.files.keep(fileId);
    await this.em.persist(document).flush();
    await this.audit.record({ action: 'document.uploaded', subjectId: studentId, details: { id: document.id, kind } });
    return this.reader.byId(studentId, document.id);
  }
}
