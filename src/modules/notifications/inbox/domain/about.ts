import type { MessageKind } from '../../domain/message-kinds.js';

/** What an item leads to: the resource whose id is its `subjectId`. `other`: nothing that has a page of its own. */
export const inboxSubjects = [
  'lesson',
  'exam',
  'class',
  'course',
  'course_enrolment',
  'invoice',
  'payment',
  'refund',
  'teacher',
  'other',
] as const;
export type InboxSubject = (typeof inboxSubjects)[number];

const subjects: Partial<Record<MessageKind, InboxSubject>> = {
  lesson_booked: 'lesson',
  lesson_moved: 'lesson',
  lesson_cancelled: 'lesson',
  lesson_reminder: 'lesson',
  teacher_lesson_booked: 'lesson',
  teacher_lesson_moved: 'lesson',
  teacher_lesson_cancelled: 'lesson',
  lessons_booked: 'lesson',
  lessons_moved: 'lesson',
  lessons_cancelled: 'lesson',
  teacher_lessons_booked: 'lesson',
  teacher_lessons_moved: 'lesson',
  teacher_lessons_cancelled: 'lesson',
  teacher_day_ahead: 'teacher',
  exam_planned: 'exam',
  exam_moved: 'exam',
  exam_cancelled: 'exam',
  exam_deadline: 'exam',
  exam_reminder: 'exam',
  course_enrolled: 'course_enrolment',
  course_cancelled: 'course',
  class_moved: 'class',
  class_cancelled: 'class',
  class_reminder: 'class',
  invoice_issued: 'invoice',
  credit_note_issued: 'invoice',
  card_not_charged: 'invoice',
  payment_received: 'payment',
  refund_completed: 'refund',
  school_dispute_opened: 'payment',
  school_invoice_bounced: 'invoice',
};

export function subjectOf(kind: MessageKind): InboxSubject {
  return subjects[kind] ?? 'other';
}
