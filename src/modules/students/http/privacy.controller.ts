import { Body, Controller, Get, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type Actor, CurrentActor } from '../../../platform/auth/actor.js';
import type { FileLink } from '../../../platform/files/file-links.js';
import { AnswerNotStored } from '../../../platform/http/idempotency/answer-not-stored.js';
import { Operation } from '../../../platform/http/operation.js';
import { IdParam } from '../../../platform/http/params.js';
import { RateLimit } from '../../../platform/http/rate-limit/rate-limit.js';
import type { Id } from '../../../platform/values/id.js';
import { Requires } from '../../identity/index.js';
import {
  DataExportNotFound,
  DataExportNotReady,
  ErasureNotFound,
  ErasureRefused,
} from '../domain/privacy/privacy-problems.js';
import { StudentNotFound } from '../domain/student-problems.js';
import { DataExportReader, type DataExportView } from '../queries/data-export-reader.js';
import type { ErasureView } from '../queries/erasure-reader.js';
import { EraseStudent } from '../use-cases/erase-student.js';
import { OpenDataExport } from '../use-cases/open-data-export.js';
import { ReadErasure } from '../use-cases/read-erasure.js';
import { RequestDataExport } from '../use-cases/request-data-export.js';
import { FileLinkDto } from './document.dto.js';
import { DataExportDto, EraseStudentDto, ErasureDto } from './privacy.dto.js';

@Controller('v1/schools/:schoolId/students/:studentId')
@ApiTags('Privacy')
export class PrivacyController {
  constructor(
    private readonly requestExport: RequestDataExport,
    private readonly openExport: OpenDataExport,
    private readonly exports: DataExportReader,
    private readonly eraseStudent: EraseStudent,
    private readonly readErasure: ReadErasure,
  ) {}

  @Post('data-exports')
  @RateLimit({ name: 'data-export', points: 20, seconds: 3600, by: 'caller' })
  @Requires('student.export_data')
  @Operation({
    id: 'requestDataExport',
    summary: 'Order all that the school keeps about a student',
    description:
      'A ZIP file of JSON and documents is made; it is there for a week, or until another is ordered. A student may order his own.',
    ok: DataExportDto,
    status: 202,
    problems: [StudentNotFound],
  })
  request(@CurrentActor() actor: Actor, @IdParam('studentId') studentId: Id): Promise<DataExportView> {
    return this.requestExport.execute(actor, studentId);
  }

  @Get('data-exports/:exportId')
  @Requires('student.export_data')
  @Operation({
    id: 'getDataExport',
    summary: 'Ask whether an export is ready',
    description: 'It takes seconds, longer when there are many documents.',
    ok: DataExportDto,
    problems: [StudentNotFound, DataExportNotFound],
  })
  get(
    @CurrentActor() actor: Actor,
    @IdParam('studentId') studentId: Id,
    @IdParam('exportId') exportId: Id,
  ): Promise<DataExportView> {
    return this.exports.get(actor, studentId, exportId);
  }

  @Post('data-exports/:exportId/link')
  @Requires('student.export_data')
  @AnswerNotStored('whoever has the link has the file')
  @Operation({
    id: 'openDataExport',
    summary: 'Get a private link to an export',
    description: 'It opens this one export for five minutes, to whoever has it.',
    ok: FileLinkDto,
    status: 201,
    problems: [StudentNotFound, DataExportNotFound, DataExportNotReady],
  })
  open(
    @CurrentActor() actor: Actor,
    @IdParam('studentId') studentId: Id,
    @IdParam('exportId') exportId: Id,
  ): Promise<FileLink> {
    return this.openExport.execute(actor, studentId, exportId);
  }

  @Post('erasure')
  @Requires('student.erase')
  @Operation({
    id: 'eraseStudent',
    summary: 'Erase a student',
    description: `Cannot be undone. Refused while lessons are booked or money is open. What nothing keeps goes at once; vouchers stay
five years after their year, and whose the lessons were two years after the last, and go by themselves.`,
    ok: ErasureDto,
    status: 202,
    problems: [StudentNotFound, ErasureRefused],
  })
  erase(
    @CurrentActor() { userId }: Actor,
    @IdParam('studentId') studentId: Id,
    @Body() { reason }: EraseStudentDto,
  ): Promise<ErasureView> {
    return this.eraseStudent.execute(userId, studentId, reason);
  }

  @Get('erasure')
  @Requires('student.erase')
  @Operation({
    id: 'getErasure',
    summary: 'See how far an erasure is',
    description: 'Also whose the lessons were, while the law wants the lesson log shown; reading that is written down.',
    ok: ErasureDto,
    problems: [ErasureNotFound],
  })
  erasure(@IdParam('studentId') studentId: Id): Promise<ErasureView> {
    return this.readErasure.execute(studentId);
  }
}
