import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type Actor, CurrentActor } from '../../../../platform/auth/actor.js';
import { AlwaysAdmitted } from '../../../../platform/auth/always-admitted.js';
import { Operation } from '../../../../platform/http/operation.js';
import { type Page, PageOf } from '../../../../platform/http/paging.js';
import { IdParam } from '../../../../platform/http/params.js';
import type { Id } from '../../../../platform/values/id.js';
import { Money } from '../../../../platform/values/money.js';
import { Requires } from '../../../identity/index.js';
import { StudentNotFound } from '../../../students/index.js';
import {
  ChargeInInstalments,
  ChargeNotFound,
  ChargeNotOpen,
  MixedCurrencies,
  NothingToInvoice,
} from '../../domain/errors.js';
import { SoldPackageNotFound } from '../../packages/domain/package-problems.js';
import {
  InstalmentDatesWrong,
  InstalmentNotFound,
  InstalmentNotPlanned,
  InstalmentPlanEnded,
  InstalmentPlanNotFound,
  InstalmentScheduleUnclear,
  InstalmentsNotTotal,
  PlannedChargesUnclear,
  TooFewMissed,
} from '../domain/instalment-problems.js';
import { InstalmentPlanReader, type InstalmentPlanView } from '../queries/instalment-plan-reader.js';
import { PlanDraft, type PlanDraftView } from '../queries/plan-draft.js';
import { EndInstalmentPlan } from '../use-cases/end-instalment-plan.js';
import { MoveInstalment } from '../use-cases/move-instalment.js';
import { StartInstalmentPlan } from '../use-cases/start-instalment-plan.js';
import { InstalmentPlanDraftDto, InstalmentPlanDto, InstalmentPlanListQuery } from './instalment-plan.dto.js';
import {
  DraftInstalmentPlanDto,
  EndInstalmentPlanDto,
  MoveInstalmentDto,
  StartInstalmentPlanDto,
} from './instalment-wish.dto.js';

const unplannable = [
  StudentNotFound,
  SoldPackageNotFound,
  ChargeNotFound,
  ChargeNotOpen,
  ChargeInInstalments,
  NothingToInvoice,
  MixedCurrencies,
  PlannedChargesUnclear,
  InstalmentScheduleUnclear,
  InstalmentDatesWrong,
  new InstalmentsNotTotal(Money.of(0)),
];

@Controller('v1/schools/:schoolId')
@ApiTags('Instalments')
export class InstalmentPlansController {
  constructor(
    private readonly drafts: PlanDraft,
    private readonly startPlan: StartInstalmentPlan,
    private readonly moveInstalment: MoveInstalment,
    private readonly endPlan: EndInstalmentPlan,
    private readonly plans: InstalmentPlanReader,
  ) {}

  @Post('students/:studentId/instalment-plans/preview')
  @HttpCode(200)
  @Requires('invoice.issue')
  @Operation({
    id: 'previewInstalmentPlan',
    summary: 'See what an instalment plan would be',
    description: 'Changes nothing.',
    ok: InstalmentPlanDraftDto,
    problems: unplannable,
  })
  preview(
    @IdParam('schoolId') _schoolId: Id,
    @IdParam('studentId') studentId: Id,
    @Body() body: DraftInstalmentPlanDto,
  ): Promise<PlanDraftView> {
    return this.drafts.preview(body.toWish(studentId));
  }

  @Post('students/:studentId/instalment-plans')
  @Requires('invoice.issue')
  @Operation({
    id: 'startInstalmentPlan',
    summary: 'Let a student pay in instalments',
    description:
      'Each instalment has an invoice of its own, issued some days before it is due, at once where that is today or past, with a pay link like any invoice.',
    ok: InstalmentPlanDto,
    status: 201,
    problems: unplannable,
  })
  async start(
    @IdParam('schoolId') _schoolId: Id,
    @CurrentActor() actor: Actor,
    @IdParam('studentId') studentId: Id,
    @Body() body: StartInstalmentPlanDto,
  ): Promise<InstalmentPlanView> {
    const { issueDaysBefore, autoCharge, callInAfterMissed } = body;
    const terms = { issueDaysBefore, autoCharge, callInAfterMissed };
    return this.plans.get(actor, await this.startPlan.execute(actor, body.toWish(studentId), terms));
  }

  @Get('instalment-plans')
  @Requires('invoice.read')
  @Operation({
    id: 'listInstalmentPlans',
    summary: 'List instalment plans, newest first',
    description: 'With how each instalment stands. A student sees his own alone.',
    ok: PageOf(InstalmentPlanDto),
    problems: [StudentNotFound],
  })
  list(
    @IdParam('schoolId') _schoolId: Id,
    @CurrentActor() actor: Actor,
    @Query() query: InstalmentPlanListQuery,
  ): Promise<Page<InstalmentPlanView>> {
    return this.plans.list(actor, query);
  }

  @Get('instalment-plans/:instalmentPlanId')
  @Requires('invoice.read')
  @Operation({
    id: 'getInstalmentPlan',
    summary: 'Read an instalment plan',
    description: 'With how each instalment stands.',
    ok: InstalmentPlanDto,
    problems: [InstalmentPlanNotFound],
  })
  get(
    @IdParam('schoolId') _schoolId: Id,
    @CurrentActor() actor: Actor,
    @IdParam('instalmentPlanId') instalmentPlanId: Id,
  ): Promise<InstalmentPlanView> {
    return this.plans.get(actor, instalmentPlanId);
  }

  @Post('instalment-plans/:instalmentPlanId/instalments/:instalmentId/move')
  @HttpCode(200)
  @Requires('invoice.issue')
  @Operation({
    id: 'moveInstalment',
    summary: 'Move the due date of an instalment',
    description: 'Of one that is not invoiced yet; the others stay where they are.',
    ok: InstalmentPlanDto,
    problems: [InstalmentPlanNotFound, InstalmentNotFound, InstalmentNotPlanned, new InstalmentDatesWrong('dueOn')],
  })
  async move(
    @IdParam('schoolId') _schoolId: Id,
    @CurrentActor() actor: Actor,
    @IdParam('instalmentPlanId') instalmentPlanId: Id,
    @IdParam('instalmentId') instalmentId: Id,
    @Body() { dueOn }: MoveInstalmentDto,
  ): Promise<InstalmentPlanView> {
    await this.moveInstalment.execute(instalmentPlanId, instalmentId, dueOn);
    return this.plans.get(actor, instalmentPlanId);
  }

  @Post('instalment-plans/:instalmentPlanId/end')
  @AlwaysAdmitted('a card is charged no more')
  @HttpCode(200)
  @Requires('invoice.issue')
  @Operation({
    id: 'endInstalmentPlan',
    summary: 'End an instalment plan',
    description:
      'What is invoiced stays owed. The rest is open as before, or called in where as many instalments are missed as the plan says.',
    ok: InstalmentPlanDto,
    problems: [InstalmentPlanNotFound, InstalmentPlanEnded, new TooFewMissed(0, 2)],
  })
  async end(
    @IdParam('schoolId') _schoolId: Id,
    @CurrentActor() actor: Actor,
    @IdParam('instalmentPlanId') instalmentPlanId: Id,
    @Body() { callIn }: EndInstalmentPlanDto,
  ): Promise<InstalmentPlanView> {
    await this.endPlan.execute(instalmentPlanId, callIn);
    return this.plans.get(actor, instalmentPlanId);
  }
}
