import type { MessageKind } from '../domain/message-kinds.js';
import { announcement } from './announcement.js';
import { cardNotCharged } from './card-not-charged.js';
import {
  classCancelled,
  classMoved,
  classReminder,
  courseCancelled,
  courseEnrolled,
  courseSeatOffered,
} from './courses.js';
import type { MessageTemplate } from './engine.js';
import { examCancelled, examDeadline, examMoved, examPlanned, examReminder } from './exams.js';
import { dayCancelled } from './day-cancelled.js';
import { invitation } from './invitation.js';
import { creditNoteIssued } from './credit-note-issued.js';
import { invoiceIssued } from './invoice-issued.js';
import { lessonBooked } from './lesson-booked.js';
import { lessonCancelled } from './lesson-cancelled.js';
import { lessonMoved } from './lesson-moved.js';
import { lessonReminder } from './lesson-reminder.js';
import { lessonsBooked, lessonsCancelled, lessonsMoved } from './lessons.js';
import { passwordReset } from './password-reset.js';
import { documentExpiring } from './document-expiring.js';
import { paymentFailed } from './payment-failed.js';
import { waitingListJoined } from './waiting-list-joined.js';
import { schoolLeadReceived, schoolLeadUntouched } from './school-leads.js';
import { welcome } from './welcome.js';
import { paymentReceived } from './payment-received.js';
import { bookingStopped, paymentFeeReminder, paymentReminder } from './payment-reminders.js';
import { platformDeadLetters } from './platform-alerts.js';
import { refundCompleted } from './refund-completed.js';
import {
  schoolBooksDisconnected,
  schoolDifferencesFound,
  schoolDisputeOpened,
  schoolDocumentsExpiring,
  schoolInvoiceBounced,
  schoolWebhookDisabled,
} from './school-alerts.js';
import {
  subscriptionReadOnly,
  subscriptionRestored,
  subscriptionRestricted,
  subscriptionUnpaid,
  trialEnding,
} from './subscriptions.js';
import { teacherDayAhead } from './teacher-day-ahead.js';
import { teacherDayCancelled } from './teacher-day-cancelled.js';
import { teacherLessonBooked } from './teacher-lesson-booked.js';
import { teacherLessonCancelled } from './teacher-lesson-cancelled.js';
import { teacherLessonMoved } from './teacher-lesson-moved.js';
import { teacherLessonsBooked, teacherLessonsCancelled, teacherLessonsMoved } from './teacher-lessons.js';
import { theoryLinked } from './theory-linked.js';
import { timeOffered } from './time-offered.js';

/** The texts of every kind of message. What a kind's texts may use is the `Data` of its template. */
export const templates = {
  invitation,
  password_reset: passwordReset,
  lesson_booked: lessonBooked,
  lesson_moved: lessonMoved,
  lesson_cancelled: lessonCancelled,
  lesson_reminder: lessonReminder,
  class_reminder: classReminder,
  exam_reminder: examReminder,
  teacher_lesson_booked: teacherLessonBooked,
  teacher_lesson_moved: teacherLessonMoved,
  teacher_lesson_cancelled: teacherLessonCancelled,
  lessons_booked: lessonsBooked,
  lessons_moved: lessonsMoved,
  lessons_cancelled: lessonsCancelled,
  teacher_lessons_booked: teacherLessonsBooked,
  teacher_lessons_moved: teacherLessonsMoved,
  teacher_lessons_cancelled: teacherLessonsCancelled,
  exam_planned: examPlanned,
  exam_moved: examMoved,
  exam_cancelled: examCancelled,
  exam_deadline: examDeadline,
  waiting_list_joined: waitingListJoined,
  time_offered: timeOffered,
  day_cancelled: dayCancelled,
  teacher_day_ahead: teacherDayAhead,
  teacher_day_cancelled: teacherDayCancelled,
  course_enrolled: courseEnrolled,
  course_seat_offered: courseSeatOffered,
  course_cancelled: courseCancelled,
  class_moved: classMoved,
  class_cancelled: classCancelled,
  theory_linked: theoryLinked,
  invoice_issued: invoiceIssued,
  credit_note_issued: creditNoteIssued,
  payment_reminder: paymentReminder,
  payment_fee_reminder: paymentFeeReminder,
  booking_stopped: bookingStopped,
  card_not_charged: cardNotCharged,
  payment_received: paymentReceived,
  refund_completed: refundCompleted,
  payment_failed: paymentFailed,
  document_expiring: documentExpiring,
  welcome,
  announcement,
  announcement_marketing: announcement,
  school_dispute_opened: schoolDisputeOpened,
  school_differences_found: schoolDifferencesFound,
  school_books_disconnected: schoolBooksDisconnected,
  school_invoice_bounced: schoolInvoiceBounced,
  school_webhook_disabled: schoolWebhookDisabled,
  school_documents_expiring: schoolDocumentsExpiring,
  school_lead_received: schoolLeadReceived,
  school_lead_untouched: schoolLeadUntouched,
  platform_dead_letters: platformDeadLetters,
  trial_ending: trialEnding,
  subscription_unpaid: subscriptionUnpaid,
  subscription_restricted: subscriptionRestricted,
  subscription_read_only: subscriptionReadOnly,
  subscription_restored: subscriptionRestored,
} satisfies Record<MessageKind, MessageTemplate>;
