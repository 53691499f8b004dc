import { Module } from '@nestjs/common';
import { configProvider } from '../../platform/config/config.module.js';
import { FinanceModule } from '../finance/index.js';
import { IdentityModule } from '../identity/index.js';
import { SchoolsModule } from '../schools/index.js';
import { StudentsModule } from '../students/index.js';
import { AccountingConfig } from './accounting.config.js';
import { BooksConnectionController } from './http/books-connection.controller.js';
import { BooksRecordsController } from './http/books-records.controller.js';
import { ConsentReturnController } from './http/consent-return.controller.js';
import { ForgetBooksFiles } from './jobs/forget-books-files.js';
import { SyncJobs } from './jobs/sync-jobs.js';
import { BooksFiles } from './ports/books-files.js';
import { AccountingIntegration } from './queries/accounting-integration.js';
import { AccountingPrivacy } from './privacy/accounting-privacy.js';
import { AccountingChecks } from './queries/accounting-checks.js';
import { BooksChart } from './queries/books-chart.js';
import { BooksCustomers } from './queries/books-customers.js';
import { BooksDocuments } from './queries/books-documents.js';
import { BooksJournals } from './queries/books-journals.js';
import { BooksPayments } from './queries/books-payments.js';
import { ConnectionReader } from './queries/connection-reader.js';
import { JournalVoucher } from './queries/journal-voucher.js';
import { LedgerScan } from './queries/ledger-scan.js';
import { RecordReader } from './queries/record-reader.js';
import { SchoolZone } from './queries/school-zone.js';
import { ConfigureSync } from './use-cases/configure-sync.js';
import { ConnectBooks } from './use-cases/connect-books.js';
import { DisconnectBooks } from './use-cases/disconnect-books.js';
import { DownloadBooksFile } from './use-cases/download-books-file.js';
import { KeepBooksFile } from './use-cases/keep-books-file.js';
import { MapAccounts } from './use-cases/map-accounts.js';
import { OpenBooks } from './use-cases/open-books.js';
import { PrepareRecord } from './use-cases/prepare-record.js';
import { PreviewSync } from './use-cases/preview-sync.js';
import { PushRecord } from './use-cases/push-record.js';
import { ReconcileBooks } from './use-cases/reconcile-books.js';
import { RecordSteps } from './use-cases/record-steps.js';
import { RetryRecords } from './use-cases/retry-records.js';
import { ScanLedger } from './use-cases/scan-ledger.js';
import { StoredAccess } from './use-cases/stored-access.js';
import { SuggestMappings } from './use-cases/suggest-mappings.js';
import { SyncBooks } from './use-cases/sync-books.js';
import { SyncLease } from './use-cases/sync-lease.js';

/** What schools sell, in their own bookkeeping. Needs the systems that integrations.module.ts binds. */
@Module({
  imports: [IdentityModule, SchoolsModule, StudentsModule, FinanceModule],
  controllers: [BooksConnectionController, BooksRecordsController, ConsentReturnController],
  providers: [
    configProvider(AccountingConfig),
    { provide: BooksFiles, useClass: KeepBooksFile },
    AccountingChecks,
    AccountingIntegration,
    AccountingPrivacy,
    BooksChart,
    BooksCustomers,
    BooksDocuments,
    BooksJournals,
    BooksPayments,
    ConfigureSync,
    ConnectBooks,
    ConnectionReader,
    DisconnectBooks,
    DownloadBooksFile,
    ForgetBooksFiles,
    JournalVoucher,
    LedgerScan,
    MapAccounts,
    OpenBooks,
    PrepareRecord,
    PreviewSync,
    PushRecord,
    ReconcileBooks,
    RecordReader,
    RecordSteps,
    RetryRecords,
    ScanLedger,
    SchoolZone,
    StoredAccess,
    SuggestMappings,
    SyncBooks,
    SyncJobs,
    SyncLease,
  ],
  exports: [BooksFiles],
})
export class AccountingModule {}
