import { Body, Controller, Get, HttpCode, Post, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Conditional } from '../../../platform/http/conditional/conditional.js';
import { Operation } from '../../../platform/http/operation.js';
import { type Page, PageOf } from '../../../platform/http/paging.js';
import { IdParam } from '../../../platform/http/params.js';
import type { Id } from '../../../platform/values/id.js';
import { AmountNotPositive } from '../../finance/index.js';
import { Requires } from '../../identity/index.js';
import { PlanArchived, PlanInUse, PlanNotFound, SellerNotFound, StepsOutOfOrder } from '../domain/billing-problems.js';
import { BillingTerms, type BillingTermsView } from '../queries/billing-terms.js';
import { PlanReader, type PlanView } from '../queries/plan-reader.js';
import { SubscriptionReader, type SubscriptionSummary } from '../queries/subscription-reader.js';
import { ConfigureBilling } from '../use-cases/configure-billing.js';
import { DefinePlan } from '../use-cases/define-plan.js';
import {
  BillingPlanDto,
  BillingPlanListQuery,
  BillingSettingsDto,
  DefineBillingPlanDto,
  SubscriptionListQuery,
  SubscriptionSummaryDto,
} from './billing.dto.js';

@Controller('v1/billing')
@ApiTags('Subscriptions')
export class BillingController {
  constructor(
    private readonly terms: BillingTerms,
    private readonly configure: ConfigureBilling,
    private readonly plans: PlanReader,
    private readonly definePlan: DefinePlan,
    private readonly subscriptions: SubscriptionReader,
  ) {}

  @Get('settings')
  @Requires('billing.manage')
  @Operation({
    id: 'getBillingSettings',
    summary: 'Read how schools are billed',
    description: 'Nobody is until a seller and a plan are named.',
    ok: BillingSettingsDto,
  })
  settings(): Promise<BillingTermsView> {
    return this.terms.read();
  }

  @Put('settings')
  @Conditional()
  @Requires('billing.manage')
  @Operation({
    id: 'updateBillingSettings',
    summary: 'Say who bills schools, and when an unpaid one is held back',
    description: 'Schools begin to try out the plan within minutes. Without a seller every school is in good standing.',
    ok: BillingSettingsDto,
    problems: [SellerNotFound, PlanNotFound, PlanArchived, StepsOutOfOrder],
  })
  update(@Body() body: BillingSettingsDto): Promise<BillingTermsView> {
    return this.configure.execute(body);
  }

  @Post('plans')
  @Requires('billing.manage')
  @Operation({
    id: 'defineBillingPlan',
    summary: 'Define a plan, or its next version',
    description:
      'A plan never changes. The version before is no longer sold; whoever subscribed to it keeps it and its price.',
    ok: BillingPlanDto,
    status: 201,
    problems: [new AmountNotPositive('price')],
  })
  define(@Body() body: DefineBillingPlanDto): Promise<PlanView> {
    return this.definePlan.execute(body.toCommand());
  }

  @Get('plans')
  @Requires('billing.manage')
  @Operation({
    id: 'listBillingPlans',
    summary: 'List the plans, newest first',
    description: 'Every version is one of its own.',
    ok: PageOf(BillingPlanDto),
  })
  listPlans(@Query() query: BillingPlanListQuery): Promise<Page<PlanView>> {
    return this.plans.list(query);
  }

  @Post('plans/:billingPlanId/archive')
  @HttpCode(200)
  @Requires('billing.manage')
  @Operation({
    id: 'archiveBillingPlan',
    summary: 'Sell a plan no longer',
    description: 'Whoever has subscribed to it keeps it.',
    ok: BillingPlanDto,
    problems: [PlanNotFound, PlanInUse],
  })
  archive(@IdParam('billingPlanId') billingPlanId: Id): Promise<PlanView> {
    return this.definePlan.archive(billingPlanId);
  }

  @Get('subscriptions')
  @Requires('billing.manage')
  @Operation({
    id: 'listSubscriptions',
    summary: 'List the schools’ subscriptions',
    description: 'With how each school stands. Nothing of a school’s people is in it.',
    ok: PageOf(SubscriptionSummaryDto),
  })
  list(@Query() query: SubscriptionListQuery): Promise<Page<SubscriptionSummary>> {
    return this.subscriptions.list(query);
  }
}
