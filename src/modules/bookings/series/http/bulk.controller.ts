import { Body, Controller, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type Actor, CurrentActor } from '../../../../platform/auth/actor.js';
import { OwnTransactions } from '../../../../platform/http/idempotency/own-transactions.js';
import { Operation } from '../../../../platform/http/operation.js';
import { Requires } from '../../../identity/index.js';
import { BookingNotFound } from '../../domain/errors.js';
import { NamedTwice, TimesOverlap } from '../domain/series-problems.js';
import { type CancellationsPreview, PreviewCancellations } from '../queries/preview-cancellations.js';
import { type LessonsPreview, PreviewLessons } from '../queries/preview-lessons.js';
import { BookTimes, type LessonsDone } from '../use-cases/book-times.js';
import { CancelLessons, type LessonsCancelled } from '../use-cases/cancel-lessons.js';
import { MoveLessons } from '../use-cases/move-lessons.js';
import { BookLessonsDto, CancelLessonsDto, MoveLessonsDto, PreviewCancellationsDto } from './bulk.dto.js';
import { changed, feeChanged, someRefused, unknown, whoMayBook } from './documented-refusals.js';
import { CancellationsPreviewDto, LessonsCancelledDto, LessonsDoneDto, LessonsPreviewDto } from './lessons.dto.js';

const overlap = new TimesOverlap(1);
const movedTwice = new NamedTwice('moves.1.bookingId');
const cancelledTwice = new NamedTwice('bookingIds.1');

@Controller('v1/schools/:schoolId')
@ApiTags('Bookings')
@OwnTransactions('they try again in a new transaction when somebody else was faster')
export class BulkController {
  constructor(
    private readonly book: BookTimes,
    private readonly move: MoveLessons,
    private readonly cancel: CancelLessons,
    private readonly previews: PreviewLessons,
    private readonly costs: PreviewCancellations,
  ) {}

  @Post('bulk-bookings/preview')
  @Requires('booking.create')
  @Operation({
    id: 'previewLessons',
    summary: 'See which of several times are free',
    description: 'Each with its teacher and vehicle, or why it is refused. Nothing is booked or held.',
    ok: LessonsPreviewDto,
    problems: [...whoMayBook, overlap],
  })
  previewLessons(@CurrentActor() actor: Actor, @Body() body: BookLessonsDto): Promise<LessonsPreview> {
    return this.previews.times(actor, body);
  }

  @Post('bulk-bookings')
  @Requires('booking.create')
  @Operation({
    id: 'bookLessons',
    summary: 'Book a lesson at each of several times',
    description:
      'All of them or, when told to skip, those that are possible. Student and teachers get one message each.',
    ok: LessonsDoneDto,
    status: 201,
    problems: [someRefused, changed, ...whoMayBook, overlap],
  })
  bookLessons(@CurrentActor() actor: Actor, @Body() body: BookLessonsDto): Promise<LessonsDone> {
    return this.book.execute(actor, body);
  }

  @Post('bulk-moves/preview')
  @Requires('booking.reschedule')
  @Operation({
    id: 'previewMoves',
    summary: 'See whether several lessons can be moved',
    description: 'As moving them would answer now. Nothing is changed.',
    ok: LessonsPreviewDto,
    problems: [BookingNotFound, unknown, movedTwice],
  })
  previewMoves(@CurrentActor() actor: Actor, @Body() body: MoveLessonsDto): Promise<LessonsPreview> {
    return this.previews.moves(actor, body.moves, body.onConflict);
  }

  @Post('bulk-moves')
  @Requires('booking.reschedule')
  @Operation({
    id: 'moveLessons',
    summary: 'Move several lessons at once',
    description:
      'Each to its own time, teacher or vehicle. One may take the place that another one leaves: two lessons change places in one call.',
    ok: LessonsDoneDto,
    problems: [someRefused, changed, BookingNotFound, unknown, movedTwice],
  })
  moveLessons(@CurrentActor() actor: Actor, @Body() body: MoveLessonsDto): Promise<LessonsDone> {
    return this.move.given(actor, body.moves, body.onConflict);
  }

  @Post('bulk-cancellations/preview')
  @Requires('booking.cancel')
  @Operation({
    id: 'previewCancellations',
    summary: 'See what cancelling several lessons would cost',
    description: 'Each with the fee that it would cost alone, and all together. Nothing is changed.',
    ok: CancellationsPreviewDto,
    problems: [BookingNotFound, cancelledTwice],
  })
  previewCancellations(
    @CurrentActor() actor: Actor,
    @Body() { forStudent, bookingIds }: PreviewCancellationsDto,
  ): Promise<CancellationsPreview> {
    return this.costs.execute(actor, { lessons: { bookingIds }, forStudent });
  }

  @Post('bulk-cancellations')
  @Requires('booking.cancel')
  @Operation({
    id: 'cancelLessons',
    summary: 'Cancel several lessons at once',
    description: 'Each costs what it would cost alone. Students and teachers get one message each.',
    ok: LessonsCancelledDto,
    problems: [someRefused, changed, feeChanged, BookingNotFound, cancelledTwice],
  })
  cancelLessons(
    @CurrentActor() actor: Actor,
    @Body() { bookingIds, ...body }: CancelLessonsDto,
  ): Promise<LessonsCancelled> {
    return this.cancel.execute(actor, { ...body, lessons: { bookingIds } });
  }
}
