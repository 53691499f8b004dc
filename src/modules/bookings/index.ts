/** The diary's front door: what other modules may read, decide and listen to. */
import { BookingSchema } from './domain/booking.js';
import { ClaimSchema, ResourceDaySchema } from './domain/calendar/schema.js';

export { BookingsModule } from './bookings.module.js';
export { LessonBooked, LessonCancelled, LessonCompleted, LessonMoved, StudentDidNotShow } from './domain/events.js';
export { bookingStates, type BookingState } from './domain/booking-state.js';
export { EnrolmentRules } from './ports/enrolment-rules.js';
export { BookingReader, type BookingForMessage, type StartingLesson } from './queries/booking-reader.js';
export { BookLesson, type BookLessonCommand } from './use-cases/book-lesson.js';
export { CancelBooking, type CancelBookingCommand } from './use-cases/cancel-booking.js';
export { ReportLesson } from './use-cases/report-lesson.js';
export { BookingSchema };

export const bookingsEntities = [BookingSchema, ClaimSchema, ResourceDaySchema];
