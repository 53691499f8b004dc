import { Body, Controller, Delete, Get, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type Actor, CurrentActor } from '../../../platform/auth/actor.js';
import { Operation } from '../../../platform/http/operation.js';
import { type Page, PageOf } from '../../../platform/http/paging.js';
import { IdParam } from '../../../platform/http/params.js';
import type { Id } from '../../../platform/values/id.js';
import { Requires } from '../../identity/index.js';
import { ClosingDayNotFound, ClosingDayTwice, HoursInThePast } from '../domain/school-problems.js';
import { ClosingDayReader, type ClosingDayView, type ProposedClosingDay } from '../queries/closing-day-reader.js';
import { AddClosingDays, type AddedClosingDays } from '../use-cases/add-closing-days.js';
import { RemoveClosingDay } from '../use-cases/remove-closing-day.js';
import {
  AddClosingDaysDto,
  AddedClosingDaysDto,
  ClosingDayDto,
  ClosingDayListQuery,
  ProposalsQuery,
  ProposedClosingDayDto,
} from './closing-day.dto.js';

@Controller('v1/schools/:schoolId/closing-days')
@ApiTags('Schedules')
export class ClosingDaysController {
  constructor(
    private readonly close: AddClosingDays,
    private readonly open: RemoveClosingDay,
    private readonly days: ClosingDayReader,
  ) {}

  @Get()
  @Requires('school.read')
  @Operation({
    id: 'listClosingDays',
    summary: 'List the days on which the school is closed, soonest first',
    description: 'Nobody gives lessons then, whatever his own hours say.',
    ok: PageOf(ClosingDayDto),
  })
  list(@IdParam('schoolId') _schoolId: Id, @Query() query: ClosingDayListQuery): Promise<Page<ClosingDayView>> {
    return this.days.list(query);
  }

  @Get('proposals')
  @Requires('closing_day.manage')
  @Operation({
    id: 'proposeClosingDays',
    summary: 'List the holidays of a year on which the school might close',
    description:
      'Danish public holidays, 1 May, Constitution Day, Christmas Eve and New Year’s Eve, as far as they are not over. Add those that you choose.',
    ok: [ProposedClosingDayDto],
  })
  propose(@IdParam('schoolId') _schoolId: Id, @Query() { year }: ProposalsQuery): Promise<ProposedClosingDay[]> {
    return this.days.proposals(year);
  }

  @Post()
  @Requires('closing_day.manage')
  @Operation({
    id: 'addClosingDays',
    summary: 'Close the school on some dates',
    description: 'Answers the booked lessons that fall on them: they stand until somebody moves or cancels them.',
    ok: AddedClosingDaysDto,
    status: 201,
    problems: [HoursInThePast, new ClosingDayTwice(1)],
  })
  add(
    @IdParam('schoolId') _schoolId: Id,
    @CurrentActor() actor: Actor,
    @Body() { days }: AddClosingDaysDto,
  ): Promise<AddedClosingDays> {
    return this.close.execute(actor, days);
  }

  @Delete(':closingDayId')
  @Requires('closing_day.manage')
  @Operation({
    id: 'removeClosingDay',
    summary: 'Open the school on a date after all',
    description: 'Everybody’s own hours count again.',
    problems: [ClosingDayNotFound],
  })
  remove(@IdParam('schoolId') _schoolId: Id, @IdParam('closingDayId') closingDayId: Id): Promise<void> {
    return this.open.execute(closingDayId);
  }
}
