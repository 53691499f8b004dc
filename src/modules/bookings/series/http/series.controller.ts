import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type Actor, CurrentActor } from '../../../../platform/auth/actor.js';
import { OwnTransactions } from '../../../../platform/http/idempotency/own-transactions.js';
import { Operation } from '../../../../platform/http/operation.js';
import { type Page, PageOf } from '../../../../platform/http/paging.js';
import { IdParam } from '../../../../platform/http/params.js';
import type { Id } from '../../../../platform/values/id.js';
import { Requires } from '../../../identity/index.js';
import { StudentNotFound } from '../../../students/index.js';
import { BookingNotFound, InThePast, OffGrid } from '../../domain/errors.js';
import {
  NothingLeftOfSeries,
  NothingToChange,
  SeriesEmpty,
  SeriesEndUnclear,
  SeriesLessonRequired,
  SeriesNotFound,
  SeriesTooLong,
} from '../domain/series-problems.js';
import { type CancellationsPreview, PreviewCancellations } from '../queries/preview-cancellations.js';
import { type LessonsPreview, PreviewLessons } from '../queries/preview-lessons.js';
import { SeriesReader, type SeriesView, type SeriesWithLessons } from '../queries/series-reader.js';
import { type BookedSeries, BookSeries } from '../use-cases/book-series.js';
import type { LessonsDone } from '../use-cases/book-times.js';
import { CancelLessons, type LessonsCancelled } from '../use-cases/cancel-lessons.js';
import { MoveLessons } from '../use-cases/move-lessons.js';
import { changed, feeChanged, someRefused, unknown, whoMayBook } from './documented-refusals.js';
import { CancellationsPreviewDto, LessonsCancelledDto, LessonsDoneDto, LessonsPreviewDto } from './lessons.dto.js';
import {
  BookedSeriesDto,
  BookSeriesDto,
  CancelSeriesDto,
  MoveSeriesDto,
  SeriesCancellationQuery,
  SeriesDto,
  SeriesListQuery,
  SeriesWantedDto,
  SeriesWithLessonsDto,
} from './series.dto.js';

const badPattern = [
  new SeriesTooLong('until'),
  SeriesEmpty,
  SeriesEndUnclear,
  new OffGrid('time'),
  new InThePast('from'),
];
const meant = [SeriesNotFound, BookingNotFound, SeriesLessonRequired, NothingLeftOfSeries];
const shifted = [...meant, NothingToChange, new OffGrid('time'), unknown];
const wallClock =
  'Its times are those of the school’s clocks, date by date, so summer time moves none of them; `clockChange` tells of the two nights.';

@Controller('v1/schools/:schoolId/booking-series')
@ApiTags('Bookings')
@OwnTransactions('they try again in a new transaction when somebody else was faster')
export class SeriesController {
  constructor(
    private readonly book: BookSeries,
    private readonly move: MoveLessons,
    private readonly cancel: CancelLessons,
    private readonly previews: PreviewLessons,
    private readonly costs: PreviewCancellations,
    private readonly series: SeriesReader,
  ) {}

  @Post('preview')
  @Requires('booking.create')
  @Operation({
    id: 'previewSeries',
    summary: 'See which lessons of a weekly series are free',
    description: `Each date with its teacher and vehicle, or why it is refused and what is free near it. ${wallClock} Nothing is booked or held.`,
    ok: LessonsPreviewDto,
    problems: [...whoMayBook, ...badPattern],
  })
  previewSeries(@CurrentActor() actor: Actor, @Body() body: SeriesWantedDto): Promise<LessonsPreview> {
    return this.previews.series(actor, body);
  }

  @Post()
  @Requires('booking.create')
  @Operation({
    id: 'bookSeries',
    summary: 'Book a lesson every week or every few',
    description: `All of them or, when told to skip, those that are possible: \`refused\` then says which are not, and why. ${wallClock} Student and teachers get one message each.`,
    ok: BookedSeriesDto,
    status: 201,
    problems: [someRefused, changed, ...whoMayBook, ...badPattern],
  })
  bookSeries(@CurrentActor() actor: Actor, @Body() body: BookSeriesDto): Promise<BookedSeries> {
    return this.book.execute(actor, body);
  }

  @Get()
  @Requires('booking.read')
  @Operation({
    id: 'listSeries',
    summary: 'List series of lessons',
    description: 'As they were booked: for staff the school’s, for students their own, for guardians their wards’.',
    ok: PageOf(SeriesDto),
    problems: [StudentNotFound],
  })
  listSeries(@CurrentActor() actor: Actor, @Query() query: SeriesListQuery): Promise<Page<SeriesView>> {
    return this.series.list(actor, query);
  }

  @Get(':seriesId')
  @Requires('booking.read')
  @Operation({
    id: 'getSeries',
    summary: 'Read a series with its lessons',
    description: 'The lessons as they stand now: each may have been moved or cancelled alone.',
    ok: SeriesWithLessonsDto,
    problems: [SeriesNotFound],
  })
  getSeries(@CurrentActor() actor: Actor, @IdParam('seriesId') seriesId: Id): Promise<SeriesWithLessons> {
    return this.series.get(actor, seriesId);
  }

  @Post(':seriesId/move/preview')
  @Requires('booking.reschedule')
  @Operation({
    id: 'previewSeriesMove',
    summary: 'See where lessons of a series would go',
    description: `As moving them would answer now. ${wallClock} Nothing is changed.`,
    ok: LessonsPreviewDto,
    problems: shifted,
  })
  previewSeriesMove(
    @CurrentActor() actor: Actor,
    @IdParam('seriesId') seriesId: Id,
    @Body() body: MoveSeriesDto,
  ): Promise<LessonsPreview> {
    return this.previews.shift(actor, seriesId, body, body.onConflict);
  }

  @Post(':seriesId/move')
  @Requires('booking.reschedule')
  @Operation({
    id: 'moveSeries',
    summary: 'Move one lesson of a series, it and those after it, or all',
    description: `To another time of day, so many days on, another teacher or vehicle. A lesson may take the place that another one leaves. ${wallClock}`,
    ok: LessonsDoneDto,
    problems: [someRefused, changed, ...shifted],
  })
  moveSeries(
    @CurrentActor() actor: Actor,
    @IdParam('seriesId') seriesId: Id,
    @Body() body: MoveSeriesDto,
  ): Promise<LessonsDone> {
    return this.move.series(actor, seriesId, body);
  }

  @Get(':seriesId/cancellation')
  @Requires('booking.cancel')
  @Operation({
    id: 'previewSeriesCancellation',
    summary: 'See what cancelling lessons of a series would cost',
    description: 'Each with the fee that it would cost alone, and all together. Nothing is changed.',
    ok: CancellationsPreviewDto,
    problems: meant,
  })
  previewSeriesCancellation(
    @CurrentActor() actor: Actor,
    @IdParam('seriesId') seriesId: Id,
    @Query() { forStudent, ...lessons }: SeriesCancellationQuery,
  ): Promise<CancellationsPreview> {
    return this.costs.execute(actor, { lessons: { seriesId, meant: lessons }, forStudent });
  }

  @Post(':seriesId/cancel')
  @Requires('booking.cancel')
  @Operation({
    id: 'cancelSeries',
    summary: 'Cancel one lesson of a series, it and those after it, or all',
    description: 'Each costs what it would cost alone. Student and teachers get one message each.',
    ok: LessonsCancelledDto,
    problems: [someRefused, changed, feeChanged, ...meant],
  })
  cancelSeries(
    @CurrentActor() actor: Actor,
    @IdParam('seriesId') seriesId: Id,
    @Body() { scope, bookingId, ...body }: CancelSeriesDto,
  ): Promise<LessonsCancelled> {
    return this.cancel.execute(actor, { ...body, lessons: { seriesId, meant: { scope, bookingId } } });
  }
}
