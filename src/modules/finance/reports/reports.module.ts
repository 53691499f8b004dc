import { Module } from '@nestjs/common';
import { IdentityModule } from '../../identity/index.js';
import { BooksModule } from '../books.module.js';
import { AgeReportsController } from './http/age-reports.controller.js';
import { LedgerAccountsController } from './http/ledger-accounts.controller.js';
import { ReportsController } from './http/reports.controller.js';
import { AccountEntries } from './queries/account-entries.js';
import { AccountReader } from './queries/account-reader.js';
import { AgeReports } from './queries/age-reports.js';
import { FinanceReports } from './queries/finance-reports.js';
import { Movements } from './queries/movements.js';

/** What the books say: balances, entries, VAT, revenue, arrears and what is deferred, as data, text and images. */
@Module({
  imports: [IdentityModule, BooksModule],
  controllers: [AgeReportsController, LedgerAccountsController, ReportsController],
  providers: [AccountEntries, AccountReader, AgeReports, FinanceReports, Movements],
})
export class ReportsModule {}
