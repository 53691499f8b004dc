import type { MessageKind } from '../domain/message-kinds.js';
import type { MessageTemplate } from './engine.js';
import { invitation } from './invitation.js';
import { invoiceIssued } from './invoice-issued.js';
import { lessonBooked } from './lesson-booked.js';
import { lessonCancelled } from './lesson-cancelled.js';
import { lessonMoved } from './lesson-moved.js';
import { lessonReminder } from './lesson-reminder.js';
import { passwordReset } from './password-reset.js';
import { paymentReceived } from './payment-received.js';
import { refundCompleted } from './refund-completed.js';
import { teacherLessonBooked } from './teacher-lesson-booked.js';
import { teacherLessonCancelled } from './teacher-lesson-cancelled.js';
import { teacherLessonMoved } from './teacher-lesson-moved.js';

/** The texts of every kind of message. What a kind's texts may use is the `Data` of its template. */
export const templates = {
  invitation,
  password_reset: passwordReset,
  lesson_booked: lessonBooked,
  lesson_moved: lessonMoved,
  lesson_cancelled: lessonCancelled,
  lesson_reminder: lessonReminder,
  teacher_lesson_booked: teacherLessonBooked,
  teacher_lesson_moved: teacherLessonMoved,
  teacher_lesson_cancelled: teacherLessonCancelled,
  invoice_issued: invoiceIssued,
  payment_received: paymentReceived,
  refund_completed: refundCompleted,
} satisfies Record<MessageKind, MessageTemplate>;
