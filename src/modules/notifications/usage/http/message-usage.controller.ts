import { Controller, Get, Query, type StreamableFile } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CallersLanguage, type Language } from '../../../../platform/http/language.js';
import { Operation } from '../../../../platform/http/operation.js';
import { IdParam } from '../../../../platform/http/params.js';
import type { Id } from '../../../../platform/values/id.js';
import { PeriodInvalid, PeriodQuery } from '../../../finance/index.js';
import { Requires } from '../../../identity/index.js';
import type { UsageReport } from '../domain/usage.js';
import { MessageUsage } from '../queries/message-usage.js';
import { MessageUsageReportDto } from './message-usage.dto.js';
import { usageFile } from './usage-file.js';

@Controller('v1/schools/:schoolId/messages')
@ApiTags('Messages')
export class MessageUsageController {
  constructor(private readonly usage: MessageUsage) {}

  @Get('usage')
  @Requires('message_usage.read')
  @Operation({
    id: 'getMessageUsage',
    summary: 'Read how many messages went and what they cost, by month',
    description:
      'Of the messages that were queued on these days and that a provider took: what was dropped or refused costs nothing. ' +
      'Costs are what the providers have told so far, each in its currency.',
    ok: MessageUsageReportDto,
    problems: [PeriodInvalid],
  })
  report(@IdParam('schoolId') _schoolId: Id, @Query() query: PeriodQuery): Promise<UsageReport> {
    return this.usage.report(query);
  }

  @Get('usage.csv')
  @Requires('message_usage.read')
  @Operation({
    id: 'downloadMessageUsage',
    summary: 'Download how many messages went and what they cost, by month',
    description: 'Semicolon-separated UTF-8 text in the caller’s language.',
    file: 'text/csv',
    problems: [PeriodInvalid],
  })
  async reportCsv(
    @IdParam('schoolId') _schoolId: Id,
    @Query() query: PeriodQuery,
    @CallersLanguage() language: Language,
  ): Promise<StreamableFile> {
    return usageFile(await this.usage.report(query), language);
  }
}
