import { EntityManager } from '@mikro-orm/mysql';
import { Module } from '@nestjs/common';
import { DiscoveryModule } from '../../platform/discovery/discovery.module.js';
import { FinanceModule } from '../finance/index.js';
import { SchoolsModule } from '../schools/index.js';
import { StudentsModule } from '../students/index.js';
import { ActiveStudentsBook } from './domain/active-students-book.js';
import { Calendar } from './domain/calendar/claims.js';
import { BookingsController } from './http/bookings.controller.js';
import { FreeTimesController } from './http/free-times.controller.js';
import { PurgeClaims } from './jobs/purge-claims.js';
import { OrphansModule } from './orphans.module.js';
import { EnrolmentRules } from './ports/enrolment-rules.js';
import { BookingPrivacy } from './privacy/booking-privacy.js';
import { BookingReader } from './queries/booking-reader.js';
import { BusyDays } from './queries/busy-days.js';
import { CalendarAudit } from './queries/calendar-audit.js';
import { ClaimsOfBookings } from './queries/claims-of-bookings.js';
import { Diary } from './queries/diary.js';
import { FindFreeTimes } from './queries/find-free-times.js';
import { FreeTimesFinder } from './queries/free-times-finder.js';
import { LessonCandidates } from './queries/lesson-candidates.js';
import { LessonsInDiary } from './queries/lessons-in-diary.js';
import { LessonSearch } from './queries/lesson-search.js';
import { ListBookings } from './queries/list-bookings.js';
import { NextFreeTimes } from './queries/next-free-times.js';
import { OwnDiary } from './queries/own-diary.js';
import { PreviewCancellation } from './queries/preview-cancellation.js';
import { RulesModule } from './rules/rules.module.js';
import { ExpiredHolds } from './queries/expired-holds.js';
import { PackagedLessons } from './queries/packaged-lessons.js';
import { Whereabouts } from './queries/whereabouts.js';
import { HoldWriter } from './use-cases/hold-writer.js';
import { BookLesson } from './use-cases/book-lesson.js';
import { BookingsAtHand } from './use-cases/bookings-at-hand.js';
import { CancelBooking } from './use-cases/cancel-booking.js';
import { LessonDrafts } from './use-cases/lesson-drafts.js';
import { LessonFees } from './use-cases/lesson-fees.js';
import { LessonPlacer } from './use-cases/lesson-placer.js';
import { LessonWriter } from './use-cases/lesson-writer.js';
import { MoveWishes } from './use-cases/move-wishes.js';
import { PlaceRules } from './use-cases/place-rules.js';
import { ReportLesson } from './use-cases/report-lesson.js';
import { RescheduleBooking } from './use-cases/reschedule-booking.js';
import { WaiveFee } from './use-cases/waive-fee.js';

/** What the areas of the diary build on, each in a module of its own. */
const core = [
  BookLesson,
  BookingReader,
  BookingsAtHand,
  BusyDays,
  Calendar,
  CancelBooking,
  Diary,
  ExpiredHolds,
  EnrolmentRules,
  FreeTimesFinder,
  HoldWriter,
  LessonCandidates,
  LessonDrafts,
  LessonPlacer,
  LessonSearch,
  LessonWriter,
  MoveWishes,
  NextFreeTimes,
  OwnDiary,
  PlaceRules,
  PreviewCancellation,
  Whereabouts,
  ReportLesson,
  RescheduleBooking,
  RulesModule,
];

/** Single lessons and the calendar: who has whose time, when. Knows no area. */
@Module({
  imports: [DiscoveryModule, FinanceModule, OrphansModule, RulesModule, SchoolsModule, StudentsModule],
  controllers: [BookingsController, FreeTimesController],
  providers: [
    BookingReader,
    BookLesson,
    CancelBooking,
    ReportLesson,
    { provide: EnrolmentRules, useClass: ActiveStudentsBook },
    BookingPrivacy,
    BookingsAtHand,
    BusyDays,
    { provide: Calendar, inject: [EntityManager], useFactory: (em: EntityManager) => new Calendar(em) },
    CalendarAudit,
    ClaimsOfBookings,
    Diary,
    FindFreeTimes,
    ExpiredHolds,
    FreeTimesFinder,
    HoldWriter,
    LessonCandidates,
    LessonDrafts,
    LessonFees,
    LessonPlacer,
    LessonsInDiary,
    LessonSearch,
    LessonWriter,
    ListBookings,
    MoveWishes,
    NextFreeTimes,
    OwnDiary,
    PackagedLessons,
    PlaceRules,
    PreviewCancellation,
    PurgeClaims,
    RescheduleBooking,
    WaiveFee,
    Whereabouts,
  ],
  exports: core,
})
export class LessonsModule {}
