import { EntityManager } from '@mikro-orm/mysql';
import { Module } from '@nestjs/common';
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
import { CalendarAudit } from './queries/calendar-audit.js';
import { Diary } from './queries/diary.js';
import { FindFreeTimes } from './queries/find-free-times.js';
import { FreeTimesFinder } from './queries/free-times-finder.js';
import { LessonSearch } from './queries/lesson-search.js';
import { ListBookings } from './queries/list-bookings.js';
import { OwnDiary } from './queries/own-diary.js';
import { PreviewCancellation } from './queries/preview-cancellation.js';
import { BookLesson } from './use-cases/book-lesson.js';
import { BookingsAtHand } from './use-cases/bookings-at-hand.js';
import { CancelBooking } from './use-cases/cancel-booking.js';
import { LessonPlacer } from './use-cases/lesson-placer.js';
import { ReportLesson } from './use-cases/report-lesson.js';
import { RescheduleBooking } from './use-cases/reschedule-booking.js';

const frontDoor = [BookLesson, BookingReader, CancelBooking, ReportLesson];

/** The diary: who has whose time, when. */
@Module({
  imports: [FinanceModule, OrphansModule, SchoolsModule, StudentsModule],
  controllers: [BookingsController, FreeTimesController],
  providers: [
    ...frontDoor,
    { provide: EnrolmentRules, useClass: ActiveStudentsBook },
    BookingPrivacy,
    BookingsAtHand,
    { provide: Calendar, inject: [EntityManager], useFactory: (em: EntityManager) => new Calendar(em) },
    CalendarAudit,
    Diary,
    FindFreeTimes,
    FreeTimesFinder,
    LessonPlacer,
    LessonSearch,
    ListBookings,
    OwnDiary,
    PreviewCancellation,
    PurgeClaims,
    RescheduleBooking,
  ],
  exports: frontDoor,
})
export class BookingsModule {}
