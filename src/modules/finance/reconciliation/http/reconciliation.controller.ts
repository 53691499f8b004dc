import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type Actor, CurrentActor } from '../../../../platform/auth/actor.js';
import { AsksOutside } from '../../../../platform/http/idempotency/own-transactions.js';
import { Operation } from '../../../../platform/http/operation.js';
import { type Page, PageOf } from '../../../../platform/http/paging.js';
import { IdParam } from '../../../../platform/http/params.js';
import type { Id } from '../../../../platform/values/id.js';
import { Money } from '../../../../platform/values/money.js';
import { Requires } from '../../../identity/index.js';
import { RefundAboveReceived } from '../../domain/errors.js';
import {
  DifferenceNotAdoptable,
  DifferenceNotFound,
  DifferenceNotPostable,
  DifferenceSettled,
  DifferenceToPost,
} from '../domain/reconciliation-errors.js';
import { type DifferenceView, type DisputeView, ReconciliationReader } from '../queries/reconciliation-reader.js';
import { AdoptRefund } from '../use-cases/adopt-refund.js';
import { CheckDifference } from '../use-cases/check-difference.js';
import { DismissDifference } from '../use-cases/dismiss-difference.js';
import { PostDifference } from '../use-cases/post-difference.js';
import {
  AdoptRefundDto,
  DifferenceDto,
  DifferenceListQuery,
  DismissDifferenceDto,
  DisputeDto,
  DisputeListQuery,
  PostDifferenceDto,
} from './reconciliation.dto.js';

@Controller('v1/schools/:schoolId')
@ApiTags('Reconciliation')
export class ReconciliationController {
  constructor(
    private readonly reader: ReconciliationReader,
    private readonly checkDifference: CheckDifference,
    private readonly dismissDifference: DismissDifference,
    private readonly postDifference: PostDifference,
    private readonly adoptRefund: AdoptRefund,
  ) {}

  @Get('gateway-differences')
  @Requires('reconciliation.manage')
  @Operation({
    id: 'listGatewayDifferences',
    summary: 'List where the provider’s books differ from ours',
    description: 'Newest first; compared every hour.',
    ok: PageOf(DifferenceDto),
  })
  differences(@IdParam('schoolId') _schoolId: Id, @Query() query: DifferenceListQuery): Promise<Page<DifferenceView>> {
    return this.reader.differences(query);
  }

  @Post('gateway-differences/:differenceId/check')
  @Requires('reconciliation.manage')
  @AsksOutside('the gateway is asked between what was decided and what came of it; asking again changes nothing')
  @Operation({
    id: 'checkGatewayDifference',
    summary: 'Ask the provider again about a difference',
    description: 'Takes over what the provider proves: nothing is marked paid without its evidence.',
    ok: DifferenceDto,
    problems: [DifferenceNotFound, DifferenceSettled],
  })
  async check(@IdParam('schoolId') _schoolId: Id, @IdParam('differenceId') differenceId: Id): Promise<DifferenceView> {
    await this.checkDifference.execute(differenceId);
    return this.reader.difference(differenceId);
  }

  @Post('gateway-differences/:differenceId/dismiss')
  @Requires('reconciliation.manage')
  @Operation({
    id: 'dismissGatewayDifference',
    summary: 'Say why a difference may stay',
    description: 'Nothing is posted by it.',
    ok: DifferenceDto,
    problems: [DifferenceNotFound, DifferenceSettled, DifferenceToPost],
  })
  async dismiss(
    @IdParam('schoolId') _schoolId: Id,
    @CurrentActor() actor: Actor,
    @IdParam('differenceId') differenceId: Id,
    @Body() { reason }: DismissDifferenceDto,
  ): Promise<DifferenceView> {
    await this.dismissDifference.execute(actor, differenceId, reason);
    return this.reader.difference(differenceId);
  }

  @Post('gateway-differences/:differenceId/posting')
  @Requires('reconciliation.manage')
  @Operation({
    id: 'postGatewayDifference',
    summary: 'Post a line of the provider’s that nothing explains',
    description: 'Between clearing and the chosen account, once. The date is the line’s, or the first open day.',
    ok: DifferenceDto,
    problems: [DifferenceNotFound, DifferenceSettled, DifferenceNotPostable],
  })
  async post(
    @IdParam('schoolId') _schoolId: Id,
    @CurrentActor() actor: Actor,
    @IdParam('differenceId') differenceId: Id,
    @Body() body: PostDifferenceDto,
  ): Promise<DifferenceView> {
    await this.postDifference.execute(actor, differenceId, body);
    return this.reader.difference(differenceId);
  }

  @Post('gateway-differences/:differenceId/adopt')
  @Requires('reconciliation.manage')
  @Operation({
    id: 'adoptGatewayRefund',
    summary: 'Take over a refund that was made at the provider',
    description:
      'It becomes a refund of the payment, once: the student’s credit is less, or the invoice is open again.',
    ok: DifferenceDto,
    problems: [
      DifferenceNotFound,
      DifferenceSettled,
      DifferenceNotAdoptable,
      new RefundAboveReceived(Money.of(65_000, 'DKK')),
    ],
  })
  async adopt(
    @IdParam('schoolId') _schoolId: Id,
    @CurrentActor() actor: Actor,
    @IdParam('differenceId') differenceId: Id,
    @Body() { reason }: AdoptRefundDto,
  ): Promise<DifferenceView> {
    await this.adoptRefund.execute(actor, differenceId, reason);
    return this.reader.difference(differenceId);
  }

  @Get('disputes')
  @Requires('reconciliation.manage')
  @Operation({
    id: 'listDisputes',
    summary: 'List payments that customers’ banks took back',
    description: 'Newest first.',
    ok: PageOf(DisputeDto),
  })
  disputes(@IdParam('schoolId') _schoolId: Id, @Query() query: DisputeListQuery): Promise<Page<DisputeView>> {
    return this.reader.disputes(query);
  }
}
