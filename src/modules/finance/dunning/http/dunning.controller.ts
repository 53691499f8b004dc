import { Body, Controller, Get, Post, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { AlwaysAdmitted } from '../../../../platform/auth/always-admitted.js';
import { type Actor, CurrentActor } from '../../../../platform/auth/actor.js';
import { Conditional } from '../../../../platform/http/conditional/conditional.js';
import { Operation } from '../../../../platform/http/operation.js';
import { type Page, PageOf } from '../../../../platform/http/paging.js';
import { IdParam } from '../../../../platform/http/params.js';
import type { Id } from '../../../../platform/values/id.js';
import { Money } from '../../../../platform/values/money.js';
import { Requires } from '../../../identity/index.js';
import { StudentNotFound } from '../../../students/index.js';
import { InvoiceNotFound, WrongCurrency } from '../../domain/errors.js';
import { AmountNegative } from '../../till/domain/till-problems.js';
import { feeLimitsOn } from '../domain/dunning-plan.js';
import { DunningPauseNotFound, PauseEndsInPast, ReminderFeeAboveLaw } from '../domain/dunning-problems.js';
import { DunningPauses, type DunningPauseView } from '../queries/dunning-pauses.js';
import { DunningReader, type DunningStepView } from '../queries/dunning-reader.js';
import { ConfigureDunning, type DunningSettingsView } from '../use-cases/configure-dunning.js';
import { PauseDunning } from '../use-cases/pause-dunning.js';
import {
  DunningPauseDto,
  DunningPauseListQuery,
  DunningSettingsDto,
  DunningStepDto,
  DunningStepListQuery,
  PauseDunningDto,
} from './dunning.dto.js';

@Controller('v1/schools/:schoolId')
@ApiTags('Reminders')
export class DunningController {
  constructor(
    private readonly configureDunning: ConfigureDunning,
    private readonly pauseDunning: PauseDunning,
    private readonly reader: DunningReader,
    private readonly pauses: DunningPauses,
  ) {}

  @Get('dunning-settings')
  @Requires('finance.configure')
  @Operation({
    id: 'getDunningSettings',
    summary: 'Read when the school reminds of unpaid invoices',
    description: 'Nobody is reminded until the school says when.',
    ok: DunningSettingsDto,
  })
  settings(@IdParam('schoolId') _schoolId: Id): Promise<DunningSettingsView> {
    return this.configureDunning.read();
  }

  @Put('dunning-settings')
  @Conditional()
  @Requires('finance.configure')
  @Operation({
    id: 'updateDunningSettings',
    summary: 'Change when the school reminds of unpaid invoices',
    description: 'Counts from the next morning on. Fees stay within what the law allows on the day.',
    ok: DunningSettingsDto,
    problems: [new WrongCurrency('DKK'), new AmountNegative('fee'), new ReminderFeeAboveLaw(feeLimitsOn('2026-01-01'))],
  })
  configure(
    @IdParam('schoolId') _schoolId: Id,
    @Body() { fee, ...plan }: DunningSettingsDto,
  ): Promise<DunningSettingsView> {
    return this.configureDunning.execute({ ...plan, fee: Money.of(fee.amount, fee.currency) });
  }

  @Get('dunning-steps')
  @Requires('dunning.manage')
  @Operation({
    id: 'listDunningSteps',
    summary: 'List who was reminded of what, newest first',
    description: 'Friendly reminders, reminders with a fee, and bookings that were stopped.',
    ok: PageOf(DunningStepDto),
  })
  steps(@IdParam('schoolId') _schoolId: Id, @Query() query: DunningStepListQuery): Promise<Page<DunningStepView>> {
    return this.reader.list(query);
  }

  @Get('dunning-pauses')
  @Requires('dunning.manage')
  @Operation({
    id: 'listDunningPauses',
    summary: 'List where reminders rest, newest first',
    description: 'Those that have ended among them.',
    ok: PageOf(DunningPauseDto),
  })
  listPauses(
    @IdParam('schoolId') _schoolId: Id,
    @Query() query: DunningPauseListQuery,
  ): Promise<Page<DunningPauseView>> {
    return this.pauses.list(query);
  }

  @Post('dunning-pauses')
  @Requires('dunning.manage')
  @AlwaysAdmitted('nobody is reminded of what he may not owe')
  @Operation({
    id: 'pauseDunning',
    summary: 'Let reminders of a student rest',
    description: 'Of one invoice or of all. He may book meanwhile.',
    ok: DunningPauseDto,
    status: 201,
    problems: [StudentNotFound, InvoiceNotFound, PauseEndsInPast],
  })
  async pause(
    @IdParam('schoolId') _schoolId: Id,
    @CurrentActor() actor: Actor,
    @Body() body: PauseDunningDto,
  ): Promise<DunningPauseView> {
    return this.pauses.get(await this.pauseDunning.execute(actor, body));
  }

  @Post('dunning-pauses/:dunningPauseId/end')
  @Requires('dunning.manage')
  @Operation({
    id: 'endDunningPause',
    summary: 'Let reminders go on',
    description: 'The next step is taken the next morning, if it is due. Ending it again does nothing.',
    ok: DunningPauseDto,
    problems: [DunningPauseNotFound],
  })
  async end(
    @IdParam('schoolId') _schoolId: Id,
    @IdParam('dunningPauseId') dunningPauseId: Id,
  ): Promise<DunningPauseView> {
    await this.pauseDunning.end(dunningPauseId);
    return this.pauses.get(dunningPauseId);
  }
}
