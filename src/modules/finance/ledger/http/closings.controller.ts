import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type Actor, CurrentActor } from '../../../../platform/auth/actor.js';
import { Operation } from '../../../../platform/http/operation.js';
import { type Page, PageOf } from '../../../../platform/http/paging.js';
import { IdParam } from '../../../../platform/http/params.js';
import type { Id } from '../../../../platform/values/id.js';
import { Requires } from '../../../identity/index.js';
import { ClosedAlready, ClosingNotFound, NotLatestClosing, PeriodNotOver } from '../domain/errors.js';
import { ClosingReader, type ClosingView } from '../queries/closing-reader.js';
import { CloseBooks } from '../use-cases/close-books.js';
import { CloseBooksDto, ClosingDto, ClosingListQuery, ReopenBooksDto } from './closing.dto.js';

@Controller('v1/schools/:schoolId/ledger/closings')
@ApiTags('Accounting')
export class ClosingsController {
  constructor(
    private readonly closeBooks: CloseBooks,
    private readonly closings: ClosingReader,
  ) {}

  @Post()
  @Requires('ledger.close')
  @Operation({
    id: 'closeBooks',
    summary: 'Close the books up to a day',
    description:
      'Nothing is posted on that day or before any more. What belongs there is posted on the first open day.',
    ok: ClosingDto,
    status: 201,
    problems: [new PeriodNotOver('2026-11-30'), new ClosedAlready('2026-09-30')],
  })
  async close(
    @IdParam('schoolId') _schoolId: Id,
    @CurrentActor() actor: Actor,
    @Body() { through }: CloseBooksDto,
  ): Promise<ClosingView> {
    return this.closings.get(await this.closeBooks.close(actor, through));
  }

  @Get()
  @Requires('ledger.read')
  @Operation({
    id: 'listClosings',
    summary: 'List closings of the books, newest first',
    description: 'Those that were reopened too. The books are closed as far as the latest that was not.',
    ok: PageOf(ClosingDto),
  })
  list(@IdParam('schoolId') _schoolId: Id, @Query() query: ClosingListQuery): Promise<Page<ClosingView>> {
    return this.closings.list(query);
  }

  @Post(':closingId/reopen')
  @Requires('ledger.close')
  @Operation({
    id: 'reopenBooks',
    summary: 'Reopen the latest closing',
    description: 'The books are closed as far as the closing before it afterwards.',
    ok: ClosingDto,
    problems: [ClosingNotFound, NotLatestClosing],
  })
  async reopen(
    @IdParam('schoolId') _schoolId: Id,
    @CurrentActor() actor: Actor,
    @IdParam('closingId') closingId: Id,
    @Body() { reason }: ReopenBooksDto,
  ): Promise<ClosingView> {
    await this.closeBooks.reopen(actor, closingId, reason);
    return this.closings.get(closingId);
  }
}
