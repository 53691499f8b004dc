import { Controller, Get, Query, type StreamableFile } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type Actor, CurrentActor } from '../../../../platform/auth/actor.js';
import { csvFile } from '../../../../platform/http/csv-file.js';
import { Operation } from '../../../../platform/http/operation.js';
import { IdParam } from '../../../../platform/http/params.js';
import { RateLimit } from '../../../../platform/http/rate-limit/rate-limit.js';
import type { Id } from '../../../../platform/values/id.js';
import { Requires } from '../../../identity/index.js';
import { StudentNotFound } from '../../../students/index.js';
import { StatementCsv } from '../queries/statement-csv.js';
import { type StatementPage, StatementReader } from '../queries/statement-reader.js';
import { StatementDto, StatementFileQuery, StatementQuery } from './statement.dto.js';

@Controller('v1/schools/:schoolId/students/:studentId')
@ApiTags('Accounting')
export class StatementsController {
  constructor(
    private readonly statements: StatementReader,
    private readonly csv: StatementCsv,
  ) {}

  @Get('statement')
  @Requires('account.balance')
  @Operation({
    id: 'getStatement',
    summary: 'Read a student’s statement of account, oldest first',
    description: 'Each voucher out of the ledger with the balance after it. A student sees his own alone.',
    ok: StatementDto,
    problems: [StudentNotFound],
  })
  read(
    @IdParam('schoolId') _schoolId: Id,
    @CurrentActor() actor: Actor,
    @IdParam('studentId') studentId: Id,
    @Query() query: StatementQuery,
  ): Promise<StatementPage> {
    return this.statements.page(actor, studentId, query);
  }

  @Get('statement.csv')
  @RateLimit({ name: 'statement-file', points: 30, seconds: 60, by: 'caller' })
  @Requires('account.balance')
  @Operation({
    id: 'downloadStatement',
    summary: 'Download a student’s statement of account',
    description: 'Semicolon-separated UTF-8 text: date, text, amount, balance. A student gets his own alone.',
    file: 'text/csv',
    problems: [StudentNotFound],
  })
  async download(
    @IdParam('schoolId') _schoolId: Id,
    @CurrentActor() actor: Actor,
    @IdParam('studentId') studentId: Id,
    @Query() { language, ...period }: StatementFileQuery,
  ): Promise<StreamableFile> {
    return csvFile(await this.csv.lines(actor, studentId, period, language), 'statement');
  }
}
