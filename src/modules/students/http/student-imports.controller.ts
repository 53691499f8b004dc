import { Body, Controller, Get, Post, Query, type StreamableFile } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { csvFile } from '../../../platform/http/csv-file.js';
import { CallersLanguage, type Language } from '../../../platform/http/language.js';
import { Operation } from '../../../platform/http/operation.js';
import { type Page, PageOf } from '../../../platform/http/paging.js';
import { IdParam } from '../../../platform/http/params.js';
import { RateLimit } from '../../../platform/http/rate-limit/rate-limit.js';
import { ReadsBody } from '../../../platform/http/request-body.js';
import { LastEventId, ServesEvents } from '../../../platform/http/sse.js';
import type { Id } from '../../../platform/values/id.js';
import { Requires } from '../../identity/index.js';
import {
  ColumnsMissing,
  ImportNotFound,
  ImportNotOpen,
  ListEmpty,
  ListTooLong,
  UnreadableList,
} from '../domain/import/import-problems.js';
import { mostRows } from '../domain/import/read-list.js';
import { type ImportSummary, type ImportView, StudentImportReader } from '../queries/student-import-reader.js';
import { type ImportRowView, StudentImportRows } from '../queries/student-import-rows.js';
import { CancelStudentImport } from '../use-cases/cancel-student-import.js';
import { StartStudentImport } from '../use-cases/start-student-import.js';
import { UploadStudentList } from '../use-cases/upload-student-list.js';
import {
  ImportDto,
  ImportListQuery,
  ImportRowDto,
  ImportRowsQuery,
  ImportSummaryDto,
  StartImportDto,
  UploadQuery,
} from './student-import.dto.js';

@Controller('v1/schools/:schoolId/student-imports')
@ApiTags('Students')
@Requires('student.import')
export class StudentImportsController {
  constructor(
    private readonly uploadList: UploadStudentList,
    private readonly startImport: StartStudentImport,
    private readonly cancelImport: CancelStudentImport,
    private readonly imports: StudentImportReader,
    private readonly rows: StudentImportRows,
  ) {}

  @Post()
  @RateLimit({ name: 'student-import', points: 20, seconds: 60, by: 'caller' })
  @ReadsBody({ mediaType: 'text/csv', maxMebibytes: 10 })
  @Operation({
    id: 'uploadStudentList',
    summary: 'Upload a list of students',
    description:
      'CSV of at most 20,000 rows: UTF-8, UTF-16 or Windows-1252; semicolons, commas or tabs; headings in Danish or English. ' +
      'A job checks each row, as if its student were enrolled alone. Nobody is enrolled before the import is started.',
    ok: ImportDto,
    status: 201,
    problems: [ListEmpty, new ColumnsMissing(['email']), new UnreadableList(7), new ListTooLong(mostRows)],
  })
  upload(
    @IdParam('schoolId') _schoolId: Id,
    @Query() { licenceClass }: UploadQuery,
    @Body() file: Buffer,
  ): Promise<ImportView> {
    return this.uploadList.execute(file, licenceClass);
  }

  @Get()
  @Operation({
    id: 'listStudentImports',
    summary: 'List the school’s imports, the newest first',
    description: 'An import is forgotten 30 days after its upload; the students stay.',
    ok: PageOf(ImportSummaryDto),
  })
  list(@IdParam('schoolId') _schoolId: Id, @Query() query: ImportListQuery): Promise<Page<ImportSummary>> {
    return this.imports.list(query);
  }

  @Get(':importId')
  @Operation({
    id: 'getStudentImport',
    summary: 'Read how far an import is',
    description: 'Its state, and how many rows are ready, wrong and done.',
    ok: ImportDto,
    problems: [ImportNotFound],
  })
  get(@IdParam('schoolId') _schoolId: Id, @IdParam('importId') importId: Id): Promise<ImportView> {
    return this.imports.get(importId);
  }

  @Get(':importId/events')
  @ServesEvents()
  @RateLimit({ name: 'student-import-events', points: 30, seconds: 60, by: 'caller' })
  @Operation({
    id: 'followStudentImport',
    summary: 'Follow an import',
    description:
      'Server-sent events: `progress` with what getStudentImport answers, each time it changes, and `end` with the state in ' +
      'which nothing more happens by itself; then the stream closes. Send `Last-Event-ID` to hear nothing twice. The stream ' +
      'closes after a minute in any case; open it again until `end`.',
    file: 'text/event-stream',
    problems: [ImportNotFound],
  })
  follow(
    @IdParam('schoolId') _schoolId: Id,
    @IdParam('importId') importId: Id,
    @LastEventId() lastEventId?: string,
  ): Promise<StreamableFile> {
    return this.imports.follow(importId, lastEventId);
  }

  @Get(':importId/rows')
  @Operation({
    id: 'listStudentImportRows',
    summary: 'List the rows of an import, with what is wrong with each',
    description: 'In the order of the file; `state` picks those that are wrong.',
    ok: PageOf(ImportRowDto),
    problems: [ImportNotFound],
  })
  listRows(
    @IdParam('schoolId') _schoolId: Id,
    @IdParam('importId') importId: Id,
    @Query() query: ImportRowsQuery,
    @CallersLanguage() language: Language,
  ): Promise<Page<ImportRowView>> {
    return this.rows.list(importId, query, language);
  }

  @Get(':importId/errors.csv')
  @Operation({
    id: 'downloadStudentImportErrors',
    summary: 'Download the rows that cannot be enrolled',
    description: 'With a column that says why. Mend them, and upload the list as a new import.',
    file: 'text/csv',
    problems: [ImportNotFound],
  })
  async errors(
    @IdParam('schoolId') _schoolId: Id,
    @IdParam('importId') importId: Id,
    @CallersLanguage() language: Language,
  ): Promise<StreamableFile> {
    return csvFile(await this.rows.faulty(importId, language), 'students-to-mend');
  }

  @Post(':importId/start')
  @Operation({
    id: 'startStudentImport',
    summary: 'Enrol the valid rows of an import',
    description: 'A job does it, each row once; what cannot be enrolled is left out and says why.',
    ok: ImportDto,
    status: 202,
    problems: [ImportNotFound, new ImportNotOpen('done')],
  })
  start(
    @IdParam('schoolId') _schoolId: Id,
    @IdParam('importId') importId: Id,
    @Body() { invite }: StartImportDto,
  ): Promise<ImportView> {
    return this.startImport.execute(importId, invite);
  }

  @Post(':importId/cancel')
  @Operation({
    id: 'cancelStudentImport',
    summary: 'Stop an import',
    description: 'Also in the middle. Who is enrolled already stays a student.',
    ok: ImportDto,
    problems: [ImportNotFound, new ImportNotOpen('done')],
  })
  cancel(@IdParam('schoolId') _schoolId: Id, @IdParam('importId') importId: Id): Promise<ImportView> {
    return this.cancelImport.execute(importId);
  }
}
