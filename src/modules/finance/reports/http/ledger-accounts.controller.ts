import { Controller, Get, Query, type StreamableFile } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CallersLanguage, type Language } from '../../../../platform/http/language.js';
import { Operation } from '../../../../platform/http/operation.js';
import { type Page, PageOf } from '../../../../platform/http/paging.js';
import { IdParam } from '../../../../platform/http/params.js';
import type { Id } from '../../../../platform/values/id.js';
import { Requires } from '../../../identity/index.js';
import { AccountEntries, type AccountEntry } from '../queries/account-entries.js';
import { AccountNotFound, AccountReader, type AccountView } from '../queries/account-reader.js';
import { AccountListQuery, EntriesQuery, LedgerAccountDto, LedgerEntryDto, PeriodQuery } from './report.dto.js';
import { reportFile } from './report-files.js';

const headings = [
  { da: 'Dato', en: 'Date' },
  { da: 'Bilag', en: 'Voucher' },
  { da: 'Tekst', en: 'Text' },
  { da: 'Debet', en: 'Debit' },
  { da: 'Kredit', en: 'Credit' },
  { da: 'Modkonto', en: 'Against' },
];

@Controller('v1/schools/:schoolId/ledger/accounts')
@ApiTags('Finance reports')
export class LedgerAccountsController {
  constructor(
    private readonly accounts: AccountReader,
    private readonly entries: AccountEntries,
  ) {}

  @Get()
  @Requires('ledger.read')
  @Operation({
    id: 'listLedgerAccounts',
    summary: 'List the ledger’s accounts with their balances',
    description: 'What each student owes is an account of its own.',
    ok: PageOf(LedgerAccountDto),
  })
  list(@IdParam('schoolId') _schoolId: Id, @Query() query: AccountListQuery): Promise<Page<AccountView>> {
    return this.accounts.list(query);
  }

  @Get(':accountId/entries')
  @Requires('ledger.read')
  @Operation({
    id: 'listLedgerEntries',
    summary: 'List what was posted on an account',
    description: 'In the order of days.',
    ok: PageOf(LedgerEntryDto),
    problems: [AccountNotFound],
  })
  page(
    @IdParam('schoolId') _schoolId: Id,
    @IdParam('accountId') accountId: Id,
    @Query() query: EntriesQuery,
  ): Promise<Page<AccountEntry>> {
    return this.entries.page(accountId, query);
  }

  @Get(':accountId/entries.csv')
  @Requires('ledger.read')
  @Operation({
    id: 'downloadLedgerEntries',
    summary: 'Download what was posted on an account',
    description: 'Semicolon-separated UTF-8 text in the caller’s language, however much it is.',
    file: 'text/csv',
    problems: [AccountNotFound],
  })
  async download(
    @IdParam('schoolId') _schoolId: Id,
    @IdParam('accountId') accountId: Id,
    @Query() query: PeriodQuery,
    @CallersLanguage() language: Language,
  ): Promise<StreamableFile> {
    return reportFile('entries', headings, rowsOf(await this.entries.all(accountId, query)), language);
  }
}

async function* rowsOf(pages: AsyncIterable<readonly AccountEntry[]>) {
  for await (const entries of pages)
    yield entries.map((each) => [each.occurredOn, each.voucher, each.text, each.debit, each.credit, each.against]);
}
