import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type Actor, CurrentActor } from '../../../platform/auth/actor.js';
import { OwnTransactions } from '../../../platform/http/idempotency/own-transactions.js';
import { Operation } from '../../../platform/http/operation.js';
import { type Page, PageOf } from '../../../platform/http/paging.js';
import { IdParam } from '../../../platform/http/params.js';
import type { Id } from '../../../platform/values/id.js';
import { Money } from '../../../platform/values/money.js';
import { Requires } from '../../identity/index.js';
import { LessonTypeNotFound } from '../../schools/index.js';
import { StudentNotFound } from '../../students/index.js';
import {
  BookingChanged,
  BookingClosed,
  BookingNotFound,
  FeeChanged,
  InThePast,
  LessonNotStarted,
  LessonStarted,
  NoSuchResource,
  NoFeeToWaive,
  NotYourLesson,
  OffGrid,
  RangeInvalid,
  SlotTaken,
  StaffBooksThis,
  StaffHoldsTimes,
  StudentMayNotBook,
  StudentRequired,
  TeacherUnavailable,
  TooFarAhead,
  TooLateToMove,
  UnknownReference,
  WaiverInvalid,
  WaiverNotYours,
} from '../domain/errors.js';
import type { DiaryEntry } from '../queries/diary.js';
import { ListBookings } from '../queries/list-bookings.js';
import { OwnDiary } from '../queries/own-diary.js';
import { type CancellationTerms, PreviewCancellation } from '../queries/preview-cancellation.js';
import { BookLesson } from '../use-cases/book-lesson.js';
import { CancelBooking } from '../use-cases/cancel-booking.js';
import { ReportLesson } from '../use-cases/report-lesson.js';
import { RescheduleBooking } from '../use-cases/reschedule-booking.js';
import { WaiveFee } from '../use-cases/waive-fee.js';
import {
  BookingDto,
  BookingListQuery,
  BookLessonDto,
  CancelBookingDto,
  CancellationTermsDto,
  PreviewCancellationQuery,
  RescheduleBookingDto,
  WaiverDto,
} from './booking.dto.js';
import { bookedAgainstRules, movedAgainstRules } from './rule-problems.js';

const alternatives =
  'When somebody was faster, `booking.slot_taken` says in `busy` everything that is in the way (teacher, student, vehicle, trailer, facility, travel), and offers three `alternatives`.';

const closed = new BookingClosed('cancelled');
const changed = new BookingChanged(undefined);
const feeChanged = new FeeChanged(Money.of(0));
const waiverInvalid = new WaiverInvalid(Money.of(0), 'amount');
const unknown = new UnknownReference('teacherId');
const notPlaced = [new SlotTaken(['teacher'], []), TeacherUnavailable, new NoSuchResource(['teacher']), changed];
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
    private readonly waive: WaiveFee,
    private readonly preview: PreviewCancellation,
    private readonly list: ListBookings,
    private readonly diary: OwnDiary,
  ) {}

  @Post()
  @Requires('booking.create')
  @Operation({
    id: 'bookLesson',
    summary: 'Book a lesson',
    description: `${alternatives} Where the school asks for money first, a student’s lesson is only \`held\`: \`hold\` says until when and what to pay, see \`payForHold\`.`,
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
      ...bookedAgainstRules,
      StaffHoldsTimes,
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
    summary: 'Move a lesson to another time, teacher, vehicle or place',
    description: `Students move their own lessons while cancelling them would be free. ${alternatives}`,
    ok: BookingDto,
    problems: [BookingNotFound, ...notPlaced, closed, TooLateToMove, ...badTime, ...movedAgainstRules, unknown],
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
    description:
      'The fee that cancelling would charge now, until when it would be free, and when it changes to what. Nothing is changed.',
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
    description:
      'Its charge goes; a student who cancels after `cancelBy` owes the fee that the preview tells. With `expectedFee` nothing is cancelled at another price. Staff may waive the fee, with a reason.',
    ok: BookingDto,
    problems: [WaiverNotYours, BookingNotFound, closed, LessonStarted, changed, feeChanged, waiverInvalid],
  })
  cancelBooking(
    @CurrentActor() actor: Actor,
    @IdParam('bookingId') bookingId: Id,
    @Body() body: CancelBookingDto,
  ): Promise<DiaryEntry> {
    return this.cancel.execute(actor, bookingId, body);
  }

  @Post(':bookingId/fee-waiver')
  @Requires('booking.waive_fee')
  @Operation({
    id: 'waiveBookingFee',
    summary: 'Waive the fee of a cancelled or missed lesson',
    description:
      'All of it or a part, with a reason. What was charged is taken back, by a credit note when it was invoiced, and the rest is charged anew.',
    ok: BookingDto,
    problems: [WaiverNotYours, BookingNotFound, NoFeeToWaive, changed, waiverInvalid],
  })
  waiveBookingFee(
    @CurrentActor() actor: Actor,
    @IdParam('bookingId') bookingId: Id,
    @Body() body: WaiverDto,
  ): Promise<DiaryEntry> {
    return this.waive.execute(actor, bookingId, body);
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
    description:
      'It costs what the lesson type says: the whole price unless told otherwise. Its own teacher or the office, once it has begun.',
    ok: BookingDto,
    problems: [NotYourLesson, BookingNotFound, closed, LessonNotStarted, changed],
  })
  markNoShow(@CurrentActor() actor: Actor, @IdParam('bookingId') bookingId: Id): Promise<DiaryEntry> {
    return this.report.execute(actor, bookingId, 'no_show');
  }
}
