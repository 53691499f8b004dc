import { Module } from '@nestjs/common';
import { FinanceModule } from '../../finance/index.js';
import { SchoolsModule } from '../../schools/index.js';
import { StudentsModule } from '../../students/index.js';
import { LessonsModule } from '../lessons.module.js';
import { LiveDiaryModule } from '../live/live-diary.module.js';
import { ClassAttendancesController } from './http/class-attendances.controller.js';
import { ClassesController } from './http/classes.controller.js';
import { CoursePlansController } from './http/course-plans.controller.js';
import { CourseWaitingListController } from './http/course-waiting-list.controller.js';
import { CoursesController } from './http/courses.controller.js';
import { EnrolmentsController } from './http/enrolments.controller.js';
import { TellDiaryOfClasses } from './jobs/tell-diary-of-classes.js';
import { SeatOffers } from './jobs/seat-offers.js';
import { ClassesOnDay } from '../ports/classes-on-day.js';
import { ClassPrivacy } from './privacy/class-privacy.js';
import { AttendanceReader } from './queries/attendance-reader.js';
import { ClaimedTimes } from './queries/claimed-times.js';
import { ClaimsOfClasses } from './queries/claims-of-classes.js';
import { ClassEntries } from './queries/class-entries.js';
import { ClassNews } from './queries/class-news.js';
import { ClassReader } from './queries/class-reader.js';
import { ClassSessionReader } from './queries/class-session-reader.js';
import { ClassesInDiary } from './queries/classes-in-diary.js';
import { ClassWays } from './queries/class-ways.js';
import { CoursePlanReader } from './queries/course-plan-reader.js';
import { CourseReader } from './queries/course-reader.js';
import { EnrolmentReader } from './queries/enrolment-reader.js';
import { FindCatchUps } from './queries/find-catch-ups.js';
import { ListClasses } from './queries/list-classes.js';
import { PreviewCourse } from './queries/preview-course.js';
import { Rooms } from './queries/rooms.js';
import { SessionsOfDay } from './queries/sessions-of-day.js';
import { StudentResources } from './queries/student-resources.js';
import { WaiterReader } from './queries/waiter-reader.js';
import { AnswerSeatOffer } from './use-cases/answer-seat-offer.js';
import { CancelClassesOnDay } from './use-cases/cancel-classes-on-day.js';
import { CancelClass } from './use-cases/cancel-class.js';
import { CancelCourse } from './use-cases/cancel-course.js';
import { CatchUp } from './use-cases/catch-up.js';
import { ChangeCourse } from './use-cases/change-course.js';
import { ClassAttendances } from './use-cases/class-attendances.js';
import { ClassCanceller } from './use-cases/class-canceller.js';
import { ClassPlacer } from './use-cases/class-placer.js';
import { CourseDrafts } from './use-cases/course-drafts.js';
import { CourseEnrolments } from './use-cases/course-enrolments.js';
import { CourseSeats } from './use-cases/course-seats.js';
import { CourseSpan } from './use-cases/course-span.js';
import { CoursesAtHand } from './use-cases/courses-at-hand.js';
import { EnrolInCourse } from './use-cases/enrol-in-course.js';
import { ExpireSeatOffers } from './use-cases/expire-seat-offers.js';
import { JoinCourseWaitingList } from './use-cases/join-course-waiting-list.js';
import { MoveClass } from './use-cases/move-class.js';
import { MoveEnrolment } from './use-cases/move-enrolment.js';
import { PlanCourse } from './use-cases/plan-course.js';
import { ReportAttendance } from './use-cases/report-attendance.js';
import { SaveCoursePlan } from './use-cases/save-course-plan.js';
import { WithdrawFromCourse } from './use-cases/withdraw-from-course.js';

/** Theory classes: courses (hold) of the same students through a plan's dated sessions, their seats, attendance and waiting lists. */
@Module({
  imports: [FinanceModule, LessonsModule, LiveDiaryModule, SchoolsModule, StudentsModule],
  controllers: [
    ClassAttendancesController,
    ClassesController,
    CoursePlansController,
    CoursesController,
    CourseWaitingListController,
    EnrolmentsController,
  ],
  providers: [
    AnswerSeatOffer,
    AttendanceReader,
    CancelClass,
    CancelCourse,
    CatchUp,
    ChangeCourse,
    ClaimedTimes,
    ClaimsOfClasses,
    ClassCanceller,
    { provide: ClassesOnDay, useClass: CancelClassesOnDay },
    ClassAttendances,
    ClassEntries,
    ClassesInDiary,
    ClassNews,
    ClassPlacer,
    ClassPrivacy,
    ClassReader,
    ClassSessionReader,
    ClassWays,
    CourseDrafts,
    CourseEnrolments,
    CoursePlanReader,
    CourseReader,
    CourseSeats,
    CourseSpan,
    CoursesAtHand,
    EnrolInCourse,
    EnrolmentReader,
    ExpireSeatOffers,
    FindCatchUps,
    JoinCourseWaitingList,
    ListClasses,
    MoveClass,
    MoveEnrolment,
    PlanCourse,
    PreviewCourse,
    ReportAttendance,
    Rooms,
    SaveCoursePlan,
    SeatOffers,
    SessionsOfDay,
    StudentResources,
    TellDiaryOfClasses,
    WaiterReader,
    WithdrawFromCourse,
  ],
  exports: [ClassesOnDay, ClassReader],
})
export class ClassesModule {}
