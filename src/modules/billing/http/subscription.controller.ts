import { Body, Controller, Delete, Get, HttpCode, Post, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Conditional } from '../../../platform/http/conditional/conditional.js';
import { AsksOutside, OwnTransactions } from '../../../platform/http/idempotency/own-transactions.js';
import { Operation } from '../../../platform/http/operation.js';
import { type Page, PageOf } from '../../../platform/http/paging.js';
import { IdParam } from '../../../platform/http/params.js';
import type { Id } from '../../../platform/values/id.js';
import { GatewayUnclear } from '../../finance/index.js';
import { Requires } from '../../identity/index.js';
import {
  AlreadySubscribed,
  NotSubscribed,
  PlanNotFound,
  PlanTooSmall,
  StepUnderWay,
  SubscriptionNotFound,
  SubscriptionRefused,
} from '../domain/billing-problems.js';
import { BillReader, type BillView } from '../queries/bill-reader.js';
import { PlanReader, type PlanView } from '../queries/plan-reader.js';
import { SubscriptionReader, type SubscriptionView } from '../queries/subscription-reader.js';
import { OpenPortal } from '../use-cases/open-portal.js';
import { Subscribe } from '../use-cases/subscribe.js';
import { BillingPlanDto } from './billing.dto.js';
import {
  ChangeSubscriptionDto,
  OpenSubscriptionCheckoutDto,
  SubscriptionBillDto,
  SubscriptionBillListQuery,
  SubscriptionDto,
  SubscriptionPageDto,
} from './subscription.dto.js';

const ownTransactions = 'what is asked of the payment provider is committed first; its id makes a repeat the same';
const asked = [SubscriptionNotFound, StepUnderWay, SubscriptionRefused, GatewayUnclear];
const chosen = [PlanNotFound, new PlanTooSmall(20)];

@Controller('v1/schools/:schoolId/subscription')
@ApiTags('Subscriptions')
export class SubscriptionController {
  constructor(
    private readonly subscribe: Subscribe,
    private readonly openPortal: OpenPortal,
    private readonly subscriptions: SubscriptionReader,
    private readonly plans: PlanReader,
    private readonly bills: BillReader,
  ) {}

  @Get()
  @Requires('subscription.read')
  @Operation({
    id: 'getSubscription',
    summary: 'Read what the school subscribes to',
    description: 'With how it stands, and what comes when if nothing is paid.',
    ok: SubscriptionDto,
    problems: [SubscriptionNotFound],
  })
  get(@IdParam('schoolId') _schoolId: Id): Promise<SubscriptionView> {
    return this.subscriptions.get();
  }

  @Put()
  @Conditional()
  @Requires('subscription.manage')
  @Operation({
    id: 'changeSubscription',
    summary: 'Choose another plan',
    description: 'Counts at once. What it costs or gives back until the next bill stands on that, counted by the day.',
    ok: SubscriptionDto,
    problems: [...asked, ...chosen],
  })
  async change(
    @IdParam('schoolId') _schoolId: Id,
    @Body() { planCode }: ChangeSubscriptionDto,
  ): Promise<SubscriptionView> {
    await this.subscribe.changePlan(planCode);
    return this.subscriptions.get();
  }

  @Get('plans')
  @Requires('subscription.read')
  @Operation({
    id: 'listOfferedPlans',
    summary: 'List the plans the school can choose',
    description: 'The cheapest first.',
    ok: [BillingPlanDto],
  })
  offered(@IdParam('schoolId') _schoolId: Id): Promise<PlanView[]> {
    return this.plans.offered();
  }

  @Post('checkout')
  @Requires('subscription.manage')
  @AsksOutside(ownTransactions)
  @Operation({
    id: 'openSubscriptionCheckout',
    summary: 'Open the page on which the school leaves its card',
    description:
      'Nothing is taken before the trial ends. While the page is open, asking again answers the same address. Seats follow the number of active teachers.',
    ok: SubscriptionPageDto,
    status: 201,
    problems: [...asked, ...chosen, AlreadySubscribed],
  })
  checkout(
    @IdParam('schoolId') _schoolId: Id,
    @Body() { planCode }: OpenSubscriptionCheckoutDto,
  ): Promise<SubscriptionPageDto> {
    return this.subscribe.checkout(planCode ?? null);
  }

  @Post('cancellation')
  @HttpCode(200)
  @Requires('subscription.manage')
  @AsksOutside(ownTransactions)
  @Operation({
    id: 'cancelSubscription',
    summary: 'Cancel the subscription at the end of what is paid',
    description:
      'Until then nothing changes, and it can be taken back. Afterwards the school is as one that has not paid; nothing is deleted.',
    ok: SubscriptionDto,
    problems: [...asked, NotSubscribed],
  })
  async cancel(@IdParam('schoolId') _schoolId: Id): Promise<SubscriptionView> {
    await this.subscribe.cancel();
    return this.subscriptions.get();
  }

  @Delete('cancellation')
  @Requires('subscription.manage')
  @Operation({
    id: 'resumeSubscription',
    summary: 'Take a cancellation back',
    description: 'Until the day has come; the subscription goes on as it was.',
    ok: SubscriptionDto,
    problems: [...asked, NotSubscribed],
  })
  async resume(@IdParam('schoolId') _schoolId: Id): Promise<SubscriptionView> {
    await this.subscribe.resume();
    return this.subscriptions.get();
  }

  @Post('portal')
  @Requires('subscription.manage')
  @OwnTransactions('nothing is written; the address works for some minutes')
  @Operation({
    id: 'openSubscriptionPortal',
    summary: 'Open the page on which the school changes its card',
    description: 'With the payment provider’s receipts. Unpaid bills are tried again with the new card.',
    ok: SubscriptionPageDto,
    status: 201,
    problems: [SubscriptionNotFound, NotSubscribed, SubscriptionRefused, GatewayUnclear],
  })
  portal(@IdParam('schoolId') _schoolId: Id): Promise<SubscriptionPageDto> {
    return this.openPortal.execute();
  }

  @Get('bills')
  @Requires('subscription.read')
  @Operation({
    id: 'listSubscriptionBills',
    summary: 'List what the school was billed, newest first',
    description: 'The platform’s invoice comes by e-mail once a bill is paid.',
    ok: PageOf(SubscriptionBillDto),
  })
  list(@IdParam('schoolId') _schoolId: Id, @Query() query: SubscriptionBillListQuery): Promise<Page<BillView>> {
    return this.bills.list(query);
  }
}
