import {
  EnumField,
  IdField,
  InstantField,
  IntField,
  LocalDateField,
  TextField,
} from '../../../platform/http/fields.js';
import { ListQuery } from '../../../platform/http/list-query.js';
import type { Id } from '../../../platform/values/id.js';
import { type DocumentKind, documentKinds } from '../domain/student-document.js';
import { documentList } from '../queries/document-reader.js';

export class UploadDocumentQuery {
  @EnumField(documentKinds, { description: 'What the document is.', example: 'medical_form' })
  kind: DocumentKind;

  @LocalDateField({ description: 'The last day it counts.', example: '2027-03-31', optional: true })
  expiresOn?: string;
}

export class DocumentListQuery extends ListQuery(documentList) {
  @EnumField(documentKinds, { description: 'Documents of that kind only.', example: 'contract', optional: true })
  kind?: DocumentKind;
}

export class DocumentDto {
  @IdField({ description: 'Id of the document.' })
  id: Id;

  @EnumField(documentKinds, { description: 'What the document is.', example: 'medical_form' })
  kind: DocumentKind;

  @TextField({ description: 'What its sender called the file.', example: 'laegeattest.pdf' })
  name: string;

  @TextField({ description: 'Media type, told from the file’s bytes.', example: 'application/pdf' })
  mediaType: string;

  @IntField({ description: 'Length in bytes.', example: 48_213, min: 0, max: Number.MAX_SAFE_INTEGER })
  bytes: number;

  @TextField({
    description: 'SHA-256 of the bytes, in hexadecimal.',
    example: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    min: 64,
    max: 64,
  })
  sha256: string;

  @LocalDateField({ description: 'The last day it counts.', example: '2027-03-31', nullable: true })
  expiresOn: string | null;

  @IdField({ description: 'Who uploaded it: the user, or the API key.' })
  uploadedBy: Id;

  @InstantField({ description: 'When it was uploaded.', example: '2026-11-21T09:00:00.000Z' })
  uploadedAt: Date;
}

export class FileLinkDto {
  @TextField({
    description: 'Opens the file for whoever has it: keep it private.',
    example: 'https://api.example.com/files/AZrxq3wAcACAAAAAAAAAAWkf',
    max: 2000,
  })
  url: string;

  @InstantField({ description: 'When the link stops working.', example: '2026-11-21T09:05:00.000Z' })
  expiresAt: Date;
}
