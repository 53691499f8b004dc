export const channels = ['email', 'sms'] as const;
export type Channel = (typeof channels)[number];

/**
 * Every kind of message and the channels it goes out on. Papers, and links that open an account, go by e-mail alone:
 * a text message is short, dear and read on locked screens. An offered time, which is gone in hours, goes by both.
 */
export const messageKinds = {
  invitation: ['email'],
  password_reset: ['email'],
  lesson_booked: ['email', 'sms'],
  lesson_moved: ['email', 'sms'],
  lesson_cancelled: ['email', 'sms'],
  lesson_reminder: ['email', 'sms'],
  teacher_lesson_booked: ['email', 'sms'],
  teacher_lesson_moved: ['email', 'sms'],
  teacher_lesson_cancelled: ['email', 'sms'],
  lessons_booked: ['email', 'sms'],
  lessons_moved: ['email', 'sms'],
  lessons_cancelled: ['email', 'sms'],
  teacher_lessons_booked: ['email', 'sms'],
  teacher_lessons_moved: ['email', 'sms'],
  teacher_lessons_cancelled: ['email', 'sms'],
  exam_planned: ['email', 'sms'],
  exam_moved: ['email', 'sms'],
  exam_cancelled: ['email', 'sms'],
  exam_deadline: ['email', 'sms'],
  time_offered: ['email', 'sms'],
  day_cancelled: ['email', 'sms'],
  teacher_day_cancelled: ['email', 'sms'],
  course_enrolled: ['email', 'sms'],
  course_seat_offered: ['email', 'sms'],
  course_cancelled: ['email', 'sms'],
  class_moved: ['email', 'sms'],
  class_cancelled: ['email', 'sms'],
  invoice_issued: ['email'],
  credit_note_issued: ['email'],
  payment_reminder: ['email', 'sms'],
  payment_fee_reminder: ['email', 'sms'],
  booking_stopped: ['email', 'sms'],
  card_not_charged: ['email', 'sms'],
  payment_received: ['email'],
  refund_completed: ['email'],
  trial_ending: ['email'],
  subscription_unpaid: ['email'],
  subscription_restricted: ['email'],
  subscription_read_only: ['email'],
  subscription_restored: ['email'],
} as const satisfies Record<string, readonly Channel[]>;

export type MessageKind = keyof typeof messageKinds;

export const messageKindNames = Object.keys(messageKinds) as MessageKind[];
