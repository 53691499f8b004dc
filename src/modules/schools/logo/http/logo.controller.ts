import { Controller, Delete, Get, Put, Req, Res, type StreamableFile } from '@nestjs/common';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import {
  FileInfected,
  FileNotScanned,
  FileStoreUnavailable,
  FileTypeNotAllowed,
} from '../../../../platform/files/file-problems.js';
import { InstantField, IntField, TextField } from '../../../../platform/http/fields.js';
import { OwnTransactions } from '../../../../platform/http/idempotency/own-transactions.js';
import { Operation } from '../../../../platform/http/operation.js';
import { IdParam } from '../../../../platform/http/params.js';
import { AcceptsFile, type Upload, UploadedFile } from '../../../../platform/http/upload.js';
import type { Id } from '../../../../platform/values/id.js';
import { Requires } from '../../../identity/index.js';
import { logoTypes, maxLogoMebibytes, maxLogoPixels } from '../domain/logo-image.js';
import { InvalidLogo, LogoNotFound } from '../domain/logo-problems.js';
import { SchoolLogos } from '../queries/school-logos.js';
import { DeleteLogo } from '../use-cases/delete-logo.js';
import type { LogoView } from '../use-cases/keep-logo.js';
import { UploadLogo } from '../use-cases/upload-logo.js';
import { sendLogo } from './send-logo.js';

export class SchoolLogoDto {
  @TextField({ description: 'What its bytes are.', example: 'image/png' })
  mediaType: string;

  @IntField({ description: 'Pixels.', example: 600, min: 1, max: maxLogoPixels })
  width: number;

  @IntField({ description: 'Pixels.', example: 200, min: 1, max: maxLogoPixels })
  height: number;

  @InstantField({ description: 'When it was uploaded.', example: '2026-12-01T08:00:00.000Z' })
  uploadedAt: Date;
}

@Controller('v1/schools/:schoolId/logo')
@ApiTags('Schools')
export class LogoController {
  constructor(
    private readonly uploadLogo: UploadLogo,
    private readonly deleteLogo: DeleteLogo,
    private readonly logos: SchoolLogos,
  ) {}

  @Put()
  @Requires('school.update')
  @OwnTransactions('the file goes to the store and through the scanner before the transaction')
  @AcceptsFile({ maxMebibytes: maxLogoMebibytes, description: 'PNG or JPEG.' })
  @Operation({
    id: 'uploadSchoolLogo',
    summary: 'Upload the school’s logo',
    description: `PNG or JPEG of at most 1 MiB and ${maxLogoPixels} pixels on a side. It replaces the one before, on all invoices, pages and e-mails; e-mails carry one of at most 256 KiB.`,
    ok: SchoolLogoDto,
    problems: [new FileTypeNotAllowed(logoTypes), InvalidLogo, FileInfected, FileNotScanned, FileStoreUnavailable],
  })
  upload(@IdParam('schoolId') _schoolId: Id, @UploadedFile() { content }: Upload): Promise<LogoView> {
    return this.uploadLogo.execute(content);
  }

  @Get()
  @Requires('school.read')
  @ApiResponse({ status: 304, description: 'Not Modified: what `If-None-Match` names is still what there is.' })
  @Operation({
    id: 'getSchoolLogo',
    summary: 'Read the school’s logo',
    description: 'The image itself. It has an ETag: whoever has it already is answered 304.',
    file: ['image/png', 'image/jpeg'],
    problems: [LogoNotFound, FileStoreUnavailable],
  })
  read(
    @IdParam('schoolId') _schoolId: Id,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile | undefined> {
    return sendLogo(this.logos, request, reply);
  }

  @Delete()
  @Requires('school.update')
  @Operation({
    id: 'deleteSchoolLogo',
    summary: 'Delete the school’s logo',
    description: 'Invoices and pages are without one from now on.',
    problems: [LogoNotFound],
  })
  delete(@IdParam('schoolId') _schoolId: Id): Promise<void> {
    return this.deleteLogo.execute();
  }
}
