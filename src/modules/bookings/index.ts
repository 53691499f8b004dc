/** The diary's front door: what other modules may read, decide and listen to. */
import { KeptBookingSchema } from './domain/kept-booking.js';
import { BookingSchema } from './domain/booking.js';
import { ClassAttendanceSchema } from './classes/domain/class-attendance.js';
import { ClassSessionSchema } from './classes/domain/class-session.js';
import { CourseEnrolmentSchema } from './classes/domain/course-enrolment.js';
import { CoursePlanSchema } from './classes/domain/course-plan.js';
import { CourseSeatSchema } from './classes/domain/course-seat.js';
import { CourseWaiterSchema } from './classes/domain/course-waiter.js';
import { CourseSchema } from './classes/domain/course.js';
import { ClaimSchema, ResourceDaySchema, WhereaboutsSchema } from './domain/calendar/schema.js';
import { ExamSettingsSchema } from './exams/domain/exam-settings.js';
import { ExamSchema } from './exams/domain/exam.js';
import { DayCancellationClassSchema } from './day-cancellations/domain/day-cancellation-class.js';
import { DayCancellationLessonSchema } from './day-cancellations/domain/day-cancellation-lesson.js';
import { DayCancellationSchema } from './day-cancellations/domain/day-cancellation.js';
import { CalendarFeedSchema } from './feeds/domain/calendar-feed.js';
import { BookingSettingsSchema, LessonTypeRulesSchema, StudentBookingRulesSchema } from './rules/domain/settings.js';
import { BookingSeriesSchema } from './series/domain/booking-series.js';
import { OfferRoundSchema } from './waiting-list/domain/offer-round.js';
import { OfferSchema } from './waiting-list/domain/offer.js';
import { WaitingListEntrySchema } from './waiting-list/domain/waiting-list-entry.js';
import { WaitingListSettingsSchema } from './waiting-list/domain/waiting-list-settings.js';

export { BookingsModule } from './bookings.module.js';
export {
  HoldEnded,
  LessonBooked,
  LessonCancelled,
  LessonCompleted,
  LessonHeld,
  LessonMoved,
  StudentDidNotShow,
} from './domain/events.js';
export { ExamCancelled, ExamDeadlineNear, ExamMoved, ExamPlanned, ExamReported } from './exams/domain/exam-events.js';
export { PlanExam } from './exams/use-cases/plan-exam.js';
export { ExamsForMessages, type ExamForMessage } from './exams/queries/exams-for-messages.js';
export {
  ClassCancelled,
  ClassMoved,
  CourseCancelled,
  CourseSeatOffered,
  CourseWaitingListJoined,
  StudentJoinedCourse,
  StudentLeftCourse,
} from './classes/domain/events.js';
export type { CoursePlanDetails } from './classes/domain/course-plan-rules.js';
export { ClassReader, type ClassForMessage, type CourseForMessage } from './classes/queries/class-reader.js';
export { ChangeCourse } from './classes/use-cases/change-course.js';
export { EnrolInCourse } from './classes/use-cases/enrol-in-course.js';
export { JoinCourseWaitingList } from './classes/use-cases/join-course-waiting-list.js';
export { PlanCourse } from './classes/use-cases/plan-course.js';
export { SaveCoursePlan } from './classes/use-cases/save-course-plan.js';
export {
  LessonsBookedTogether,
  LessonsCancelledTogether,
  LessonsMovedTogether,
} from './series/domain/series-events.js';
export { ConfigureBooking } from './rules/use-cases/configure-booking.js';
export { BookSeries } from './series/use-cases/book-series.js';
export { bookingStates, type BookingState } from './domain/booking-state.js';
export { DayCancellationFinished, DayCancelled, StudentsDayCancelled } from './day-cancellations/domain/day-events.js';
export {
  type CancelledLesson,
  type DayForMessage,
  DaysForMessages,
  type StudentsDayForMessage,
} from './day-cancellations/queries/day-for-message.js';
export { type Organizer, publishedEntries } from './feeds/domain/icalendar.js';
export { lessonEntry } from './feeds/domain/lesson-entry.js';
export { classEntry } from './classes/domain/class-entry.js';
export { examEntry } from './exams/domain/exam-entry.js';
export type { CalendarEntry, EntryReader } from './ports/calendar-entries.js';
export { DiaryItemsIn } from './diary-views/queries/diary-items-in.js';
export type { DiaryItem } from './domain/diary-item.js';
export { JoinWaitingList } from './waiting-list/use-cases/join-waiting-list.js';
export { OfferMade, WaitingListJoined } from './waiting-list/domain/waiting-list-events.js';
export { EntriesForMessages } from './waiting-list/queries/entries-for-messages.js';
export { OfferLinks, type OfferForMessage } from './waiting-list/queries/offer-links.js';
export { EnrolmentRules } from './ports/enrolment-rules.js';
export { BookingReader, type BookingForMessage } from './queries/booking-reader.js';
export { DiaryTopic } from './live/queries/diary-topic.js';
export { type NextFreeTime, NextFreeTimes } from './queries/next-free-times.js';
export { BookLesson } from './use-cases/book-lesson.js';
export { CancelBooking, type CancelBookingCommand } from './use-cases/cancel-booking.js';
export type { BookLessonCommand } from './use-cases/lesson-drafts.js';
export { ReportLesson } from './use-cases/report-lesson.js';
export {
  BookingSchema,
  BookingSeriesSchema,
  ClassSessionSchema,
  CourseEnrolmentSchema,
  CoursePlanSchema,
  CourseSchema,
  CourseWaiterSchema,
  ExamSchema,
  WaitingListEntrySchema,
};

export const bookingsEntities = [
  BookingSchema,
  BookingSeriesSchema,
  BookingSettingsSchema,
  CalendarFeedSchema,
  DayCancellationClassSchema,
  DayCancellationLessonSchema,
  DayCancellationSchema,
  ClaimSchema,
  KeptBookingSchema,
  ExamSchema,
  ExamSettingsSchema,
  ClassAttendanceSchema,
  ClassSessionSchema,
  CourseEnrolmentSchema,
  CoursePlanSchema,
  CourseSchema,
  CourseSeatSchema,
  CourseWaiterSchema,
  LessonTypeRulesSchema,
  OfferRoundSchema,
  OfferSchema,
  ResourceDaySchema,
  StudentBookingRulesSchema,
  WaitingListEntrySchema,
  WaitingListSettingsSchema,
  WhereaboutsSchema,
];
