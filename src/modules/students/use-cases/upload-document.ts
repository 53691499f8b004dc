import { Injectable } from '@nestjs/common';
import type { Readable } from 'node:stream';
import type { Actor } from '../../../platform/auth/actor.js';
import { FileIntake } from '../../../platform/files/file-intake.js';
import type { Id } from '../../../platform/values/id.js';
import { documentTypes, maxDocumentMebibytes } from '../domain/student-document.js';
import { OwnStudents } from '../queries/own-students.js';
import type { DocumentView } from '../queries/document-reader.js';
import { AddDocument, type NewDocument } from './add-document.js';

interface Sent {
  /** As its sender calls it. */
  readonly name: string;
  readonly content: Readable;
}

/** Takes a document in: told by its bytes, stored, scanned where it lies, and only then given to anybody. */
@Injectable()
export class UploadDocument {
  constructor(
    private readonly students: OwnStudents,
    private readonly intake: FileIntake,
    private readonly addDocument: AddDocument,
  ) {}

  /** @throws StudentNotFound, FileTypeNotAllowed, RequestTooLarge, FileInfected, FileNotScanned, FileStoreUnavailable, TooManyDocuments */
  async execute(actor: Actor, studentId: Id, what: NewDocument, { name, content }: Sent): Promise<DocumentView> {
    await this.students.get(actor, studentId);
    const maxBytes = maxDocumentMebibytes * 1024 * 1024;
    return this.intake.take({ name: printable(name), types: documentTypes, content, maxBytes }, (fileId) =>
      this.addDocument.execute(actor, studentId, { ...what, fileId }),
    );
  }
}

/** A name without folders and control characters, as long as the column takes. */
function printable(name: string): string {
  const last = name.split(/[/\\]/).at(-1)!.toWellFormed();
  return (
    last
      .replaceAll(/\p{Cc}/gu, '')
      .trim()
      .slice(-200) || 'document'
  );
}
