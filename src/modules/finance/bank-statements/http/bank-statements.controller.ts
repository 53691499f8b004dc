import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type Actor, CurrentActor } from '../../../../platform/auth/actor.js';
import { Operation } from '../../../../platform/http/operation.js';
import { type Page, PageOf } from '../../../../platform/http/paging.js';
import { IdParam } from '../../../../platform/http/params.js';
import { RateLimit } from '../../../../platform/http/rate-limit/rate-limit.js';
import { ReadsBody } from '../../../../platform/http/request-body.js';
import type { Id } from '../../../../platform/values/id.js';
import { Requires } from '../../../identity/index.js';
import { InvoiceNotFound } from '../../domain/errors.js';
import { mostBankLines } from '../domain/bank-csv.js';
import {
  BankFileColumnsMissing,
  BankFileTooLong,
  BankFileUnreadable,
  BankLineMatched,
  BankLineNotFound,
  BankStatementNotFound,
} from '../domain/bank-problems.js';
import { BankLines, type BankLineView, type BankStatementView } from '../queries/bank-lines.js';
import { MatchBankLine } from '../use-cases/match-bank-line.js';
import { UploadBankStatement } from '../use-cases/upload-bank-statement.js';
import {
  BankLineDto,
  BankLineListQuery,
  BankStatementDto,
  BankStatementListQuery,
  IgnoreBankLineDto,
  MatchBankLineDto,
  UploadBankStatementQuery,
} from './bank-statement.dto.js';

@Controller('v1/schools/:schoolId')
@ApiTags('Bank statements')
@Requires('bank.import')
export class BankStatementsController {
  constructor(
    private readonly upload: UploadBankStatement,
    private readonly matchLine: MatchBankLine,
    private readonly lines: BankLines,
  ) {}

  @Post('bank-statements')
  @RateLimit({ name: 'bank-statement', points: 20, seconds: 60, by: 'caller' })
  @ReadsBody({ mediaType: 'text/csv', maxMebibytes: 5 })
  @Operation({
    id: 'uploadBankStatement',
    summary: 'Upload what came to the school’s bank account',
    description:
      'The bank’s CSV of at most 20,000 rows: UTF-8 or Windows-1252; semicolons, commas or tabs; Danish numbers and dates. Lines of an earlier file do nothing. ' +
      'A job records a payment for each line that names an open invoice, by its payment id or number, with exactly its amount; the others wait for somebody.',
    ok: BankStatementDto,
    status: 201,
    problems: [new BankFileUnreadable(7), new BankFileColumnsMissing(['date']), new BankFileTooLong(mostBankLines)],
  })
  async add(
    @IdParam('schoolId') _schoolId: Id,
    @CurrentActor() actor: Actor,
    @Query() columns: UploadBankStatementQuery,
    @Body() file: Buffer,
  ): Promise<BankStatementView> {
    return this.lines.statement(await this.upload.execute(actor, file, columns));
  }

  @Get('bank-statements')
  @Operation({
    id: 'listBankStatements',
    summary: 'List uploaded statements, newest first',
    description: 'And how far each is.',
    ok: PageOf(BankStatementDto),
  })
  list(@IdParam('schoolId') _schoolId: Id, @Query() query: BankStatementListQuery): Promise<Page<BankStatementView>> {
    return this.lines.statements(query);
  }

  @Get('bank-statements/:statementId')
  @Operation({
    id: 'getBankStatement',
    summary: 'Read how far a statement is',
    description: 'How many of its lines are payments, wait, or need a decision.',
    ok: BankStatementDto,
    problems: [BankStatementNotFound],
  })
  get(@IdParam('schoolId') _schoolId: Id, @IdParam('statementId') statementId: Id): Promise<BankStatementView> {
    return this.lines.statement(statementId);
  }

  @Get('bank-lines')
  @Operation({
    id: 'listBankLines',
    summary: 'List what came to the bank, newest first',
    description: 'Those with state `doubtful` need a decision.',
    ok: PageOf(BankLineDto),
  })
  listLines(@IdParam('schoolId') _schoolId: Id, @Query() query: BankLineListQuery): Promise<Page<BankLineView>> {
    return this.lines.list(query);
  }

  @Post('bank-lines/:bankLineId/match')
  @Operation({
    id: 'matchBankLine',
    summary: 'Say which invoice a line pays',
    description: 'Records the payment. One that was ignored may still be matched.',
    ok: BankLineDto,
    problems: [BankLineNotFound, BankLineMatched, InvoiceNotFound],
  })
  async match(
    @IdParam('schoolId') _schoolId: Id,
    @CurrentActor() actor: Actor,
    @IdParam('bankLineId') bankLineId: Id,
    @Body() { invoiceId }: MatchBankLineDto,
  ): Promise<BankLineView> {
    await this.matchLine.byHand(actor, bankLineId, invoiceId);
    return this.lines.get(bankLineId);
  }

  @Post('bank-lines/:bankLineId/ignore')
  @Operation({
    id: 'ignoreBankLine',
    summary: 'Say that a line is no payment',
    description: 'It leaves the list of those that need a decision.',
    ok: BankLineDto,
    problems: [BankLineNotFound, BankLineMatched],
  })
  async ignore(
    @IdParam('schoolId') _schoolId: Id,
    @CurrentActor() actor: Actor,
    @IdParam('bankLineId') bankLineId: Id,
    @Body() { reason }: IgnoreBankLineDto,
  ): Promise<BankLineView> {
    await this.matchLine.ignore(actor, bankLineId, reason);
    return this.lines.get(bankLineId);
  }
}
