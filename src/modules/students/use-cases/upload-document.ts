import { Injectable } from '@nestjs/common';
import type { Readable } from 'node:stream';
import type { Actor } from '../../../platform/auth/actor.js';
import { FileInfected, FileNotScanned, FileTypeNotAllowed } from '../../../platform/files/file-problems.js';
import { sniff } from '../../../platform/files/sniff.js';
import { StoredFiles } from '../../../platform/files/stored-files.js';
import { VirusScanner } from '../../../platform/files/virus-scanner.js';
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
    private readonly files: StoredFiles,
    private readonly scanner: VirusScanner,
    private readonly addDocument: AddDocument,
  ) {}

  /** @throws StudentNotFound, FileTypeNotAllowed, RequestTooLarge, FileInfected, FileNotScanned, FileStoreUnavailable, TooManyDocuments */
  async execute(actor: Actor, studentId: Id, what: NewDocument, sent: Sent): Promise<DocumentView> {
    await this.students.get(actor, studentId);
    const { mediaType, content } = await sniff(sent.content);
    if (mediaType === null || !documentTypes.includes(mediaType)) throw new FileTypeNotAllowed(documentTypes);
    const name = printable(sent.name);
    const fileId = await this.files.receive({ name, mediaType, content, maxBytes: maxDocumentMebibytes * 1024 * 1024 });
    try {
      await this.assertHarmless(fileId);
      return await this.addDocument.execute(actor, studentId, { ...what, fileId });
    } catch (error) {
      await this.files.abandon(fileId);
      throw error;
    }
  }

  private async assertHarmless(fileId: Id): Promise<void> {
    const content = await this.files.contentOf(fileId);
    const verdict = await this.scanner
      .scan(content)
      .catch((error: unknown) => {
        throw new FileNotScanned(error);
      })
      // A scanner that is not even asked leaves it open.
      .finally(() => content.destroy());
    if (verdict === 'infected') throw new FileInfected();
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
