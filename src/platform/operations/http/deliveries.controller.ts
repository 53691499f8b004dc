import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { RequiresPermission } from '../../auth/requires.js';
import { Operation } from '../../http/operation.js';
import { type Page, PageOf } from '../../http/paging.js';
import { OwnTransactions } from '../../http/idempotency/own-transactions.js';
import { DeadLetters } from '../dead-letters.js';
import { DeliveryList, type DeliveryRow } from '../delivery-list.js';
import { DeadLetterNotFound } from '../operations-problems.js';
import { DeadLetterDto, DeliveryDto, DeliveryListQuery, RetriedDto, RetryAllDto } from './operations.dto.js';

@Controller('v1/ops/deliveries')
@ApiTags('Operations')
export class DeliveriesController {
  constructor(
    private readonly deliveries: DeliveryList,
    private readonly deadLetters: DeadLetters,
  ) {}

  @Get()
  @RequiresPermission('ops.read')
  @Operation({
    id: 'listDeliveries',
    summary: 'List events that have not reached a handler',
    description: 'Dead letters unless told otherwise; longest due first. What is done is not listed.',
    ok: PageOf(DeliveryDto),
  })
  list(@Query() query: DeliveryListQuery): Promise<Page<DeliveryRow>> {
    return this.deliveries.page(query);
  }

  @Post('retry')
  @RequiresPermission('ops.manage')
  @Operation({
    id: 'retryDeadLetter',
    summary: 'Try a dead letter again',
    description:
      'It gets all its attempts anew. A handler’s effect and the delivery’s end are one, so nothing happens twice.',
    problems: [DeadLetterNotFound],
  })
  retry(@Body() letter: DeadLetterDto): Promise<void> {
    return this.deadLetters.retry(letter);
  }

  @Post('retry-all')
  @RequiresPermission('ops.manage')
  @OwnTransactions('many are retried in batches')
  @Operation({
    id: 'retryAllDeadLetters',
    summary: 'Try all dead letters again, or all of one handler',
    description: 'For after an outage. Those that come to fail again die again, one by one.',
    ok: RetriedDto,
  })
  async retryAll(@Body() { handler }: RetryAllDto): Promise<RetriedDto> {
    return { retried: await this.deadLetters.retryAll(handler) };
  }

  @Post('discard')
  @RequiresPermission('ops.manage')
  @Operation({
    id: 'discardDeadLetter',
    summary: 'Give a dead letter up for good',
    description: 'For one whose effect is not wanted any more. It is written down who did so; nothing else happens.',
    problems: [DeadLetterNotFound],
  })
  discard(@Body() letter: DeadLetterDto): Promise<void> {
    return this.deadLetters.discard(letter);
  }
}
