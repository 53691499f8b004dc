import { Controller, Delete, Get, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { AlwaysAdmitted } from '../../../platform/auth/always-admitted.js';
import { type Actor, CurrentActor } from '../../../platform/auth/actor.js';
import type { FileLink } from '../../../platform/files/file-links.js';
import {
  FileInfected,
  FileNotScanned,
  FileStoreUnavailable,
  FileTypeNotAllowed,
} from '../../../platform/files/file-problems.js';
import { AnswerNotStored } from '../../../platform/http/idempotency/answer-not-stored.js';
import { OwnTransactions } from '../../../platform/http/idempotency/own-transactions.js';
import { Operation } from '../../../platform/http/operation.js';
import { type Page, PageOf } from '../../../platform/http/paging.js';
import { IdParam } from '../../../platform/http/params.js';
import { AcceptsFile, type Upload, UploadedFile } from '../../../platform/http/upload.js';
import type { Id } from '../../../platform/values/id.js';
import { Requires } from '../../identity/index.js';
import { documentTypes, maxDocumentMebibytes } from '../domain/student-document.js';
import { DocumentNotFound, StudentNotFound, TooManyDocuments } from '../domain/student-problems.js';
import { DocumentReader, type DocumentView } from '../queries/document-reader.js';
import { DeleteDocument } from '../use-cases/delete-document.js';
import { OpenDocument } from '../use-cases/open-document.js';
import { UploadDocument } from '../use-cases/upload-document.js';
import { DocumentDto, DocumentListQuery, FileLinkDto, UploadDocumentQuery } from './document.dto.js';

@Controller('v1/schools/:schoolId/students/:studentId/documents')
@ApiTags('Documents')
export class DocumentsController {
  constructor(
    private readonly uploadDocument: UploadDocument,
    private readonly openDocument: OpenDocument,
    private readonly deleteDocument: DeleteDocument,
    private readonly documents: DocumentReader,
  ) {}

  @Post()
  @Requires('document.upload')
  @OwnTransactions('the file goes to the store and through the scanner between two transactions')
  @AcceptsFile({ maxMebibytes: maxDocumentMebibytes, description: 'PDF, JPEG, PNG, WebP or HEIC.' })
  @Operation({
    id: 'uploadDocument',
    summary: 'Upload a document of a student',
    description:
      'At most 15 MiB. The type is told from the bytes, not from the name. With a virus scanner, it is scanned first.',
    ok: DocumentDto,
    status: 201,
    problems: [
      StudentNotFound,
      TooManyDocuments,
      new FileTypeNotAllowed(documentTypes),
      FileInfected,
      FileNotScanned,
      FileStoreUnavailable,
    ],
  })
  upload(
    @CurrentActor() actor: Actor,
    @IdParam('studentId') studentId: Id,
    @Query() query: UploadDocumentQuery,
    @UploadedFile() file: Upload,
  ): Promise<DocumentView> {
    return this.uploadDocument.execute(actor, studentId, query, file);
  }

  @Get()
  @Requires('document.read')
  @Operation({
    id: 'listDocuments',
    summary: 'List a student’s documents',
    description: 'Newest first unless another order is asked for. Each document is opened by a link of its own.',
    ok: PageOf(DocumentDto),
    problems: [StudentNotFound],
  })
  list(
    @CurrentActor() actor: Actor,
    @IdParam('studentId') studentId: Id,
    @Query() query: DocumentListQuery,
  ): Promise<Page<DocumentView>> {
    return this.documents.list(actor, studentId, query);
  }

  @Post(':documentId/link')
  @Requires('document.read')
  @AnswerNotStored('the link in it opens the document')
  @Operation({
    id: 'openDocument',
    summary: 'Get a private link to a document',
    description: 'It opens this one document for five minutes, to whoever has it.',
    ok: FileLinkDto,
    status: 201,
    problems: [StudentNotFound, DocumentNotFound],
  })
  open(
    @CurrentActor() actor: Actor,
    @IdParam('studentId') studentId: Id,
    @IdParam('documentId') documentId: Id,
  ): Promise<FileLink> {
    return this.openDocument.execute(actor, studentId, documentId);
  }

  @Delete(':documentId')
  @Requires('document.delete')
  @AlwaysAdmitted('what is deleted harms nobody')
  @Operation({
    id: 'deleteDocument',
    summary: 'Delete a document',
    description: 'Links to it stop working at once.',
    problems: [DocumentNotFound],
  })
  delete(@IdParam('studentId') studentId: Id, @IdParam('documentId') documentId: Id): Promise<void> {
    return this.deleteDocument.execute(studentId, documentId);
  }
}
