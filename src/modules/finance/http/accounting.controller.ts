import { Body, Controller, Get, Put, Query, type StreamableFile } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type Actor, CurrentActor } from '../../../platform/auth/actor.js';
import { csvFile } from '../../../platform/http/csv-file.js';
import { Conditional } from '../../../platform/http/conditional/conditional.js';
import { Operation } from '../../../platform/http/operation.js';
import { IdParam } from '../../../platform/http/params.js';
import { RateLimit } from '../../../platform/http/rate-limit/rate-limit.js';
import type { Id } from '../../../platform/values/id.js';
import { Requires } from '../../identity/index.js';
import { StudentNotFound } from '../../students/index.js';
import { InvalidGiroCreditor } from '../bank-statements/domain/bank-problems.js';
import { journalCsv } from '../domain/journal-csv.js';
import { StudentAccount, type StudentAccountView } from '../queries/student-account.js';
import { ConfigureFinance, type FinanceSettingsView } from '../use-cases/configure-finance.js';
import { DownloadJournal } from '../use-cases/download-journal.js';
import { FinanceSettingsDto, JournalQuery, StudentAccountDto } from './payment.dto.js';

@Controller('v1/schools/:schoolId')
@ApiTags('Accounting')
export class AccountingController {
  constructor(
    private readonly accounts: StudentAccount,
    private readonly downloadJournal: DownloadJournal,
    private readonly configureFinance: ConfigureFinance,
  ) {}

  @Get('students/:studentId/account')
  @Requires('account.balance')
  @Operation({
    id: 'getStudentAccount',
    summary: 'Read what a student owes',
    description: 'Out of the ledger. A student sees his own alone.',
    ok: StudentAccountDto,
    problems: [StudentNotFound],
  })
  account(
    @IdParam('schoolId') _schoolId: Id,
    @CurrentActor() actor: Actor,
    @IdParam('studentId') studentId: Id,
  ): Promise<StudentAccountView> {
    return this.accounts.of(actor, studentId);
  }

  @Get('accounting/journal.csv')
  @RateLimit({ name: 'accounting-export', points: 30, seconds: 60, by: 'caller' })
  @Requires('accounting.export')
  @Operation({
    id: 'downloadJournal',
    summary: 'Download a day’s general journal',
    description:
      'Semicolon-separated UTF-8 text: date, voucher, account, text, debit, credit, VAT code. It balances to zero.',
    file: 'text/csv',
  })
  async download(
    @IdParam('schoolId') _schoolId: Id,
    @Query() { date, decimal }: JournalQuery,
  ): Promise<StreamableFile> {
    return csvFile(journalCsv(await this.downloadJournal.execute(date), decimal), `journal-${date}`);
  }

  @Get('finance-settings')
  @Requires('finance.configure')
  @Operation({
    id: 'getFinanceSettings',
    summary: 'Read how the school invoices',
    description: 'When invoices fall due, and the account they are paid to.',
    ok: FinanceSettingsDto,
  })
  settings(@IdParam('schoolId') _schoolId: Id): Promise<FinanceSettingsView> {
    return this.configureFinance.read();
  }

  @Put('finance-settings')
  @Conditional()
  @Requires('finance.configure')
  @Operation({
    id: 'updateFinanceSettings',
    summary: 'Change how the school invoices',
    description: 'Counts for invoices issued from now on.',
    ok: FinanceSettingsDto,
    problems: [InvalidGiroCreditor],
  })
  configure(@IdParam('schoolId') _schoolId: Id, @Body() body: FinanceSettingsDto): Promise<FinanceSettingsView> {
    return this.configureFinance.execute(body);
  }
}
