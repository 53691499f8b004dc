import { Body, Controller, Get, Post, Query, type StreamableFile } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type Actor, CurrentActor } from '../../../../platform/auth/actor.js';
import { Operation } from '../../../../platform/http/operation.js';
import { type Page, PageOf } from '../../../../platform/http/paging.js';
import { DateParam, IdParam } from '../../../../platform/http/params.js';
import { RateLimit } from '../../../../platform/http/rate-limit/rate-limit.js';
import { LastEventId, ServesEvents } from '../../../../platform/http/sse.js';
import type { Id } from '../../../../platform/values/id.js';
import type { LocalDate } from '../../../../platform/values/zone.js';
import { Requires } from '../../../identity/index.js';
import { TeacherNotFound } from '../../../schools/index.js';
import {
  DayCancellationNotFound,
  DayChanged,
  DayOver,
  NobodyToKeepFree,
  NotYourDay,
  ScopeMismatch,
  UnknownInDay,
} from '../domain/day-problems.js';
import { DayCancellationReader, type DaySummary, type DayView } from '../queries/day-cancellation-reader.js';
import { type DayPreview, PreviewDay } from '../queries/preview-day.js';
import { CancelDay } from '../use-cases/cancel-day.js';
import {
  CancelDayDto,
  DayCancellationDto,
  DayListQuery,
  DayPreviewDto,
  DaySummaryDto,
  PreviewDayQuery,
} from './day-cancellation.dto.js';

const scopeProblem = new ScopeMismatch('teacherId');

@Controller('v1/schools/:schoolId')
@ApiTags('Cancelled days')
@Requires('day.cancel')
export class DayCancellationsController {
  constructor(
    private readonly preview: PreviewDay,
    private readonly cancel: CancelDay,
    private readonly days: DayCancellationReader,
  ) {}

  @Get('diary-days/:date/cancellation')
  @Operation({
    id: 'previewDayCancellation',
    summary: 'See whom cancelling a day would hit',
    description:
      'The lessons and theory classes of the date that have not begun, in the school’s zone. Nothing is changed, and cancelling costs the students nothing.',
    ok: DayPreviewDto,
    problems: [scopeProblem, DayOver],
  })
  previewDayCancellation(
    @IdParam('schoolId') _schoolId: Id,
    @DateParam('date', 'The date in the school’s zone.') date: LocalDate,
    @Query() query: PreviewDayQuery,
  ): Promise<DayPreview> {
    return this.preview.execute(date, query);
  }

  @Post('diary-days/:date/cancellation')
  @Operation({
    id: 'cancelDay',
    summary: 'Cancel a whole day',
    description:
      'For a teacher, a vehicle, a location or the whole school. A job cancels lessons without a fee, held times and theory classes (of a vehicle: none), and sends each student one message with up to three other times to choose from; see followDayCancellation. A teacher cancels his own day alone.',
    ok: DayCancellationDto,
    status: 202,
    problems: [
      NotYourDay,
      TeacherNotFound,
      scopeProblem,
      DayOver,
      new UnknownInDay('vehicleId'),
      NobodyToKeepFree,
      new DayChanged(0),
    ],
  })
  cancelDay(
    @CurrentActor() actor: Actor,
    @DateParam('date', 'The date in the school’s zone.') date: LocalDate,
    @Body() body: CancelDayDto,
  ): Promise<DayView> {
    return this.cancel.execute(actor, date, body);
  }

  @Get('day-cancellations')
  @Operation({
    id: 'listDayCancellations',
    summary: 'List the days that were cancelled',
    description: 'Newest first.',
    ok: PageOf(DaySummaryDto),
  })
  listDayCancellations(@IdParam('schoolId') _schoolId: Id, @Query() query: DayListQuery): Promise<Page<DaySummary>> {
    return this.days.list(query);
  }

  @Get('day-cancellations/:cancellationId')
  @Operation({
    id: 'getDayCancellation',
    summary: 'See how far cancelling a day is',
    description: 'How many lessons are cancelled, and how many are left.',
    ok: DayCancellationDto,
    problems: [DayCancellationNotFound],
  })
  getDayCancellation(
    @IdParam('schoolId') _schoolId: Id,
    @IdParam('cancellationId') cancellationId: Id,
  ): Promise<DayView> {
    return this.days.get(cancellationId);
  }

  @Get('day-cancellations/:cancellationId/events')
  @ServesEvents()
  @RateLimit({ name: 'day-cancellation-events', points: 30, seconds: 60, by: 'caller' })
  @Operation({
    id: 'followDayCancellation',
    summary: 'Follow the cancelling of a day',
    description:
      'Server-sent events: `progress` with what getDayCancellation answers, each time it changes, and `end` when every lesson is ' +
      'seen to; then the stream closes. Send `Last-Event-ID` to hear nothing twice. The stream closes after a minute in any ' +
      'case; open it again until `end`.',
    file: 'text/event-stream',
    problems: [DayCancellationNotFound],
  })
  followDayCancellation(
    @IdParam('schoolId') _schoolId: Id,
    @IdParam('cancellationId') cancellationId: Id,
    @LastEventId() lastEventId?: string,
  ): Promise<StreamableFile> {
    return this.days.follow(cancellationId, lastEventId);
  }
}
