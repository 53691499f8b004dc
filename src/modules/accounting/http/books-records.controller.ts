import { Controller, Get, HttpCode, Post, Query, type StreamableFile } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { FileStoreUnavailable } from '../../../platform/files/file-problems.js';
import { Operation } from '../../../platform/http/operation.js';
import { type Page, PageOf } from '../../../platform/http/paging.js';
import { IdParam } from '../../../platform/http/params.js';
import { RateLimit } from '../../../platform/http/rate-limit/rate-limit.js';
import type { Id } from '../../../platform/values/id.js';
import { PeriodInvalid, PeriodQuery } from '../../finance/index.js';
import { Requires } from '../../identity/index.js';
import {
  AccountingFileNotFound,
  AccountingRecordFine,
  AccountingRecordNotFound,
  AccountingRecordOfOtherBooks,
  BooksNotConnected,
  BooksRefused,
  BooksUnavailable,
} from '../domain/accounting-problems.js';
import { type AccountingFileView, type AccountingRecordView, RecordReader } from '../queries/record-reader.js';
import { DownloadBooksFile } from '../use-cases/download-books-file.js';
import { type PreviewItem, PreviewSync } from '../use-cases/preview-sync.js';
import { type BooksReconciliation, ReconcileBooks } from '../use-cases/reconcile-books.js';
import { RetryRecords } from '../use-cases/retry-records.js';
import { BooksReconciliationDto, RetriedDto } from './accounting.dto.js';
import {
  AccountingFileDto,
  AccountingFileListQuery,
  AccountingPreviewDto,
  AccountingPreviewQuery,
  AccountingRecordDto,
  AccountingRecordListQuery,
} from './record.dto.js';

@Controller('v1/schools/:schoolId/accounting')
@ApiTags('Accounting')
export class BooksRecordsController {
  constructor(
    private readonly reader: RecordReader,
    private readonly retryRecords: RetryRecords,
    private readonly previewSync: PreviewSync,
    private readonly reconcileBooks: ReconcileBooks,
    private readonly downloadFile: DownloadBooksFile,
  ) {}

  @Get('preview')
  @RateLimit({ name: 'accounting-preview', points: 30, seconds: 60, by: 'caller' })
  @Requires('accounting.read')
  @Operation({
    id: 'previewBooksSync',
    summary: 'See exactly what would be sent to the books',
    description:
      'A dry run: the same steps up to the sending, and nothing is kept of them. Of what is new, the first thousands.',
    ok: PageOf(AccountingPreviewDto),
    problems: [BooksNotConnected],
  })
  preview(@IdParam('schoolId') _schoolId: Id, @Query() query: AccountingPreviewQuery): Promise<Page<PreviewItem>> {
    return this.previewSync.execute(query);
  }

  @Post('sync')
  @Requires('accounting.sync')
  @Operation({
    id: 'syncBooksNow',
    summary: 'Send to the books now',
    description: 'As soon as a worker is free, also while sending by itself is off.',
    status: 202,
    problems: [BooksNotConnected],
  })
  sync(@IdParam('schoolId') _schoolId: Id): Promise<void> {
    return this.retryRecords.syncNow();
  }

  @Get('records')
  @Requires('accounting.read')
  @Operation({
    id: 'listAccountingRecords',
    summary: 'List what was sent to the books, or waits to be',
    description: 'Newest first, of the books that the school had before too.',
    ok: PageOf(AccountingRecordDto),
  })
  records(
    @IdParam('schoolId') _schoolId: Id,
    @Query() query: AccountingRecordListQuery,
  ): Promise<Page<AccountingRecordView>> {
    return this.reader.list(query);
  }

  @Post('records/retry')
  @HttpCode(200)
  @Requires('accounting.sync')
  @Operation({
    id: 'retryAccountingRecords',
    summary: 'Send everything again that the books refused',
    description: 'What may be there is looked up first.',
    ok: RetriedDto,
    status: 200,
    problems: [BooksNotConnected],
  })
  retryAll(@IdParam('schoolId') _schoolId: Id): Promise<RetriedDto> {
    return this.retryRecords.all();
  }

  @Post('records/:accountingRecordId/retry')
  @Requires('accounting.sync')
  @Operation({
    id: 'retryAccountingRecord',
    summary: 'Send a record again that the books refused',
    description: 'What may be there is looked up first.',
    ok: AccountingRecordDto,
    status: 200,
    problems: [AccountingRecordNotFound, AccountingRecordFine, AccountingRecordOfOtherBooks],
  })
  async retry(
    @IdParam('schoolId') _schoolId: Id,
    @IdParam('accountingRecordId') accountingRecordId: Id,
  ): Promise<AccountingRecordView> {
    await this.retryRecords.execute(accountingRecordId);
    return this.reader.get(accountingRecordId);
  }

  @Get('reconciliation')
  @RateLimit({ name: 'accounting-reconciliation', points: 30, seconds: 60, by: 'caller' })
  @Requires('accounting.read')
  @Operation({
    id: 'reconcileBooks',
    summary: 'Hold our ledger against the books',
    description: 'Totals here and there of a period, and what they differ by.',
    ok: BooksReconciliationDto,
    problems: [BooksNotConnected, BooksRefused, BooksUnavailable, PeriodInvalid],
  })
  reconcile(@IdParam('schoolId') _schoolId: Id, @Query() period: PeriodQuery): Promise<BooksReconciliation> {
    return this.reconcileBooks.execute(period);
  }

  @Get('files')
  @Requires('accounting.read')
  @Operation({
    id: 'listAccountingFiles',
    summary: 'List the files that were made for the bookkeeping',
    description: 'With their checksums, newest first. They are kept for five years after the year that they are of.',
    ok: PageOf(AccountingFileDto),
  })
  files(
    @IdParam('schoolId') _schoolId: Id,
    @Query() query: AccountingFileListQuery,
  ): Promise<Page<AccountingFileView>> {
    return this.reader.files(query);
  }

  @Get('files/:accountingFileId')
  @RateLimit({ name: 'accounting-files', points: 300, seconds: 60, by: 'caller' })
  @Requires('accounting.read')
  @Operation({
    id: 'downloadAccountingFile',
    summary: 'Download a file that was made for the bookkeeping',
    description: 'That it was taken away is written down.',
    file: ['text/csv', 'application/pdf', 'application/json'],
    problems: [AccountingFileNotFound, FileStoreUnavailable],
  })
  file(@IdParam('schoolId') _schoolId: Id, @IdParam('accountingFileId') accountingFileId: Id): Promise<StreamableFile> {
    return this.downloadFile.execute(accountingFileId);
  }
}
