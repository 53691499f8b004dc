import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../platform/auth/actor.js';
import { type Asked, byAge, is, List } from '../../../platform/database/list.js';
import { bin, schoolQuery, type Tables } from '../../../platform/database/query.js';
import type { StoredFileSchema } from '../../../platform/files/stored-file.js';
import { mapPage, type Page } from '../../../platform/http/paging.js';
import type { Id } from '../../../platform/values/id.js';
import type { LocalDate } from '../../../platform/values/zone.js';
import type { DocumentKind, StudentDocumentSchema } from '../domain/student-document.js';
import { DocumentNotFound } from '../domain/student-problems.js';
import { OwnStudents } from './own-students.js';

export interface DocumentView {
  readonly id: Id;
  readonly kind: DocumentKind;
  readonly name: string;
  readonly mediaType: string;
  readonly bytes: number;
  /** Hexadecimal. */
  readonly sha256: string;
  readonly expiresOn: LocalDate | null;
  readonly uploadedBy: Id;
  readonly uploadedAt: Date;
}

export const documentList = new List({
  id: 'student_documents.id',
  sorts: { uploadedAt: byAge },
  defaultSort: '-uploadedAt',
  filters: { kind: is<DocumentKind>('kind') },
});

@Injectable()
export class DocumentReader {
  constructor(
    private readonly em: EntityManager,
    private readonly students: OwnStudents,
  ) {}

  /** @throws StudentNotFound also when the reader may not know the student */
  async list(actor: Actor, studentId: Id, asked: Asked<typeof documentList>): Promise<Page<DocumentView>> {
    await this.students.get(actor, studentId);
    const documents = this.documents.where('student_documents.student_id', '=', bin(studentId));
    return mapPage(await documentList.page(documents, asked), asView);
  }

  /** For callers that have checked already who is asking. @throws DocumentNotFound */
  async byId(studentId: Id, documentId: Id): Promise<DocumentView> {
    return asView(await this.row(studentId, documentId));
  }

  /** @throws DocumentNotFound */
  async fileOf(studentId: Id, documentId: Id): Promise<Id> {
    return (await this.row(studentId, documentId)).fileId;
  }

  private async row(studentId: Id, documentId: Id) {
    const row = await this.documents
      .where('student_documents.id', '=', bin(documentId))
      .where('student_documents.student_id', '=', bin(studentId))
      .executeTakeFirst();
    if (!row) throw new DocumentNotFound();
    return row;
  }

  private get documents() {
    return schoolQuery<Tables<typeof StudentDocumentSchema | typeof StoredFileSchema>>(this.em)
      .selectFrom('student_documents')
      .innerJoin('stored_files', (join) =>
        join
          .onRef('stored_files.school_id', '=', 'student_documents.school_id')
          .onRef('stored_files.id', '=', 'student_documents.file_id'),
      )
      .select(['student_documents.id', 'kind', 'file_id as fileId', 'expires_on as expiresOn'])
      .select(['uploaded_by as uploadedBy', 'uploaded_at as uploadedAt'])
      .select(['stored_files.name', 'media_type as mediaType', 'bytes', 'sha256']);
  }
}

type DocumentRow = Omit<DocumentView, 'bytes' | 'sha256'> & {
  readonly fileId: Id;
  readonly bytes: number | null;
  readonly sha256: Uint8Array | null;
};

// A document's file is kept, and of a kept file both are known.
function asView({ fileId: _fileId, bytes, sha256, ...document }: DocumentRow): DocumentView {
  return { ...document, bytes: bytes!, sha256: Buffer.from(sha256!).toString('hex') };
}
