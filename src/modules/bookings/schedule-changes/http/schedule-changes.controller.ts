import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type Actor, CurrentActor } from '../../../../platform/auth/actor.js';
import { OwnTransactions } from '../../../../platform/http/idempotency/own-transactions.js';
import { Operation } from '../../../../platform/http/operation.js';
import { IdParam } from '../../../../platform/http/params.js';
import type { Id } from '../../../../platform/values/id.js';
import { Requires } from '../../../identity/index.js';
import {
  ClosingDayTwice,
  HoursInThePast,
  InvalidTimeOff,
  InvalidWorkingHours,
  NotYourSchedule,
  TeacherNotFound,
} from '../../../schools/index.js';
import { BookingChanged, BookingNotFound, RangeInvalid } from '../../domain/errors.js';
import { DecidedTwice, DecisionRefused, MoveWithoutTime, NotOneChange, UndecidedBookings } from '../domain/errors.js';
import { ListOrphans, type OrphansPage } from '../queries/list-orphans.js';
import { type PreviewedChange, PreviewScheduleChange } from '../queries/preview-schedule-change.js';
import { DecideOrphans } from '../use-cases/decide-orphans.js';
import { type SavedChange, SaveScheduleChange } from '../use-cases/save-schedule-change.js';
import {
  DecideOrphansDto,
  OrphansPageDto,
  OrphansQuery,
  PreviewedChangeDto,
  SavedChangeDto,
  SaveScheduleChangeDto,
  ScheduleChangeDto,
} from './schedule-change.dto.js';

const whose = 'The office changes everybody’s schedule, a teacher his own.';

const wrongChange = [
  new NotOneChange('workingHours'),
  NotYourSchedule,
  TeacherNotFound,
  new InvalidWorkingHours([]),
  HoursInThePast,
  InvalidTimeOff,
  new ClosingDayTwice(1),
];
const notCarriedOut = [
  new DecidedTwice(1),
  new MoveWithoutTime(0),
  new DecisionRefused(0, '01930000-0000-7000-8000-000000000000' as Id, new BookingNotFound()),
  new BookingChanged(undefined),
];

@Controller('v1/schools/:schoolId')
@ApiTags('Schedules')
@OwnTransactions('they try again in a new transaction when somebody else was faster')
export class ScheduleChangesController {
  constructor(
    private readonly previewing: PreviewScheduleChange,
    private readonly saving: SaveScheduleChange,
    private readonly deciding: DecideOrphans,
    private readonly orphans: ListOrphans,
  ) {}

  @Post('schedule-changes/preview')
  @Requires('schedule.manage')
  @Operation({
    id: 'previewScheduleChange',
    summary: 'See which lessons a change of hours would leave outside, and where each could go',
    description: `Nothing is changed. ${whose}`,
    ok: PreviewedChangeDto,
    problems: wrongChange,
  })
  preview(
    @IdParam('schoolId') _schoolId: Id,
    @CurrentActor() actor: Actor,
    @Body() body: ScheduleChangeDto,
  ): Promise<PreviewedChange> {
    return this.previewing.execute(actor, body);
  }

  @Post('schedule-changes')
  @Requires('schedule.manage')
  @Operation({
    id: 'saveScheduleChange',
    summary: 'Save a change of hours with a decision on each lesson that it leaves outside',
    description: `All of it is done, or nothing. Lessons that nothing was decided on stand, and stay listed as orphaned. ${whose}`,
    ok: SavedChangeDto,
    status: 201,
    problems: [...wrongChange, ...notCarriedOut, new UndecidedBookings([])],
  })
  save(
    @IdParam('schoolId') _schoolId: Id,
    @CurrentActor() actor: Actor,
    @Body() body: SaveScheduleChangeDto,
  ): Promise<SavedChange> {
    return this.saving.execute(actor, body);
  }

  @Get('orphaned-bookings')
  @Requires('schedule.read')
  @Operation({
    id: 'listOrphanedBookings',
    summary: 'List the booked lessons outside their teachers’ hours, soonest first',
    description:
      'Until each is moved, cancelled or kept. They come of a change of hours, time off, a calendar or a closing day.',
    ok: OrphansPageDto,
    problems: [new RangeInvalid(366), TeacherNotFound],
  })
  list(@IdParam('schoolId') _schoolId: Id, @Query() query: OrphansQuery): Promise<OrphansPage> {
    return this.orphans.execute(query);
  }

  @Post('orphaned-bookings/decisions')
  @Requires('schedule.manage')
  @Operation({
    id: 'decideOrphanedBookings',
    summary: 'Keep, move or cancel lessons outside their teachers’ hours',
    description: 'All of it is done, or nothing.',
    problems: notCarriedOut,
  })
  decide(
    @IdParam('schoolId') _schoolId: Id,
    @CurrentActor() actor: Actor,
    @Body() { decisions }: DecideOrphansDto,
  ): Promise<void> {
    return this.deciding.execute(actor, decisions);
  }
}
