import { Controller, Get, Query, StreamableFile } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type Actor, CurrentActor } from '../../../../platform/auth/actor.js';
import { csvFile } from '../../../../platform/http/csv-file.js';
import { Operation } from '../../../../platform/http/operation.js';
import { IdParam } from '../../../../platform/http/params.js';
import { RateLimit } from '../../../../platform/http/rate-limit/rate-limit.js';
import { textStream } from '../../../../platform/http/text-stream.js';
import type { Id } from '../../../../platform/values/id.js';
import { Requires } from '../../../identity/index.js';
import { StudentNotFound } from '../../../students/index.js';
import { StatementCsv } from '../queries/statement-csv.js';
import { StatementPdf } from '../queries/statement-pdf.js';
import { type StatementPage, StatementReader } from '../queries/statement-reader.js';
import { StatementDto, StatementFileQuery, StatementQuery } from './statement.dto.js';

@Controller('v1/schools/:schoolId/students/:studentId')
@ApiTags('Accounting')
export class StatementsController {
  constructor(
    private readonly statements: StatementReader,
    private readonly csv: StatementCsv,
    private readonly pdf: StatementPdf,
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

  @Get('statement.pdf')
  @RateLimit({ name: 'statement-file', points: 30, seconds: 60, by: 'caller' })
  @Requires('account.balance')
  @Operation({
    id: 'printStatement',
    summary: 'Get a student’s statement of account on paper',
    description: 'A PDF with each voucher and the balance after it, however many pages. A student gets his own alone.',
    file: 'application/pdf',
    problems: [StudentNotFound],
  })
  async print(
    @IdParam('schoolId') _schoolId: Id,
    @CurrentActor() actor: Actor,
    @IdParam('studentId') studentId: Id,
    @Query() { language, ...period }: StatementFileQuery,
  ): Promise<StreamableFile> {
    const content = textStream(await this.pdf.bytes(actor, studentId, period, language));
    return new StreamableFile(content, { type: 'application/pdf', disposition: 'inline; filename="statement.pdf"' });
  }
}
