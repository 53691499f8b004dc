import { Controller, Get, Query, type StreamableFile } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CallersLanguage, type Language } from '../../../../platform/http/language.js';
import { Operation } from '../../../../platform/http/operation.js';
import { type Page, PageOf } from '../../../../platform/http/paging.js';
import { IdParam } from '../../../../platform/http/params.js';
import type { Id } from '../../../../platform/values/id.js';
import { Requires } from '../../../identity/index.js';
import { PeriodInvalid } from '../../reports/domain/period.js';
import type { ReportRow } from '../../reports/domain/report-csv.js';
import { PeriodQuery } from '../../reports/http/report.dto.js';
import { reportFile } from '../../reports/http/report-files.js';
import { movementWords, payoutHeadings } from '../domain/payout-words.js';
import { type PayoutLine, PayoutLines } from '../queries/payout-lines.js';
import { type PayoutView, ReconciliationReader } from '../queries/reconciliation-reader.js';
import { PayoutDto, PayoutListQuery } from './reconciliation.dto.js';

@Controller('v1/schools/:schoolId')
@ApiTags('Reconciliation')
export class PayoutsController {
  constructor(
    private readonly reader: ReconciliationReader,
    private readonly lines: PayoutLines,
  ) {}

  @Get('gateway-payouts')
  @Requires('reconciliation.manage')
  @Operation({
    id: 'listGatewayPayouts',
    summary: 'List what the provider has sent to the bank',
    description: 'Newest first: the school’s part of each payout, and what the provider kept.',
    ok: PageOf(PayoutDto),
  })
  payouts(@IdParam('schoolId') _schoolId: Id, @Query() query: PayoutListQuery): Promise<Page<PayoutView>> {
    return this.reader.payouts(query);
  }

  @Get('gateway-payouts.csv')
  @Requires('reconciliation.manage')
  @Operation({
    id: 'downloadGatewayPayouts',
    summary: 'Download what the provider has sent to the bank, line by line',
    description:
      'Semicolon-separated UTF-8 text in the caller’s language: payments, refunds, fees and disputes of each payout sent on these days, and then their sum, which is what the bank shows.',
    file: 'text/csv',
    problems: [PeriodInvalid],
  })
  async download(
    @IdParam('schoolId') _schoolId: Id,
    @Query() query: PeriodQuery,
    @CallersLanguage() language: Language,
  ): Promise<StreamableFile> {
    return reportFile('payouts', payoutHeadings, rowsOf(await this.lines.all(query), language), language);
  }
}

async function* rowsOf(pages: AsyncIterable<readonly PayoutLine[]>, language: Language) {
  for await (const lines of pages) yield lines.map((line) => rowOf(line, language));
}

function rowOf(line: PayoutLine, language: Language): ReportRow {
  const { paidOn, payoutRef, kind, on, reference, invoiceNumber, amount, fee, net } = line;
  return [paidOn, payoutRef, movementWords[kind][language], on, reference, invoiceNumber, amount, fee, net];
}
