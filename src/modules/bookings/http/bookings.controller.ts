import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type Actor, CurrentActor } from '../../../platform/auth/actor.js';
import { OwnTransactions } from '../../../platform/http/idempotency/own-transactions.js';
import { Operation } from '../../../platform/http/operation.js';
import { type Page, PageOf } from '../../../platform/http/paging.js';
import { IdParam } from '../../../platform/http/params.js';
import type { Id } from '../../../platform/values/id.js';
import { Requires } from '../../identity/index.js';
import { LessonTypeNotFound } from '../../schools/index.js';
import { StudentNotFound } from '../../students/index.js';
import {
  BookingChanged,
  BookingClosed,
  BookingNotFound,
  InThePast,
  LessonNotStarted,
  LessonStarted,
  NotYourLesson,
  OffGrid,
  RangeInvalid,
  SlotTaken,
  StaffBooksThis,
  StudentMayNotBook,
  StudentRequired,
  TeacherUnavailable,
  TooFarAhead,
  TooLateToMove,
  UnknownReference,
} from '../domain/errors.js';
import type { DiaryEntry } from '../queries/diary.js';
import { ListBookings } from '../queries/list-bookings.js';
import { OwnDiary } from '../queries/own-diary.js';
import { type CancellationTerms, PreviewCancellation } from '../queries/preview-cancellation.js';
import { BookLesson } from '../use-cases/book-lesson.js';
import { CancelBooking } from '../use-cases/cancel-booking.js';
import { ReportLesson } from '../use-cases/report-lesson.js';
import { RescheduleBooking } from '../use-cases/reschedule-booking.js';
import {
  BookingDto,
  BookingListQuery,
  BookLessonDto,
  CancelBookingDto,
  CancellationTermsDto,
  PreviewCancellationQuery,
  RescheduleBookingDto,
} from './booking.dto.js';

const alternatives =
  'When somebody was faster, `booking.slot_taken` says in `busy` whether teacher, student or vehicle is taken, and offers three `alternatives`.';

const closed = new BookingClosed('cancelled');
const changed = new BookingChanged(undefined);
const unknown = new UnknownReference('teacherId');
const notPlaced = [new SlotTaken(['teacher'], []), TeacherUnavailable, changed];
const badTime = [OffGrid, InThePast, TooFarAhead];

@Controller('v1/schools/:schoolId/bookings')
@ApiTags('Bookings')
@OwnTransactions('they try again in a new transaction when somebody else was faster')
export class BookingsController {
  constructor(
    private readonly book: BookLesson,
    private readonly reschedule: RescheduleBooking,
    private readonly cancel: CancelBooking,
    private readonly report: ReportLesson,
    private readonly preview: PreviewCancellation,
    private readonly list: ListBookings,
    private readonly diary: OwnDiary,
  ) {}

  @Post()
  @Requires('booking.create')
  @Operation({
    id: 'bookLesson',
    summary: 'Book a lesson',
    description: alternatives,
    ok: BookingDto,
    status: 201,
    problems: [
      StaffBooksThis,
      LessonTypeNotFound,
      StudentNotFound,
      ...notPlaced,
      StudentMayNotBook,
      StudentRequired,
      ...badTime,
      unknown,
    ],
  })
  bookLesson(@CurrentActor() actor: Actor, @Body() body: BookLessonDto): Promise<DiaryEntry> {
    return this.book.execute(actor, body);
  }

  @Get()
  @Requires('booking.read')
  @Operation({
    id: 'listBookings',
    summary: 'Read the diary',
    description:
      'Lessons in order of time: for staff the school’s, for students their own, for guardians their wards’.',
    ok: PageOf(BookingDto),
    problems: [StudentNotFound, new RangeInvalid(366)],
  })
  listBookings(@CurrentActor() actor: Actor, @Query() query: BookingListQuery): Promise<Page<DiaryEntry>> {
    return this.list.execute(actor, query);
  }

  @Get(':bookingId')
  @Requires('booking.read')
  @Operation({
    id: 'getBooking',
    summary: 'Read one booking',
    description: 'Staff see every lesson of the school, students their own.',
    ok: BookingDto,
    problems: [BookingNotFound],
  })
  getBooking(@CurrentActor() actor: Actor, @IdParam('bookingId') bookingId: Id): Promise<DiaryEntry> {
    return this.diary.entry(actor, bookingId);
  }

  @Post(':bookingId/reschedule')
  @Requires('booking.reschedule')
  @Operation({
    id: 'rescheduleBooking',
    summary: 'Move a lesson to another time, teacher or vehicle',
    description: `Students move their own lessons while cancelling them would be free. ${alternatives}`,
    ok: BookingDto,
    problems: [BookingNotFound, ...notPlaced, closed, TooLateToMove, ...badTime, unknown],
  })
  rescheduleBooking(
    @CurrentActor() actor: Actor,
    @IdParam('bookingId') bookingId: Id,
    @Body() body: RescheduleBookingDto,
  ): Promise<DiaryEntry> {
    return this.reschedule.execute(actor, bookingId, body);
  }

  @Get(':bookingId/cancellation')
  @Requires('booking.cancel')
  @Operation({
    id: 'previewCancellation',
    summary: 'See what cancelling now would cost',
    description: 'The fee that cancelling would charge now, and until when it would be free. Nothing is changed.',
    ok: CancellationTermsDto,
    problems: [BookingNotFound, closed, LessonStarted],
  })
  previewCancellation(
    @CurrentActor() actor: Actor,
    @IdParam('bookingId') bookingId: Id,
    @Query() { forStudent }: PreviewCancellationQuery,
  ): Promise<CancellationTerms> {
    return this.preview.execute(actor, bookingId, forStudent);
  }

  @Post(':bookingId/cancel')
  @Requires('booking.cancel')
  @Operation({
    id: 'cancelBooking',
    summary: 'Cancel a lesson',
    description: 'Its charge goes; a student who cancels after `cancelBy` owes the late fee.',
    ok: BookingDto,
    problems: [BookingNotFound, closed, LessonStarted, changed],
  })
  cancelBooking(
    @CurrentActor() actor: Actor,
    @IdParam('bookingId') bookingId: Id,
    @Body() body: CancelBookingDto,
  ): Promise<DiaryEntry> {
    return this.cancel.execute(actor, bookingId, body);
  }

  @Post(':bookingId/complete')
  @Requires('booking.complete')
  @Operation({
    id: 'completeBooking',
    summary: 'Say that a lesson took place',
    description: 'Its own teacher or the office, once it has begun.',
    ok: BookingDto,
    problems: [NotYourLesson, BookingNotFound, closed, LessonNotStarted, changed],
  })
  completeBooking(@CurrentActor() actor: Actor, @IdParam('bookingId') bookingId: Id): Promise<DiaryEntry> {
    return this.report.execute(actor, bookingId, 'completed');
  }

  @Post(':bookingId/no-show')
  @Requires('booking.complete')
  @Operation({
    id: 'markNoShow',
    summary: 'Say that the student did not come',
    description: 'The lesson stays charged. Its own teacher or the office, once it has begun.',
    ok: BookingDto,
    problems: [NotYourLesson, BookingNotFound, closed, LessonNotStarted, changed],
  })
  markNoShow(@CurrentActor() actor: Actor, @IdParam('bookingId') bookingId: Id): Promise<DiaryEntry> {
    return this.report.execute(actor, bookingId, 'no_show');
  }
}
